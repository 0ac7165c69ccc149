import { GreyboxError } from '../errors.ts';
import { Speed } from './speed.ts';

/** Tasks from which on a queue is long: more than a page asks for at once. */
const LONG = 32;

/** Longest that a task may have to wait for its turn, in ms. */
const MAX_WAIT_MS = 5000;
/** The same where clients turn out to be less patient. */
const LEAST_MAX_WAIT_MS = 500;

/** What becomes of that for each dear picture whose clients had gone, and for each that was delivered: one in ten may be wasted. */
const SHORTER = 0.8;
const LONGER = 1.02;

/** Cost up to which a task is cheap, in ms: there is one place for these only, which dear ones cannot take. */
const CHEAP_MS = 20;
/** Share of the queue that is kept for cheap tasks. */
const CHEAP_SHARE = 1 / 4;
/** A task goes before one that came so many times its own cost earlier, and costs nothing. */
const COST_WEIGHT = 5;

/** Longest that a refused client is asked to stay away, in s. */
const MAX_RETRY_AFTER = 60;

export interface TaskOptions {
  /** About how long it takes, in ms of a core; by default an ordinary picture's. */
  readonly cost?: number;
  /** Whether anybody still waits for it, asked when it has to wait and when its turn comes, see `#isGivenUp`; default: yes. */
  readonly isWanted?: () => boolean;
}

export interface QueueOptions {
  /** Whether a task is refused that would wait for longer than a client does; default true. */
  readonly refusesLate?: boolean;
  /** A clock in ms that never goes back. */
  readonly now?: () => number;
}

interface Task extends Required<TaskOptions> {
  readonly start: () => Promise<unknown>;
  /** Settles what `run` has returned: thousands may wait for one task, so that it is one promise. */
  readonly resolve: (outcome: Promise<unknown>) => void;
  /** Tasks are started in this order, in ms. */
  readonly rank: number;
}

const isCheap = (cost: number): boolean => cost <= CHEAP_MS;

/**
 * Runs a bounded number of tasks at a time; the others wait, the cheap before the dear. It refuses at once what finds no
 * room, and what would not have its turn in time. It starts no task that nobody waits for any more, except for a cheap one
 * while few wait.
 */
export class RenderQueue {
  readonly #concurrency: number;
  readonly #limit: number;
  readonly #now: () => number;
  readonly #refusesLate: boolean;
  /** By rank. */
  #waiting: Task[] = [];
  readonly #running = new Set<Task>();
  /** How many of them are not cheap. */
  #dear = 0;
  readonly #speed = new Speed();
  /** Less than {@link MAX_WAIT_MS} while clients go before they get their picture. */
  #maxWait = MAX_WAIT_MS;
  /** One error for each answer: errors are sent by the thousand. */
  readonly #full: GreyboxError;
  readonly #late: (GreyboxError | undefined)[] = [];

  /**
   * @param concurrency tasks at a time, at least 1; a cheap one may run beside them
   * @param limit tasks that may wait, at least 0
   */
  constructor(
    concurrency: number,
    limit: number,
    { refusesLate = true, now = () => performance.now() }: QueueOptions = {},
  ) {
    this.#concurrency = concurrency;
    this.#limit = limit;
    this.#refusesLate = refusesLate;
    this.#now = now;
    this.#full = overloaded(`more than ${limit} pictures are waiting to be drawn`, 1);
  }

  /** Tasks that wait for their turn. */
  get depth(): number {
    return this.#waiting.length;
  }

  get isLong(): boolean {
    return this.#waiting.length >= LONG;
  }

