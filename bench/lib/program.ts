import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';

/** What a program of `programs/` is asked to do. */
export async function readTask<T>(): Promise<T> {
  return (await json(process.stdin)) as T;
}

export function writeResult(result: unknown): void {
  process.stdout.write(JSON.stringify(result));
}

/** Does one task after another, as they come, until there are no more: what was compiled for one serves the next. */
export async function doTasks<T>(run: (task: T) => Promise<unknown>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`);
  }
}

/** Tells who started a server where it is. */
export function announce(server: Server): void {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`listening at http://127.0.0.1:${port}\n`);
}
