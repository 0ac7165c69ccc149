/** Calls back after that many ms; returns a function that cancels it. */
export type Timer = (callback: () => void, ms: number) => () => void;

/** A timer that keeps the process alive until it fires or is cancelled. */
export function referencedTimer(callback: () => void, ms: number): () => void {
  const timeout = setTimeout(callback, ms);
  return () => clearTimeout(timeout);
}

/** A timer that does not keep the process alive. */
export function unreferencedTimer(callback: () => void, ms: number): () => void {
  const timeout = setTimeout(callback, ms).unref();
  return () => clearTimeout(timeout);
}

/** The outcome of a promise, or the error that `late` makes after `ms`. A later outcome is ignored. */
export function within<T>(promise: Promise<T>, ms: number, late: () => Error, timer: Timer): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timer(() => reject(late()), ms);
    promise.then(resolve, reject).finally(cancel);
  });
}

export interface TimeLimitOptions {
  /** How long each task may take, in ms. */
  readonly limit: number;
  /** A clock in ms that never goes back. */
  readonly now: () => number;
  readonly timer?: Timer;
}

/** The same time limit for any number of tasks, with a single timer: the oldest task is the first to expire. */
export class TimeLimit<T> {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #timer: Timer;
  readonly #onOver: (one: T) => void;
  /** When each task expires, the earliest first. */
  readonly #running = new Map<T, number>();
  #cancel: (() => void) | undefined;

  /** @param onOver called for each task that has not ended in time, which then counts as ended */
  constructor({ limit, now, timer = unreferencedTimer }: TimeLimitOptions, onOver: (one: T) => void) {
    this.#limit = limit;
    this.#now = now;
    this.#timer = timer;
    this.#onOver = onOver;
  }

  start(one: T): void {
    this.#running.set(one, this.#now() + this.#limit);
    this.#cancel ??= this.#timer(() => this.#look(), this.#limit);
  }

  end(one: T): void {
    this.#running.delete(one);
    if (this.#running.size > 0) return;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #look(): void {
    this.#cancel = undefined;
    const now = this.#now();
    for (const [one, over] of this.#running) {
      if (over > now) {
        this.#cancel = this.#timer(() => this.#look(), over - now);
        return;
      }
      this.#running.delete(one);
      this.#onOver(one);
    }
  }
}
