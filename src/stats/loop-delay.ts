/** How often the event loop is sampled; ms. */
const INTERVAL = 20;
/** How many samples are kept: those of the last 15 s, a common scrape interval of Prometheus. */
const KEPT = 750;

/** The delay of the event loop, in s, over the last 15 s. */
export type LoopDelay = Readonly<Record<'mean' | 'p50' | 'p99' | 'max', number>>;

/**
 * Checks every 20 ms how late a timer fires. Results always cover the last 15 s. Reading them resets nothing, so two
 * Prometheus servers see the same values.
 */
export class LoopDelaySampler {
  readonly #delays: number[] = [];
  readonly #now: () => number;
  #next = 0;
  #last: number;

  /** @param now a clock in ms that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#last = now();
  }

  /** Starts sampling; the timer does not keep the process alive. */
  start(): this {
    setInterval(() => this.sample(), INTERVAL).unref();
    return this;
  }

  /** Takes the sample that was due 20 ms after the previous one. */
  sample(): void {
    const now = this.#now();
    this.#delays[this.#next] = Math.max(0, now - this.#last - INTERVAL) / 1000;
    this.#next = (this.#next + 1) % KEPT;
    this.#last = now;
  }

  get delay(): LoopDelay {
    const sorted = this.#delays.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    const sum = sorted.reduce((total, one) => total + one, 0);
    return { mean: sum / Math.max(1, sorted.length), p50: at(0.5), p99: at(0.99), max: at(1) };
  }
}
