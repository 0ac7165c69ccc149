// A load generator that keeps to a rate: requests are due at set times, and how long one took counts from there, so that
// a server that holds up its clients is not asked less (coordinated omission).
import { Connection, type Received } from '../lib/connection.ts';
import { doTasks } from '../lib/program.ts';
import { settle } from '../lib/rounds.ts';
import { Schedule } from '../lib/schedule.ts';
import { delayQuantile } from '../lib/stalls.ts';
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
}

export interface OpenLoopResult {
  readonly streams: readonly StreamResult[];
  /** 99th percentile of how late what happens is seen, in ms: the generator's own delay, and part of the times. */
  readonly lateP99: number;
}

/** Share of the time that does not count: a server is slower at first. */
const WARM_UP = 0.25;

/** What the generator does for longer than this is a delay of its own, in ms. */
const LEAST_DELAY = 0.05;

/** How long answers are waited for after the last request was due, in ms. */
const PATIENCE = 5000;

const RETRY_AFTER = Buffer.from('\r\nretry-after: ');

/** Times of requests, in memory that is there from the start: what a growing list costs would look like a slow answer. */
class Log {
  readonly #due: Float64Array;
  readonly #ms: Float64Array;
  length = 0;

  constructor(most: number) {
    this.#due = new Float64Array(most);
    this.#ms = new Float64Array(most);
  }

  add(due: number, ms: number): void {
    this.#due[this.length] = due;
    this.#ms[this.length] = ms;
    this.length += 1;
  }

  /** Those of requests that were due from a time on, and the places they have. */
  since(time: number): { readonly at: number; readonly ms: number }[] {
    return Array.from(this.#ms.subarray(0, this.length), (ms, at) => ({ at, ms })).filter(
      ({ at }) => (this.#due[at] as number) >= time,
    );
  }
}

/** One stream while it runs. */
class Driver {
  readonly #requests: readonly string[];
  readonly #schedule: Schedule;
  readonly #idle: number[];
  readonly #connections: Connection[];
  readonly #due: Float64Array;
  readonly #answered: Log;
  readonly #statuses: Uint16Array;
  readonly #retryAfter: Uint8Array;
  readonly #from: number;
  readonly #counted: number;
  #next = 0;

  constructor(origin: URL, { paths, rate, connections }: Stream, start: number, seconds: number) {
    this.#requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: ${origin.host}\r\n\r\n`);
    this.#schedule = new Schedule(start, rate, seconds);
    const { length } = this.#schedule;
    this.#answered = new Log(length);
    this.#statuses = new Uint16Array(length);
    this.#retryAfter = new Uint8Array(length);
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
      this.#connections[i]?.send(this.#requests[this.#next++ % this.#requests.length] ?? '');
    }
  }

  get isOver(): boolean {
    return this.#schedule.isOver && this.#idle.length === this.#connections.length;
  }

  #done(i: number, { status, head }: Received): void {
    this.#idle.push(i);
    const at = this.#answered.length;
    this.#statuses[at] = status;
    if (status >= 400 && head.includes(RETRY_AFTER)) this.#retryAfter[at] = 1;
    const due = this.#due[i] as number;
    this.#answered.add(due, performance.now() - due);
  }

  end(): StreamResult {
    for (const connection of this.#connections) connection.close();
    const answers = this.#answered.since(this.#from);
    const found = [...new Set(answers.map(({ at }) => this.#statuses[at] as number))];
    const statuses = found.map((status) => {
      const own = answers.filter(({ at }) => this.#statuses[at] === status);
      const ms = own.map((answer) => answer.ms);
      const [p50, p99] = [quantile(ms, 0.5), quantile(ms, 0.99)];
      const most = ms.reduce((a, b) => Math.max(a, b), 0);
      const retryAfter = own.reduce((sum, { at }) => sum + (this.#retryAfter[at] as number), 0);
      return [String(status), { count: ms.length, p50, p99, most, retryAfter }] as const;
    });
    return { due: this.#counted, statuses: Object.fromEntries(statuses) };
  }
}

/**
 * Has drivers send what is due, until all is answered or patience ends. A timer is a millisecond late or more: this looks
 * at the clock in every turn of the event loop instead.
 * @returns delays of the generator's own between two looks, in ms
 */
function drive(drivers: readonly Driver[], from: number, patience: number): Promise<readonly number[]> {
  const delays: number[] = [];
  let last = performance.now();
  return new Promise((resolve) => {
    const look = (): void => {
      const now = performance.now();
      if (now - last > LEAST_DELAY && now > from) delays.push(now - last);
      last = now;
      for (const driver of drivers) driver.send(now);
      if (now >= patience || drivers.every(({ isOver }) => isOver)) resolve(delays);
      else setImmediate(look);
    };
    look();
  });
}

async function run({ origin, seconds, streams }: OpenLoopTask): Promise<OpenLoopResult> {
  await settle();
  const start = performance.now() + 100;
  const drivers = streams.map((stream) => new Driver(new URL(origin), stream, start, seconds));
  await Promise.all(drivers.map((driver) => driver.opened()));
  const [from, end] = [start + seconds * WARM_UP * 1000, start + seconds * 1000];
  const delays = await drive(drivers, from, end + PATIENCE);
  return {
    streams: drivers.map((driver) => driver.end()),
    lateP99: delayQuantile(delays, 0.99, end - from),
  };
}

await doTasks(run);
