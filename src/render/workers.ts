import { GreyboxError } from '../errors.ts';

/** Seconds after which a refused client may try again. */
const RETRY_AFTER = 1;

/** Tasks from which on a queue is long: more than a page asks for at once. */
const LONG = 32;

type Task<T> = () => Promise<T>;

/** A task that waits, and whom its outcome is for: little, for hundreds may. */
interface Waiting {
  readonly task: Task<unknown>;
  readonly resolve: (outcome: Promise<unknown>) => void;
}

/** A bounded number of tasks at a time, a bounded queue behind them, and a refusal at once when both are full. */
export class RenderQueue {
  readonly #concurrency: number;
  readonly #limit: number;
  readonly #waiting: Waiting[] = [];
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

  get isLong(): boolean {
    return this.#waiting.length >= LONG;
  }

  /** The `overloaded` that a task would be refused with; undefined while there is room. */
  get refusal(): GreyboxError | undefined {
    const isFull = this.#running >= this.#concurrency && this.#waiting.length >= this.#limit;
    return isFull ? this.#refusal : undefined;
  }

  /** @throws GreyboxError `overloaded` (as a rejection) where the queue is full, else what the task throws */
  run<T>(task: Task<T>): Promise<T> {
    const { refusal } = this;
    if (refusal) return Promise.reject(refusal);
    if (this.#running >= this.#concurrency)
      return new Promise((resolve) => {
        this.#waiting.push({ task, resolve: resolve as Waiting['resolve'] });
      });
    this.#running += 1;
    return this.#start(task);
  }

  async #start<T>(task: Task<T>): Promise<T> {
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      // The one that ends hands its place over: `#running` stays as it is.
      if (next) next.resolve(this.#start(next.task));
      else this.#running -= 1;
    }
  }
}
