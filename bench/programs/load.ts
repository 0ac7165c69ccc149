// A load generator: a fixed number of kept-alive connections, each with one request at a time.
import { connect, type Socket } from 'node:net';
import { readTask, writeResult } from '../lib/program.ts';
import { quantile } from '../lib/stats.ts';

/** Requests every path once, in order; with `seconds`, over and over until they are up. */
export interface LoadTask {
  readonly origin: string;
  readonly paths: readonly string[];
  readonly connections: number;
  readonly seconds?: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Bytes of bodies. */
  readonly bytes: number;
  /** ms */
  readonly p50: number;
  readonly p99: number;
}

const task = await readTask<LoadTask>();
const { hostname, port, host } = new URL(task.origin);
const end = task.seconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + task.seconds * 1000;
const requests = task.paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
const latencies: number[] = [];
let [next, bytes] = [0, 0];

function nextRequest(): string | undefined {
  if (performance.now() >= end) return undefined;
  if (next === requests.length && task.seconds !== undefined) next = 0;
  return requests[next++];
}

/** Length of the whole answer that `head` begins; undefined where the head is not complete yet. */
function answerLength(head: string): number | undefined {
  const blank = head.indexOf('\r\n\r\n');
  if (blank < 0) return undefined;
  const [, length] = /^content-length: (\d+)\r$/im.exec(head) ?? [];
  if (!head.startsWith('HTTP/1.1 200 ') || length === undefined) {
    throw new Error(`unexpected answer: ${head.slice(0, blank)}`);
  }
  bytes += Number(length);
  return blank + 4 + Number(length);
}

/** Sends requests over one connection until there are none left. */
function drive(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let [sent, received, head] = [0, 0, ''];
    let wanted: number | undefined;
    const send = (): void => {
      const request = nextRequest();
      if (request === undefined) return void socket.end(resolve);
      [sent, received, head, wanted] = [performance.now(), 0, '', undefined];
      socket.write(request);
    };
    socket.on('connect', send).on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection')));
    socket.on('data', (chunk) => {
      received += chunk.length;
      if (wanted === undefined) {
        head += chunk.toString('latin1');
        wanted = answerLength(head);
      }
      if (wanted === undefined || received < wanted) return;
      latencies.push(performance.now() - sent);
      send();
    });
  });
}

const start = performance.now();
const sockets = Array.from({ length: task.connections }, () =>
  connect({ port: Number(port), host: hostname, noDelay: true }),
);
await Promise.all(sockets.map(drive));
const result: LoadResult = {
  requests: latencies.length,
  seconds: (performance.now() - start) / 1000,
  bytes,
  p50: quantile(latencies, 0.5),
  p99: quantile(latencies, 0.99),
};
writeResult(result);
