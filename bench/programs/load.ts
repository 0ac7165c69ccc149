// A load generator: a fixed number of kept-alive connections, each with one request at a time.
import { Connection, type Received } from '../lib/connection.ts';
import { readTask, writeResult } from '../lib/program.ts';
import { quantile } from '../lib/stats.ts';

/** Requests every path once, in order; with `seconds`, over and over until they are up. */
export interface LoadTask {
  readonly origin: string;
  readonly paths: readonly string[];
  readonly connections: number;
  readonly seconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Bytes of bodies. */
  readonly bytes: number;
  /** Answers that call themselves a hit in memory. */
  readonly hits: number;
  /** ms */
  readonly p50: number;
  readonly p99: number;
}

const HIT = Buffer.from('\r\nx-cache: hit-memory');

const task = await readTask<LoadTask>();
const origin = new URL(task.origin);
const end = task.seconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + task.seconds * 1000;
const fields = Object.entries({ Host: origin.host, ...task.headers }).map(
  ([name, value]) => `${name}: ${value}\r\n`,
);
const requests = task.paths.map((path) => `GET ${path} HTTP/1.1\r\n${fields.join('')}\r\n`);
const latencies: number[] = [];
let [next, bytes, hits] = [0, 0, 0];

function nextRequest(): string | undefined {
  if (performance.now() >= end) return undefined;
  if (next === requests.length && task.seconds !== undefined) next = 0;
  return requests[next++];
}

/** Sends requests over one connection until there are none left. */
async function drive(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let sent = 0;
    const send = (): void => {
      const request = nextRequest();
      if (request === undefined) {
        connection.close();
        resolve();
        return;
      }
      sent = performance.now();
      connection.send(request);
    };
    const received = ({ status, length, head }: Received): void => {
      if (status !== 200 && status !== 304)
        reject(new Error(`unexpected answer: ${head.toString('latin1')}`));
      latencies.push(performance.now() - sent);
      bytes += length;
      if (head.includes(HIT)) hits += 1;
      send();
    };
    const connection = new Connection(origin, received, reject);
    connection.opened().then(send, reject);
  });
}

const start = performance.now();
await Promise.all(Array.from({ length: task.connections }, drive));
const result: LoadResult = {
  requests: latencies.length,
  seconds: (performance.now() - start) / 1000,
  bytes,
  hits,
  p50: quantile(latencies, 0.5),
  p99: quantile(latencies, 0.99),
};
writeResult(result);