  /** The `overloaded` that a task of this cost would be refused with; undefined where it may wait, or start. */
  refusalOf(cost: number): GreyboxError | undefined {
    if (this.#hasPlace(cost)) return undefined;
    const refusal = this.#refusalNow(cost);
    // Places of those who have gone are free.
    return refusal && this.#forgetUnwanted() ? this.#refusalNow(cost) : refusal;
  }

  /** @throws GreyboxError `overloaded` (as a rejection) where it is refused, else what the task throws */
  run<T>(start: () => Promise<T>, options: TaskOptions = {}): Promise<T> {
    const { cost = CHEAP_MS + 1 } = options;
    const isWanted = (this.#isGivenUp(cost) && options.isWanted) || (() => true);
    const refusal = this.refusalOf(cost);
    if (refusal) return Promise.reject(refusal);
    const rank = this.#now() + cost * COST_WEIGHT;
    return new Promise<T>((resolve) => {
      const task: Task = { start, resolve: resolve as Task['resolve'], cost, isWanted, rank };
      if (this.#hasPlace(cost)) this.#begin(task);
      else this.#enqueue(task);
    });
  }

  /**
   * Whether a task of this cost is given up where its client goes. A cheap one is not while few wait: it is drawn in less
   * than a moment, and who seems to go may have ended only its half of the connection (RFC 9112, 9.6).
   */
  #isGivenUp(cost: number): boolean {
    return !isCheap(cost) || this.isLong;
  }

  #refusalNow(cost: number): GreyboxError | undefined {
    const reserved = isCheap(cost) ? 0 : Math.floor(this.#limit * CHEAP_SHARE);
    if (this.#waiting.length >= this.#limit - reserved) return this.#full;
    if (!this.#refusesLate) return undefined;
    const wait = this.#waitOf(cost);
    return wait > this.#maxWait ? this.#lateRefusal(wait) : undefined;
  }

  /** About how long a task of this cost would wait, in ms. */
  #waitOf(cost: number): number {
    const rank = this.#now() + cost * COST_WEIGHT;
    let ahead = 0;
    // What runs is half done.
    for (const task of this.#running) ahead += task.cost / 2;
    for (const task of this.#waiting) {
      if (task.rank > rank) break;
      ahead += task.cost;
    }
    return (ahead * this.#speed.msPerCost) / this.#concurrency;
  }

  #lateRefusal(wait: number): GreyboxError {
    const seconds = Math.min(MAX_RETRY_AFTER, Math.ceil(wait / 1000));
    this.#late[seconds] ??= overloaded(`drawing what waits already takes about ${seconds} s`, seconds);
    return this.#late[seconds];
  }

  /** Whether a task of this cost could start now: a cheap one also beside as many dear ones as there may be. */
  #hasPlace(cost: number): boolean {
    const free = this.#concurrency - this.#running.size;
    if (!isCheap(cost)) return this.#dear < this.#concurrency && free >= 0;
    return free > 0 || (free === 0 && this.#dear === this.#concurrency && this.#limit > 0);
  }

  #enqueue(task: Task): void {
    // Those who ask are told by this that from now on they are to look out for clients that leave.
    task.isWanted();
    let at = this.#waiting.length;
    while (at > 0 && (this.#waiting[at - 1] as Task).rank > task.rank) at -= 1;
    this.#waiting.splice(at, 0, task);
  }

  #begin(task: Task): void {
    this.#running.add(task);
    if (!isCheap(task.cost)) this.#dear += 1;
    task.resolve(this.#finish(task));
  }

  async #finish(task: Task): Promise<unknown> {
    const began = this.#now();
    try {
      return await task.start();
    } finally {
      this.#running.delete(task);
      if (!isCheap(task.cost)) this.#dear -= 1;
      this.#speed.add(task.cost, this.#now() - began);
      this.#learn(task.cost, task.isWanted());
      this.#beginNext();
    }
  }

  #beginNext(): void {
    for (let at = 0; at < this.#waiting.length; ) {
      const task = this.#waiting[at] as Task;
      // A cheap one behind it may have a place.
      if (!this.#hasPlace(task.cost)) at += 1;
      else {
        this.#waiting.splice(at, 1);
        if (task.isWanted()) this.#begin(task);
        else this.#abandon(task);
      }
    }
  }

  /** Removes tasks that nobody waits for; tells whether there were any. */
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

  /** Where clients are gone when their picture is drawn, that drawing was for nothing: others are to wait less long. */
  #learn(cost: number, wasWanted: boolean): void {
    if (isCheap(cost)) return;
    const next = this.#maxWait * (wasWanted ? LONGER : SHORTER);
    this.#maxWait = Math.min(MAX_WAIT_MS, Math.max(LEAST_MAX_WAIT_MS, next));
  }
}

function overloaded(why: string, retryAfter: number): GreyboxError {
  return new GreyboxError('overloaded', `${why}; try again in ${retryAfter} s`, { retryAfter });
}
