import { randomBytes } from 'node:crypto';
import { GreyboxError } from '../errors.ts';
import { type BreakerOptions, type BreakerState, CircuitBreaker } from './circuit-breaker.ts';
import type { Purge } from './purge.ts';
import { SharedPurges } from './shared-purges.ts';
import { SizeGauge } from './size-gauge.ts';
import type { SharedStats } from './stats.ts';
import {
  EntryRefusedError,
  NO_BOUND,
  type SharedStore,
  type Stored,
  type StoreSize,
  UNUSABLE,
  WriteRefusedError,
} from './store.ts';
import { WriteGate, type WriteGateOptions } from './write-gate.ts';

/** How a look-up ended. `invalid`: the value does not fit the key. `bypass`: the tier is down and was not asked. */
export type SharedLookup =
  | { readonly result: 'hit'; readonly stored: Stored }
  | { readonly result: 'miss' | 'invalid' | 'error' | 'bypass' };

export interface SharedTierOptions extends Omit<BreakerOptions, 'probe'>, Partial<WriteGateOptions> {
  /** Prepended to each key, so that several programs can share one store. Default: none. */
  readonly prefix?: string;
  /** Whether a key (without the prefix) is ours: a purge removes no others. Default: all are. */
  readonly owns?: (key: string) => boolean;
  /** Called once each time that purges of other instances no longer arrive (`error` says why), or arrive again. */
  readonly onHearing?: (state: 'hears' | 'deaf', error: Error | undefined) => void;
}

/** Seconds after which a failed purge may be retried. */
const RETRY_PURGE = 2;

/**
 * The shared tier as the cache uses it: "breaker, try, fall back" in one place. A tier that fails, hangs or is down
 * counts as empty. Only a purge fails with it, because it must not claim a success.
 */
export class SharedTier {
  readonly #store: SharedStore;
  readonly #breaker: CircuitBreaker;
  readonly #prefix: string;
  readonly #purges: SharedPurges;
  /** Whether the store answers, by the last news from it. */
  #isUp = false;
  readonly #gauge: SizeGauge | undefined;
  readonly #writes: WriteGate;
  readonly #counts = { hits: 0, misses: 0, invalid: 0, errors: 0, bypassed: 0, sets: 0, writeErrors: 0 };

