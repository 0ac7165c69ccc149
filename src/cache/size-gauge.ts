import type { StoreSize } from './store.ts';
import { type Timer, unreferencedTimer, within } from './time-limit.ts';

/** The shortest time for which an answer is reused, in ms. */
const MIN_REUSE_MS = 1000;
/** An answer that took t ms is reused for this many times t: counting takes at most a twentieth of a store's time. */
const REUSE_FACTOR = 20;
/** How long a caller waits for a new answer, in ms. */
const WAIT_MS = 100;

/** How much a store holds. The store is asked rarely, and only once at a time. */
export class SizeGauge {
  readonly #ask: () => Promise<StoreSize>;
  readonly #now: () => number;
  readonly #timer: Timer;
  #asking: Promise<void> | undefined;
  #known: StoreSize | undefined;
  #until = Number.NEGATIVE_INFINITY;

  constructor(
    ask: () => Promise<StoreSize>,
    now = () => performance.now(),
    timer: Timer = unreferencedTimer,
  ) {
    this.#ask = ask;
    this.#now = now;
    this.#timer = timer;
  }

  /** The newest answer, within 100 ms. Undefined before the first answer, and if the last request failed. */
  async read(): Promise<StoreSize | undefined> {
    if (this.#now() >= this.#until) this.#asking ??= this.#update();
    const late = (): Error => new Error('timed out');
    await within(this.#asking ?? Promise.resolve(), WAIT_MS, late, this.#timer).catch(() => {});
    return this.#known;
  }

  async #update(): Promise<void> {
    const asked = this.#now();
    this.#known = await this.#ask().catch(() => undefined);
    const answered = this.#now();
    this.#until = answered + Math.max(MIN_REUSE_MS, (answered - asked) * REUSE_FACTOR);
    this.#asking = undefined;
  }
}
