import { GreyboxError } from '../errors.ts';

/** Seconds after which a refused client may try again. */
const RETRY_AFTER = 1;

/** A bounded number of tasks at a time, a bounded queue behind them, and a refusal at once when both are full. */
export class RenderQueue {
  readonly #concurrency: number;
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  /** The same for all: it says nothing of the task. */
  readonly #refusal: GreyboxError;
  #running = 0;

  /**
   * @param concurrency tasks at a time, at least 1
   * @param limit tasks that may wait, at least 0
   */
  constructor(concurrency: number, limit: number) {
    this.#concurrency = concurrency;
    this.#limit = limit;
    const detail = `more than ${limit} pictures are waiting to be drawn; try again in ${RETRY_AFTER} s`;
    this.#refusal = new GreyboxError('overloaded', detail, { retryAfter: RETRY_AFTER });
  }

  /** Tasks that wait for their turn. */
  get depth(): number {
    return this.#waiting.length;
  }

  /** Whether a task would be refused. */
  get isFull(): boolean {
    return this.#running >= this.#concurrency && this.#waiting.length >= this.#limit;
  }

  /** @throws GreyboxError `overloaded` where a task would be refused */
  checkRoom(): void {
    if (this.isFull) throw this.#refusal;
  }

  /** @throws GreyboxError `overloaded` (as a rejection) where the queue is full, else what the task throws */
  async run<T>(task: () => Promise<T>): Promise<T> {
    this.checkRoom();
    if (this.#running >= this.#concurrency) {
      // The one that ends hands its place over: `#running` stays as it is.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
