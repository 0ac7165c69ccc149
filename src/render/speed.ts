/** Cost of the past tasks whose costs are compared with their times, in ms. */
const MEMORY_MS = 500;

/** Learns how long a task takes for its cost: how fast and how busy this machine is. */
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
