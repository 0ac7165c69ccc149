/** Longest that one turn of the event loop goes on with slow things, in ms. */
const BUDGET = 1;

export interface TurnOptions<T> {
  /** Does what is quick. */
  readonly quick: (one: T) => void;
  /** Does what takes longer. */
  readonly slow: (one: T) => void;
  /** Told of what is slow and has to wait for a later turn. */
  readonly wait: (one: T) => void;
}

/**
 * Does what a turn of the event loop has brought when all of it is there: first everything that is quick, then what is
 * slow, for a millisecond; the rest waits for later turns, and for what is quick in them.
 */
export class LaneTurn<T> {
  readonly #options: TurnOptions<T>;
  readonly #quick: T[] = [];
  /** Of this turn and, before them, of those before. */
  #slow: T[] = [];
  /** How many of them have been told to wait. */
  #waiting = 0;
  #isSet = false;

  constructor(options: TurnOptions<T>) {
    this.#options = options;
  }

  addQuick(one: T): void {
    this.#quick.push(one);
    this.#set();
  }

  addSlow(one: T): void {
    this.#slow.push(one);
    this.#set();
  }

  /** Does all of it now. */
  finish(): void {
    this.#do(Number.POSITIVE_INFINITY);
  }

  #set(): void {
    if (this.#isSet) return;
    this.#isSet = true;
    setImmediate(() => {
      this.#isSet = false;
      this.#do(BUDGET);
    });
  }

  #do(budget: number): void {
    const { quick, slow, wait } = this.#options;
    for (const one of this.#quick) quick(one);
    this.#quick.length = 0;
    if (this.#slow.length === 0) return;
    const end = performance.now() + budget;
    let done = 0;
    do slow(this.#slow[done++] as T);
    while (done < this.#slow.length && performance.now() < end);
    const rest = this.#slow.slice(done);
    for (const one of rest.slice(Math.max(0, this.#waiting - done))) wait(one);
    this.#slow = rest;
    this.#waiting = rest.length;
    if (rest.length > 0) this.#set();
  }
}
