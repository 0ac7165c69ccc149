/** Cost up to which a task is cheap, in ms: one place is reserved for cheap tasks. */
export const CHEAP_MS = 20;

/** Share of the memory that expensive tasks leave to cheap ones. */
const CHEAP_MEMORY = 1 / 16;

/** What a task takes while it runs. */
export interface Demand {
  /** About how long it takes, in ms of a core. */
  readonly cost: number;
  /** About how much memory it takes, in bytes. */
  readonly bytes: number;
}

export const isCheap = ({ cost }: Pick<Demand, 'cost'>): boolean => cost <= CHEAP_MS;

/** Places for tasks that run at the same time, limited by their number and by their total memory. */
export class Places {
  readonly #concurrency: number;
  readonly #hasSpare: boolean;
  readonly #memory: number;
  readonly #running = new Set<Demand>();
  /** How many of them are not cheap. */
  #dear = 0;
  #bytes = 0;

  /**
   * @param concurrency tasks at a time, at least 1
   * @param hasSpare whether one cheap task may run beside that many expensive ones
   * @param memory bytes for all of them together
   */
  constructor(concurrency: number, hasSpare: boolean, memory: number) {
    this.#concurrency = concurrency;
    this.#hasSpare = hasSpare;
    this.#memory = memory;
  }

  get running(): ReadonlySet<Demand> {
    return this.#running;
  }

  /** The memory of all running tasks together, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The memory that a task may use, in bytes. */
  memoryFor(task: Demand): number {
    const isSmall = isCheap(task) && task.bytes <= this.#memory * CHEAP_MEMORY;
    return isSmall ? this.#memory : this.#memory * (1 - CHEAP_MEMORY);
  }

  /** Whether a task could start now, regardless of memory. A cheap one may have the spare place. */
  hasPlace(task: Pick<Demand, 'cost'>): boolean {
    const free = this.#concurrency - this.#running.size;
    if (!isCheap(task)) return this.#dear < this.#concurrency && free >= 0;
    return free > 0 || (free === 0 && this.#dear === this.#concurrency && this.#hasSpare);
  }

  /** Whether there is memory for a task now; always true if nothing else runs. */
  hasMemory(task: Demand): boolean {
    return this.#running.size === 0 || this.#bytes + task.bytes <= this.memoryFor(task);
  }

  take(task: Demand): void {
    this.#running.add(task);
    this.#bytes += task.bytes;
    if (!isCheap(task)) this.#dear += 1;
  }

  free(task: Demand): void {
    this.#running.delete(task);
    this.#bytes -= task.bytes;
    if (!isCheap(task)) this.#dear -= 1;
  }
}
