/** When the requests of a constant rate are to be sent: one after another at even distances, whatever happens. */
export class Schedule {
  readonly #start: number;
  readonly #gap: number;
  readonly #end: number;
  #taken = 0;

  /**
   * @param start when the first one is to be sent, in ms
   * @param rate requests per second
   * @param seconds for how long
   */
  constructor(start: number, rate: number, seconds: number) {
    this.#start = start;
    this.#gap = 1000 / rate;
    this.#end = Math.round(rate * seconds);
  }

  /** Requests in all. */
  get length(): number {
    return this.#end;
  }

  get isOver(): boolean {
    return this.#taken >= this.#end;
  }

  /** When the next request was to be sent, if that is not later than now; taken so. Time of the same clock as `start`. */
  take(now: number): number | undefined {
    const at = this.#start + this.#taken * this.#gap;
    if (at > now || this.isOver) return undefined;
    this.#taken += 1;
    return at;
  }
}
