import { TimeLimit, type TimeLimitOptions } from './time-limit.ts';

/** A running task, as the task itself sees it. */
export interface Flight {
  /**
   * False once the flight was dropped or took too long. Its result still goes to the waiting callers, but must not be
   * cached.
   */
  readonly current: boolean;
  /** False once all callers have gone away, or have been told that it took too long. */
  readonly isWanted: boolean;
}

/** Whether a caller still waits for the outcome. */
export type IsWaiting = () => boolean;

/** The outcome of a task, and whether this caller waited for another's. */
export interface Shared<T> {
  readonly promise: Promise<T>;
  readonly collapsed: boolean;
}

/** A flight, and the promise that all its callers share. */
class Running<T> implements Flight {
  readonly key: string;
  readonly promise: Promise<T>;
  current = true;
  isLate = false;
  /** The callers' checks; undefined if a caller waits until the end. */
  #waiting: IsWaiting[] | undefined = [];
  resolve!: (value: T) => void;
  reject!: (error: unknown) => void;

  constructor(key: string) {
    this.key = key;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  add(isWaiting: IsWaiting | undefined): void {
    if (isWaiting) this.#waiting?.push(isWaiting);
    else this.#waiting = undefined;
  }

  get isWanted(): boolean {
    return !this.isLate && (this.#waiting === undefined || this.#waiting.some((isWaiting) => isWaiting()));
  }
}

export interface FlightOptions extends TimeLimitOptions {
  /** The error of a task that takes longer than the limit. */
  readonly late: () => Error;
}

/**
 * Runs at most one task per key at a time. Callers that ask while it runs wait for the same promise and share its value
 * or error. Only the caller that started the task, or the time limit, removes it.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Running<T>>();
  readonly #limit: TimeLimit<Running<T>>;

  constructor({ late, ...limit }: FlightOptions) {
    this.#limit = new TimeLimit(limit, (flight) => {
      flight.current = false;
      flight.isLate = true;
      this.#end(flight);
      flight.reject(late());
    });
  }

  get size(): number {
    return this.#flights.size;
  }

  /** Whether a task for this key is running, so that the next caller would share its outcome. */
  has(key: string): boolean {
    return this.#flights.has(key);
  }

  /** @param isWaiting called when it matters; by default the caller waits until the end */
  run(key: string, task: (flight: Flight) => Promise<T>, isWaiting?: IsWaiting): Shared<T> {
    const flying = this.#flights.get(key);
    if (flying) {
      flying.add(isWaiting);
      return { promise: flying.promise, collapsed: true };
    }
    const flight = new Running<T>(key);
    flight.add(isWaiting);
    this.#flights.set(key, flight);
    this.#limit.start(flight);
    // Thousands may wait: a chain of async functions here would cost each of them several times as much memory.
    task(flight).then(
      (value) => {
        this.#end(flight);
        flight.resolve(value);
      },
      (error) => {
        this.#end(flight);
        flight.reject(error);
      },
    );
    return { promise: flight.promise, collapsed: false };
  }

  /** Makes the next caller start a new task. Callers that already wait still get the outcome of the old one. */
  drop(key: string): void {
    const flight = this.#flights.get(key);
    if (!flight) return;
    flight.current = false;
    this.#flights.delete(key);
  }

  /** Drops the keys that match. */
  dropMatching(matches: (key: string) => boolean): void {
    for (const key of this.#flights.keys()) if (matches(key)) this.drop(key);
  }

  #end(flight: Running<T>): void {
    this.#limit.end(flight);
    if (this.#flights.get(flight.key) === flight) this.#flights.delete(flight.key);
  }
}
