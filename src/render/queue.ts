import type { GreyboxError } from '../errors.ts';
import { Patience } from './patience.ts';
import { CHEAP_MS, type Demand, isCheap, Places } from './places.ts';
import { overloaded, Refusals } from './refusals.ts';
import { Speed } from './speed.ts';

/** A queue is long from this many tasks on: more than one page requests at once. */
const LONG = 32;

/** Share of the queue that is reserved for cheap tasks. */
const CHEAP_SHARE = 1 / 4;
/** A task waits as if it had come this many times its cost later. */
const COST_WEIGHT = 5;

/** Bytes up to which a task starts without a look at the memory that is left. */
const SMALL = 6 * 2 ** 20;

export interface TaskOptions extends Partial<Demand> {
  /** Whether anybody still waits for it: asked when it has to wait and at its turn, see `#isGivenUp`. Default: yes. */
  readonly isWanted?: () => boolean;
}

export interface QueueOptions {
  /** Bytes of memory for all running tasks together; default: unlimited. */
  readonly memory?: number;
  /** Bytes that the process can still take, asked before a large task starts; default: any. */
  readonly memoryLeft?: () => number;
  /** Whether to refuse a task that would wait for longer than clients do; default true. */
  readonly refusesLate?: boolean;
  /** A clock in ms that never goes back. */
  readonly now?: () => number;
}

interface Task extends Required<TaskOptions> {
  readonly start: () => Promise<unknown>;
  /** Settles the promise from `run`; one promise, because thousands may wait for a task. */
  readonly resolve: (outcome: Promise<unknown>) => void;
  /** Tasks start in this order, in ms. */
  readonly rank: number;
}

/**
 * Runs a bounded number of tasks at a time; the others wait, cheap ones before expensive ones. It refuses a task at
 * once if there is no room or its turn would come too late. It does not start a task that nobody waits for any more,
 * except for a cheap one while few wait.
 */
export class RenderQueue {
  readonly #concurrency: number;
  readonly #limit: number;
  readonly #now: () => number;
  readonly #refusesLate: boolean;
  readonly #memoryLeft: () => number;
  readonly #places: Places;
  readonly #refusals: Refusals;
  /** By rank. */
  #waiting: Task[] = [];
  readonly #speed = new Speed();
  readonly #patience = new Patience();

  /**
   * @param concurrency tasks at a time, at least 1; a cheap one may run beside them
   * @param limit number of tasks that may wait, at least 0
   */
  constructor(
    concurrency: number,
    limit: number,
    {
      memory = Number.POSITIVE_INFINITY,
      memoryLeft = () => Number.POSITIVE_INFINITY,
      refusesLate = true,
      now = () => performance.now(),
    }: QueueOptions = {},
  ) {
    this.#concurrency = concurrency;
    this.#limit = limit;
    this.#refusesLate = refusesLate;
    this.#memoryLeft = memoryLeft;
    this.#now = now;
    this.#places = new Places(concurrency, limit > 0, memory);
    this.#refusals = new Refusals(limit);
  }

  /** Tasks that wait for their turn. */
  get depth(): number {
    return this.#waiting.length;
  }

  get isLong(): boolean {
    return this.#waiting.length >= LONG;
  }

