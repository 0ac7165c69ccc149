/** How long one turn of the event loop may spend on slow tasks, in ms. */
const BUDGET = 1;

export interface TurnOptions<T> {
  /** Does a quick task. */
  readonly quick: (one: T) => void;
  /** Does a slower task. */
  readonly slow: (one: T) => void;
  /** Called for a slow task that must wait for a later turn. */
  readonly wait: (one: T) => void;
}

/**
 * Collects the tasks of one turn of the event loop, then does them: first all quick ones, then slow ones for a
 * millisecond. The rest waits for later turns, after their quick tasks.
 */
export class LaneTurn<T> {
  readonly #options: TurnOptions<T>;
  readonly #quick: T[] = [];
  /** Slow tasks of earlier turns, then those of this turn. */
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

  /** Does all tasks now. */
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
