// Opens many connections to a server, asks one thing over each, keeps them open, and sees what memory the server takes.
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '../lib/connection.ts';
import { residentBytes } from '../lib/cores.ts';
import { readTask, writeResult } from '../lib/program.ts';

export interface IdleTask {
  readonly url: string;
  readonly pid: number;
  readonly connections: number;
}

/** Bytes of resident memory. */
export interface IdleResult {
  readonly before: number;
  readonly after: number;
}

/** Connections that open at a time. */
const BATCH = 100;

/** How long a server may take to settle before its memory is looked at, in ms. */
const SETTLED = 500;

const { url, pid, connections } = await readTask<IdleTask>();
const { host, origin, pathname } = new URL(url);

/** Opens a connection and waits for the answer to one request. */
function openOne(): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const connection = new Connection(new URL(origin), () => resolve(connection), reject);
    const request = `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    connection.opened().then(() => connection.send(request), reject);
  });
}

const before = residentBytes(pid);
const open: Connection[] = [];
while (open.length < connections) {
  const batch = Math.min(BATCH, connections - open.length);
  open.push(...(await Promise.all(Array.from({ length: batch }, openOne))));
}
await delay(SETTLED);
const result: IdleResult = { before, after: residentBytes(pid) };
for (const connection of open) connection.close();
writeResult(result);