  /** The `overloaded` error that refuses a task; undefined if it may wait or start. */
  refusalOf(cost: number, bytes = 0): GreyboxError | undefined {
    const demand = { cost, bytes };
    const memory = this.#places.memoryFor(demand);
    if (bytes > memory && this.#refusesLate) return this.#refusals.tooLarge(bytes, memory);
    if (this.#mayStart(demand)) return undefined;
    const refusal = this.#refusalNow(cost);
    // Places of clients that left are free.
    return refusal && this.#forgetUnwanted() ? this.#refusalNow(cost) : refusal;
  }

  /** @throws GreyboxError `overloaded` (as a rejection) where it is refused, else what the task throws */
  run<T>(start: () => Promise<T>, options: TaskOptions = {}): Promise<T> {
    const { cost = CHEAP_MS + 1, bytes = 0 } = options;
    const isWanted = (this.#isGivenUp(cost) && options.isWanted) || (() => true);
    const refusal = this.refusalOf(cost, bytes);
    if (refusal) return Promise.reject(refusal);
    const rank = this.#now() + cost * COST_WEIGHT;
    return new Promise<T>((resolve) => {
      const task: Task = { start, resolve: resolve as Task['resolve'], cost, bytes, isWanted, rank };
      if (this.#mayStart(task)) this.#begin(task);
      else this.#enqueue(task);
    });
  }

  /**
   * Whether a task of this cost is given up when its client leaves. A cheap one is kept while few wait: it is drawn
   * quickly, and the client may only have closed its half of the connection (RFC 9112, 9.6).
   */
  #isGivenUp(cost: number): boolean {
    return !isCheap({ cost }) || this.isLong;
  }

  #refusalNow(cost: number): GreyboxError | undefined {
    const reserved = isCheap({ cost }) ? 0 : Math.floor(this.#limit * CHEAP_SHARE);
    if (this.#waiting.length >= this.#limit - reserved) return this.#refusals.full;
    if (!this.#refusesLate) return undefined;
    const wait = this.#waitOf(cost);
    return wait > this.#patience.limit ? this.#refusals.late(wait) : undefined;
  }

  /** About how long a task of this cost would wait, in ms. */
  #waitOf(cost: number): number {
    const rank = this.#now() + cost * COST_WEIGHT;
    let ahead = 0;
    // Assumes that running tasks are half done.
    for (const task of this.#places.running) ahead += task.cost / 2;
    for (const task of this.#waiting) {
      if (task.rank > rank) break;
      ahead += task.cost;
    }
    return (ahead * this.#speed.msPerCost) / this.#concurrency;
  }

  /**
   * Whether a task need not wait for memory. Tasks that run may not have taken all of theirs yet, so a large one counts
   * them in full.
   */
  #hasMemory(task: Demand): boolean {
    if (!this.#places.hasMemory(task)) return false;
    if (task.bytes <= SMALL) return true;
    const left = this.#memoryLeft();
    return this.#places.bytes + task.bytes <= left || this.#isHopeless(task, left);
  }

  /** Whether a large task does not fit even when all that run have given back what they took. */
  #isHopeless({ bytes }: Demand, left = this.#memoryLeft()): boolean {
    return bytes > left + this.#places.bytes;
  }

  /** Whether a task can start at once: an expensive one does not overtake another that waits. */
  #mayStart(task: Demand): boolean {
    if (!this.#places.hasPlace(task) || !this.#hasMemory(task)) return false;
    return isCheap(task) || !this.#waiting.some((other) => !isCheap(other));
  }

  #enqueue(task: Task): void {
    // This call tells the caller to watch from now on for clients that leave.
    task.isWanted();
    let at = this.#waiting.length;
    while (at > 0 && (this.#waiting[at - 1] as Task).rank > task.rank) at -= 1;
    this.#waiting.splice(at, 0, task);
  }

  /** Starts a task, or refuses it because the process has grown. */
  #begin(task: Task): void {
    if (task.bytes > SMALL && this.#isHopeless(task)) {
      task.resolve(Promise.reject(this.#refusals.noMemory));
      return;
    }
    this.#places.take(task);
    task.resolve(this.#finish(task));
  }

  async #finish(task: Task): Promise<unknown> {
    const began = this.#now();
    try {
      return await task.start();
    } finally {
      this.#places.free(task);
      this.#speed.add(task.cost, this.#now() - began);
      const wasWanted = task.isWanted();
      if (!isCheap(task)) this.#patience.learn(wasWanted);
      this.#beginNext();
    }
  }

  #beginNext(): void {
    let isShort = false;
    for (let at = 0; at < this.#waiting.length; ) {
      const task = this.#waiting[at] as Task;
      const fits: boolean = this.#places.hasPlace(task) && (isCheap(task) || !isShort);
      // A cheap one behind it may have a place; an expensive one must not take the memory that this one waits for.
      if (!fits || !this.#hasMemory(task)) {
        isShort ||= fits && !isCheap(task);
        at += 1;
      } else {
        this.#waiting.splice(at, 1);
        if (task.isWanted()) this.#begin(task);
        else this.#abandon(task);
      }
    }
  }

  /** Removes tasks that nobody waits for; returns whether there were any. */
  #forgetUnwanted(): boolean {
    const gone = this.#waiting.filter(({ isWanted }) => !isWanted());
    if (gone.length === 0) return false;
    this.#waiting = this.#waiting.filter((task) => !gone.includes(task));
    for (const task of gone) this.#abandon(task);
    return true;
  }

  #abandon(task: Task): void {
    task.resolve(
      Promise.reject(
        overloaded('every client closed its side of the connection while this picture waited', 1),
      ),
    );
  }
}
