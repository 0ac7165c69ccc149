/**
 * Runs at most one task per key at a time. Whoever asks meanwhile waits for the same promise and shares its value or
 * its error; only the caller that started the task removes it.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>();

  get size(): number {
    return this.#flights.size;
  }

  /** @returns the task's outcome, and whether this caller waited for another's task */
  run(key: string, task: () => Promise<T>): { readonly promise: Promise<T>; readonly collapsed: boolean } {
    const flying = this.#flights.get(key);
    if (flying) return { promise: flying, collapsed: true };
    const promise = task().finally(() => this.#flights.delete(key));
    this.#flights.set(key, promise);
    return { promise, collapsed: false };
  }
}
