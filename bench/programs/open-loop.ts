// A load generator that keeps to a rate: requests are due at set times, and how long one took counts from there, so that
// a server that holds up its clients is not asked less (coordinated omission).
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Connection, type Received } from '../lib/connection.ts';
import { readTask, writeResult } from '../lib/program.ts';
import { Schedule } from '../lib/schedule.ts';
import { quantile } from '../lib/stats.ts';

export interface Stream {
  /** Requested in turn, from the first one on again after the last. */
  readonly paths: readonly string[];
  /** Requests per second. */
  readonly rate: number;
  /** Requests that may be on their way; beyond that they wait, which counts. */
  readonly connections: number;
}

export interface OpenLoopTask {
  readonly origin: string;
  readonly seconds: number;
  readonly streams: readonly Stream[];
}

/** Times in ms, from when a request was to be sent until its answer was whole. */
export interface StatusResult {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  /** Answers that said when to try again. */
  readonly retryAfter: number;
}

export interface StreamResult {
  /** Requests that were due and counted; what is missing in the statuses got no answer in time. */
  readonly due: number;
  readonly statuses: Readonly<Record<string, StatusResult>>;
  /** How late requests were sent that had a connection, in ms: the generator's own doing, and part of the times. */
  readonly lateP99: number;
}

interface Times {
  readonly ms: number[];
  retryAfter: number;
}

/** Share of the time that does not count: this program is slow until it is compiled. */
const WARM_UP = 0.25;

/** How long answers are waited for after the last request was due, in ms. */
const PATIENCE = 5000;

/** One stream while it runs. */
class Driver {
  readonly #requests: readonly string[];
  readonly #schedule: Schedule;
  readonly #idle: number[];
  readonly #connections: Connection[];
  readonly #due: Float64Array;
  readonly #times = new Map<number, Times>();
  readonly #late: number[] = [];
  readonly #from: number;
  readonly #counted: number;
  /** Since when there has been a connection for whatever is due. */
  #freeSince = 0;
  #next = 0;

  constructor(origin: URL, { paths, rate, connections }: Stream, start: number, seconds: number) {
    this.#requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: ${origin.host}\r\n\r\n`);
    this.#schedule = new Schedule(start, rate, seconds);
    this.#from = start + seconds * WARM_UP * 1000;
    this.#counted = this.#schedule.length - Math.ceil(seconds * WARM_UP * rate);
    this.#due = new Float64Array(connections);
    this.#idle = Array.from({ length: connections }, (_, i) => i);
    const fail = (reason: Error): never => {
      throw reason;
    };
    this.#connections = this.#idle.map(
      (i) => new Connection(origin, (answer) => this.#done(i, answer), fail),
    );
  }

  opened(): Promise<unknown> {
    return Promise.all(this.#connections.map((connection) => connection.opened()));
  }

  /** Sends what is due and has a connection. */
  send(now: number): void {
    for (let i = this.#idle.at(-1); i !== undefined; i = this.#idle.at(-1)) {
      const due = this.#schedule.take(now);
      if (due === undefined) return;
      this.#idle.pop();
      this.#due[i] = due;
      if (due >= this.#from) this.#late.push(now - Math.max(due, this.#freeSince));
      this.#connections[i]?.send(this.#requests[this.#next++ % this.#requests.length] ?? '');
    }
  }

  get isOver(): boolean {
    return this.#schedule.isOver && this.#idle.length === this.#connections.length;
  }

  #done(i: number, { status, head }: Received): void {
    const now = performance.now();
    if (this.#idle.length === 0) this.#freeSince = now;
    this.#idle.push(i);
    const due = this.#due[i] as number;
    if (due < this.#from) return;
    const times = this.#times.get(status) ?? { ms: [], retryAfter: 0 };
    this.#times.set(status, times);
    times.ms.push(now - due);
    if (status >= 400 && head.includes('\r\nretry-after: ')) times.retryAfter += 1;
  }

  end(): StreamResult {
    for (const connection of this.#connections) connection.close();
    const statuses = Array.from(this.#times, ([status, { ms, retryAfter }]) => {
      const [p50, p99] = [quantile(ms, 0.5), quantile(ms, 0.99)];
      const most = ms.reduce((a, b) => Math.max(a, b), 0);
      return [String(status), { count: ms.length, p50, p99, most, retryAfter }] as const;
    });
    return {
      due: this.#counted,
      statuses: Object.fromEntries(statuses),
      lateP99: quantile(this.#late, 0.99),
    };
  }
}

const task = await readTask<OpenLoopTask>();
const start = performance.now() + 100;
const drivers = task.streams.map((stream) => new Driver(new URL(task.origin), stream, start, task.seconds));
await Promise.all(drivers.map((driver) => driver.opened()));
const patience = start + task.seconds * 1000 + PATIENCE;
// A timer is a millisecond late or more: this looks at the clock in every turn of the event loop instead.
for (let now = performance.now(); now < patience; now = performance.now()) {
  for (const driver of drivers) driver.send(now);
  if (drivers.every(({ isOver }) => isOver)) break;
  await nextTurn();
}
writeResult(drivers.map((driver) => driver.end()));
