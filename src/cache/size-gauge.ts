import type { StoreSize } from './store.ts';
import { type Timer, unreferencedTimer, within } from './time-limit.ts';

/** How long an answer is told again without asking, in ms. */
const HOLDS = 1000;
/** How many times as long as it took to answer no other is asked for: counting is to take one part in so many of a store. */
const SHARE = 20;
/** How long whoever wants to know waits for an answer, in ms. */
const PATIENCE = 100;

/** What a store holds, asked seldom, and one question at a time. */
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

  /** Within 100 ms the newest that is known; undefined before the first answer, and where the last question failed. */
  async read(): Promise<StoreSize | undefined> {
    if (this.#now() >= this.#until) this.#asking ??= this.#update();
    const late = (): Error => new Error('it takes longer');
    await within(this.#asking ?? Promise.resolve(), PATIENCE, late, this.#timer).catch(() => {});
    return this.#known;
  }

  async #update(): Promise<void> {
    const asked = this.#now();
    this.#known = await this.#ask().catch(() => undefined);
    const answered = this.#now();
    this.#until = answered + Math.max(HOLDS, (answered - asked) * SHARE);
    this.#asking = undefined;
  }
}
