/** Bounds of a pause between two attempts; ms. */
export interface BackoffLimits {
  /** The first pause at most, doubled with each attempt that fails. */
  readonly first: number;
  readonly longest: number;
}

/**
 * The pause before an attempt: doubled each time up to a bound, and a random part of its second half, so that many
 * processes do not come back at once.
 * @param attempts that have failed before, from 0
 * @param random 0 up to 1
 * @returns ms, a whole number
 */
export function pauseAfter(
  attempts: number,
  { first, longest }: BackoffLimits,
  random: () => number = Math.random,
): number {
  return Math.round(Math.min(first * 2 ** attempts, longest) * (0.5 + random() / 2));
}

/** Counts attempts that fail in a row, and says how long to pause before the next. */
export class Backoff {
  readonly #limits: BackoffLimits;
  readonly #random: () => number;
  #attempts = 0;

  constructor(limits: BackoffLimits, random: () => number = Math.random) {
    this.#limits = limits;
    this.#random = random;
  }

  /** The pause after one more failure, in ms. */
  next(): number {
    const pause = pauseAfter(this.#attempts, this.#limits, this.#random);
    this.#attempts += 1;
    return pause;
  }

  /** The next pause is the first one again. */
  reset(): void {
    this.#attempts = 0;
  }
}
