/** Cost of the past tasks that count when costs are compared with what they took, in ms. */
const MEMORY_MS = 500;

/** Tells what a task takes from its cost: how fast this machine is, and how busy. */
export class Speed {
  #took = MEMORY_MS;
  #cost = MEMORY_MS;

  /** ms of waiting for 1 ms of cost */
  get msPerCost(): number {
    return this.#took / this.#cost;
  }

  /** @param took how long a task of this cost took, in ms */
  add(cost: number, took: number): void {
    const kept = MEMORY_MS / (MEMORY_MS + cost);
    this.#took = this.#took * kept + took;
    this.#cost = this.#cost * kept + cost;
  }
}
