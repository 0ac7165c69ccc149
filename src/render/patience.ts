/** Longest that a task may have to wait for its turn, in ms. */
const MAX_WAIT_MS = 5000;
/** The same where clients turn out to be less patient. */
const LEAST_MAX_WAIT_MS = 500;

/** What becomes of that for each dear picture whose clients had gone, and for each that was delivered: one in ten may be wasted. */
const SHORTER = 0.8;
const LONGER = 1.02;

/** How long clients wait for a picture, as far as is known: where they go before they get it, drawing it was for nothing. */
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
