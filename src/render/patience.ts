/** Longest that a task may have to wait for its turn, in ms. */
const MAX_WAIT_MS = 5000;
/** The limit is not lowered below this, however impatient clients are, in ms. */
const LEAST_MAX_WAIT_MS = 500;

/** Factors of the limit for each expensive picture: unwanted, or delivered. One in ten may be wasted. */
const SHORTER = 0.8;
const LONGER = 1.02;

/** Learns how long clients wait for a picture: drawing it is wasted if they leave before they get it. */
export class Patience {
  #ms = MAX_WAIT_MS;

  /** ms */
  get limit(): number {
    return this.#ms;
  }

  /** @param wasWanted whether anybody still waited for a picture when it was drawn */
  learn(wasWanted: boolean): void {
    const next = this.#ms * (wasWanted ? LONGER : SHORTER);
    this.#ms = Math.min(MAX_WAIT_MS, Math.max(LEAST_MAX_WAIT_MS, next));
  }
}