  constructor(
    store: SharedStore,
    {
      prefix = '',
      owns = () => true,
      onWriting = () => {},
      onHearing = () => {},
      onChange = () => {},
      now = () => performance.now(),
      ...options
    }: SharedTierOptions = {},
  ) {
    this.#store = store;
    if (store.size) this.#gauge = new SizeGauge(store.size.bind(store));
    this.#prefix = prefix;
    this.#writes = new WriteGate({ onWriting, now, ...(options.random && { random: options.random }) });
    this.#breaker = new CircuitBreaker({
      ...options,
      probe: () => this.#probe(),
      onChange: (state, error) => {
        this.#heed(state === 'closed');
        onChange(state, error);
      },
    });
    this.#purges = new SharedPurges({ store, prefix, owns, isUp: () => this.#isUp, onHearing });
    store.onConnection((up, error) => {
      if (up) this.#breaker.retry();
      else this.#breaker.open(error);
      this.#heed(up);
    });
  }

  get name(): string {
    return this.#store.name;
  }

  get state(): BreakerState {
    return this.#breaker.state;
  }

  /** How long it has been up or down, in s. */
  get stateSeconds(): number {
    return this.#breaker.seconds;
  }

  /** Whether entries in memory are forgotten when another instance purges them. */
  get hearsPurges(): boolean {
    return this.#purges.areHeard;
  }

  get stats(): SharedStats {
    return { ...this.#counts, breaker: this.state };
  }

  /**
   * How much the store holds by its own count, other programs' entries included; may be some seconds old. Undefined if
   * it does not report a size within 100 ms.
   */
  async size(): Promise<StoreSize | undefined> {
    return this.#breaker.closed ? this.#gauge?.read() : undefined;
  }

  connect(): Promise<void> {
    return this.#store.connect();
  }

  /**
   * @param accepts whether the bytes are a valid value for the key
   * @param maxBytes the largest valid value for the key; longer ones are not read
   */
  async get(
    key: string,
    accepts: (body: Buffer) => boolean,
    maxBytes: number = NO_BOUND,
  ): Promise<SharedLookup> {
    const lookup = await this.#lookUp(key, accepts, maxBytes);
    const { result } = lookup;
    if (result === 'hit') this.#counts.hits += 1;
    else if (result === 'error') this.#counts.errors += 1;
    else if (result === 'bypass') this.#counts.bypassed += 1;
    else this.#counts.misses += 1;
    if (result === 'invalid') this.#counts.invalid += 1;
    return lookup;
  }

  async #lookUp(key: string, accepts: (body: Buffer) => boolean, maxBytes: number): Promise<SharedLookup> {
    if (!this.#breaker.closed) return { result: 'bypass' };
    try {
      const stored = await this.#store.get(this.#prefix + key, maxBytes);
      this.#breaker.succeeded();
      this.#heed(true);
      if (!stored) return { result: 'miss' };
      return stored !== UNUSABLE && accepts(stored.body) ? { result: 'hit', stored } : { result: 'invalid' };
    } catch (error) {
      this.#breaker.failed(error as Error);
      this.#heed(false);
      return { result: 'error' };
    }
  }

  /** A store that answers again may have been purged in the meantime. */
  #heed(answers: boolean): void {
    const wasUp = this.#isUp;
    this.#isUp = answers && this.#breaker.closed;
    if (this.#isUp && !wasUp) this.#purges.back();
  }

  /**
   * Starts a write without waiting for it. A tier that refuses writes is only tried now and then.
   * @param ttl ms
   * @returns whether the tier accepts writes, as far as we know
   */
  set(key: string, body: Buffer, ttl: number): boolean {
    if (!this.#breaker.closed) return false;
    const { isOpen } = this.#writes;
    if (!this.#writes.pass()) return false;
    const write = this.#store.set(this.#prefix + key, body, ttl);
    this.#purges.track(key, write);
    // Only look-ups count for the breaker: a user may be allowed to write but not to read.
    write.then(
      () => {
        this.#counts.sets += 1;
        this.#writes.accepted();
      },
      (error: Error) => {
        this.#counts.writeErrors += 1;
        if (!(error instanceof WriteRefusedError)) this.#breaker.failed(error);
        else if (!(error instanceof EntryRefusedError)) this.#writes.refused(error);
      },
    );
    return isOpen;
  }

  /**
   * Removes the purged keys from the store, and from the memory of the instances that share it.
   * @returns how many keys there were @throws GreyboxError `overloaded` if keys cannot be removed or the instances
   * cannot be told
   */
  async purge(purge: Purge): Promise<number> {
    try {
      if (!this.#breaker.closed) throw new Error('it is down');
      return await this.#purges.purge(purge);
    } catch (error) {
      if (this.#breaker.closed && !(error instanceof WriteRefusedError)) this.#breaker.failed(error as Error);
      const why = (error as Error).message;
      const detail = `${this.name} cannot be purged now (${why}): only this instance's memory was; try again`;
      throw new GreyboxError('overloaded', detail, { cause: error, retryAfter: RETRY_PURGE });
    }
  }

  /** Calls back for each purge by another instance, and with `*` when one may have been missed. */
  onPurge(listener: (purge: Purge) => void): void {
    this.#purges.listen(listener);
  }

  close(): Promise<void> {
    this.#breaker.stop();
    return this.#store.close();
  }

  /** Tries a look-up too: a store may answer a ping and still refuse reads. */
  async #probe(): Promise<void> {
    await this.#store.ping();
    await this.#store.get(`${this.#prefix}probe.${randomBytes(3).toString('hex')}`, 0);
  }
}
