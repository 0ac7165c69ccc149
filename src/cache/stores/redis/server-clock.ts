/** How long a comparison with the server's clock holds, in ms: clocks drift by far less than 1 ms in it. */
const HOLDS = 10_000;

/**
 * Tells when something will be by a server's clock. An expiry that is a point in time there, and no duration, stays
 * true whenever the server gets round to reading it: a command may lie in the buffer of one that hangs for an hour.
 */
export class ServerClock {
  readonly #ask: () => Promise<number>;
  readonly #now: () => number;
  #offset = 0;
  #until = Number.NEGATIVE_INFINITY;

  /** @param ask the server's time, in ms since 1970 */
  constructor(ask: () => Promise<number>, now: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#now = now;
  }

  /** Asks anew before the next use: it may be another server. */
  reset(): void {
    this.#until = Number.NEGATIVE_INFINITY;
  }

  /** The server's time so many ms from now, in whole ms since 1970; early by at most the time of one answer, never late. */
  async after(ms: number): Promise<number> {
    const then = this.#now() + ms;
    if (this.#now() >= this.#until) {
      const time = await this.#ask();
      // By our clock it was that time when the answer was on its way, which is before now.
      this.#offset = time - this.#now();
      this.#until = this.#now() + HOLDS;
    }
    return Math.floor(then + this.#offset);
  }
}
