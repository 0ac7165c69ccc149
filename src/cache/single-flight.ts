/** A task under way, as it sees itself. */
export interface Flight {
  /** False once the flight was dropped: whatever comes of it is for those who wait already, and must not be kept. */
  readonly current: boolean;
}

/** The outcome of a task, and whether this caller waited for another's. */
export interface Shared<T> {
  readonly promise: Promise<T>;
  readonly collapsed: boolean;
}

/**
 * Runs at most one task per key at a time. Whoever asks meanwhile waits for the same promise and shares its value or
 * its error; only the caller that started the task removes it.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, { current: boolean; promise?: Promise<T> }>();

  get size(): number {
    return this.#flights.size;
  }

  /** Whether a task is under way whose outcome the next caller would share. */
  has(key: string): boolean {
    return this.#flights.has(key);
  }

  run(key: string, task: (flight: Flight) => Promise<T>): Shared<T> {
    const flying = this.#flights.get(key)?.promise;
    if (flying) return { promise: flying, collapsed: true };
    const flight: { current: boolean; promise?: Promise<T> } = { current: true };
    const promise = task(flight).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    flight.promise = promise;
    this.#flights.set(key, flight);
    return { promise, collapsed: false };
  }

  /** Lets those who wait for a key go on waiting, and whoever asks from now on start anew. */
  drop(key: string): void {
    const flight = this.#flights.get(key);
    if (!flight) return;
    flight.current = false;
    this.#flights.delete(key);
  }

  /** Drops the keys that pass. */
  dropMatching(matches: (key: string) => boolean): void {
    for (const key of this.#flights.keys()) if (matches(key)) this.drop(key);
  }
}
