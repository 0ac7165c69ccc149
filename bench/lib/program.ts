import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a program of `programs/` is asked to do. */
export async function readTask<T>(): Promise<T> {
  return (await json(process.stdin)) as T;
}

export function writeResult(result: unknown): void {
  process.stdout.write(JSON.stringify(result));
}

/** Tells who started a server where it is. */
export function announce(server: Server): void {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`listening at http://127.0.0.1:${port}\n`);
}
