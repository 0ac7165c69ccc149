/** Bounds of a pause between two attempts; ms. */
export interface BackoffLimits {
  /** The upper bound of the first pause; doubled after each failed attempt. */
  readonly first: number;
  readonly longest: number;
}

/**
 * The pause before an attempt: doubled each time up to a bound, with a random second half, so that many processes do
 * not return at once.
 * @param attempts number of failed attempts so far, from 0
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

/** Counts failed attempts in a row, and gives the pause before the next. */
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
