import { type BreakerOptions, type BreakerState, CircuitBreaker } from './circuit-breaker.ts';
import { type SharedStore, type Stored, WriteRefusedError } from './store.ts';

/** How a look-up in the shared tier ended; `bypass`: not asked, for it is known to be down. */
export type SharedLookup =
  | { readonly result: 'hit'; readonly stored: Stored }
  | { readonly result: 'miss' | 'error' | 'bypass' };

export interface SharedTierOptions extends Omit<BreakerOptions, 'probe'> {
  /** Put before each key, so that several programs can share one store; default none. */
  readonly prefix?: string;
}

/**
 * The shared tier as the cache uses it: "breaker, try, fall back" written once. Nothing here rejects: a tier that
 * fails, hangs or is down is one that has nothing.
 */
export class SharedTier {
  readonly #store: SharedStore;
  readonly #breaker: CircuitBreaker;
  readonly #prefix: string;

  constructor(store: SharedStore, { prefix = '', ...options }: SharedTierOptions = {}) {
    this.#store = store;
    this.#prefix = prefix;
    this.#breaker = new CircuitBreaker({ ...options, probe: () => store.ping() });
    store.onConnection((up, error) => (up ? this.#breaker.retry() : this.#breaker.open(error)));
  }

  get name(): string {
    return this.#store.name;
  }

  get state(): BreakerState {
    return this.#breaker.state;
  }

  connect(): Promise<void> {
    return this.#store.connect();
  }

  async get(key: string): Promise<SharedLookup> {
    if (!this.#breaker.closed) return { result: 'bypass' };
    try {
      const stored = await this.#store.get(this.#prefix + key);
      this.#breaker.succeeded();
      return stored ? { result: 'hit', stored } : { result: 'miss' };
    } catch (error) {
      this.#breaker.failed(error as Error);
      return { result: 'error' };
    }
  }

  /** Starts a write and does not wait for it; `ttl` in ms. @returns whether it was sent */
  set(key: string, body: Buffer, ttl: number): boolean {
    if (!this.#breaker.closed) return false;
    this.#store.set(this.#prefix + key, body, ttl).then(
      () => this.#breaker.succeeded(),
      (error: Error) => {
        // A store that is full or read-only is still there to be read.
        if (error instanceof WriteRefusedError) this.#breaker.succeeded();
        else this.#breaker.failed(error);
      },
    );
    return true;
  }

  close(): Promise<void> {
    this.#breaker.stop();
    return this.#store.close();
  }
}
