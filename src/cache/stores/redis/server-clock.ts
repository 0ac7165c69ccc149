/** How long a comparison with the server's clock is used, in ms: clocks drift by far less than 1 ms in this time. */
const MAX_AGE_MS = 10_000;

/**
 * Converts times to a server's clock. An expiry given as a point in time, not as a duration, stays right however late
 * the server reads it: a command may wait for an hour in the buffer of a hung server.
 */
export class ServerClock {
  readonly #ask: () => Promise<number>;
  readonly #now: () => number;
  #offset = 0;
  #until = Number.NEGATIVE_INFINITY;

  /** @param ask returns the server's time, in ms since 1970 */
  constructor(ask: () => Promise<number>, now: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#now = now;
  }

  /** Compares the clocks again before the next use: it may be another server. */
  reset(): void {
    this.#until = Number.NEGATIVE_INFINITY;
  }

  /** The server's time that many ms from now, in whole ms since 1970; early by at most one round trip, never late. */
  async after(ms: number): Promise<number> {
    const then = this.#now() + ms;
    if (this.#now() >= this.#until) {
      const time = await this.#ask();
      // The server read its clock before the answer arrived, so this is early, never late.
      this.#offset = time - this.#now();
      this.#until = this.#now() + MAX_AGE_MS;
    }
    return Math.floor(then + this.#offset);
  }
}
