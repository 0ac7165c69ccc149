import { hash } from 'node:crypto';
import { GreyboxError } from '../errors.ts';
import { globMatcher } from './glob.ts';
import type { MemoryStore } from './memory-store.ts';
import { owned, ownedText } from './owned.ts';
import type { Purge } from './purge.ts';
import type { SharedLookup, SharedTier } from './shared-tier.ts';
import { type Flight, type IsWaiting, SingleFlight } from './single-flight.ts';
import type { CacheStats } from './stats.ts';
import type { Entry } from './store.ts';
import { type Timer, unreferencedTimer } from './time-limit.ts';

/** When a phase of a miss began, by the cache's clock, and how long it took; ms. */
export interface Timing {
  readonly began: number;
  readonly ms: number;
}

/** The finished phases of a miss. */
export interface Timings {
  /** Asking the shared tier. */
  shared?: Timing;
  /** Waiting for the origin to begin. */
  queue?: Timing;
  /** Making the value, or failing to. */
  origin?: Timing;
}

/** An entry and where it came from. */
export interface Found {
  readonly entry: Entry;
  /** The tier that had it. Undefined if it was made. */
  readonly from: 'memory' | 'shared' | undefined;
  /** What the shared tier answered, and whether the entry was sent to it. Undefined if it was not asked. */
  readonly shared?: { readonly result: SharedLookup['result']; readonly stored: boolean };
  /** Whether the entry is in memory now. */
  readonly stored: boolean;
  /** Whether this caller waited for another caller's look-up. */
  readonly collapsed: boolean;
  readonly timings: Readonly<Timings>;
  /** Whether it was made anew on request: no tier was asked, and none keeps it. */
  readonly anew?: true;
}

/** A hit in memory. */
export const foundInMemory = (entry: Entry): Found => ({
  entry,
  from: 'memory',
  stored: false,
  collapsed: false,
  timings: {},
});

/** Where a missing value comes from. */
export interface Origin {
  /** Whether bytes from the shared tier are a value of this key. */
  accepts(body: Buffer): boolean;
  /** The most bytes that a value of this key can have: longer ones are not read. Default: no limit. */
  readonly maxBytes?: number;
  /** Makes the missing bytes. @param isWanted whether anybody still waits for them */
  make(timings: Timings, isWanted: () => boolean): Promise<Buffer>;
}

/** A strong validator: 132 bits of the bytes' SHA-256. */
export function etagOf(body: Buffer): string {
  return ownedText(`"${hash('sha256', body, 'base64url').slice(0, 22)}"`);
}

/** How long finding or making a value may take, including the wait in a queue, in ms. */
const MAKING_LIMIT = 30_000;

/** Seconds after which a value that took too long may be requested again. */
const RETRY_MAKING = 5;

function tookTooLong(): GreyboxError {
  const detail = `this took longer than ${MAKING_LIMIT / 1000} s to make`;
  return new GreyboxError('overloaded', detail, { retryAfter: RETRY_MAKING });
}

/**
 * Memory, then the shared tier, then the origin. An entry lives for `ttl` ms after it was made, in every tier: a copy
 * read from the shared tier keeps its remaining time.
 */
export class TieredCache {
  readonly memory: MemoryStore;
  readonly shared: SharedTier | undefined;
  /** ms */
  readonly ttl: number;
  readonly now: () => number;
  /**
   * Makes sibling processes forget the purged keys; there are none by default.
   * @returns the keys that they had
   */
  forgetElsewhere: (purge: Purge) => Promise<readonly string[]> = async () => [];
  readonly #flights: SingleFlight<Found>;
  readonly #counts = { collapsed: 0, made: 0, purges: 0 };

  constructor(
    memory: MemoryStore,
    shared: SharedTier | undefined,
    ttl: number,
    now: () => number,
    timer: Timer = unreferencedTimer,
  ) {
    this.memory = memory;
    this.shared = shared;
    this.ttl = ttl;
    this.now = now;
    this.#flights = new SingleFlight({ limit: MAKING_LIMIT, late: tookTooLong, now, timer });
    shared?.onPurge((purge) => void this.forget(purge));
  }

  /** Counts since the process began, and what is held now: a frozen snapshot. */
  get stats(): CacheStats {
    return Object.freeze({ memory: this.memory.stats, shared: this.shared?.stats, ...this.#counts });
  }

  /** Whether a value will certainly come from the origin: not in memory, not being made, and no shared tier. */
  needsMaking(key: string): boolean {
    return !this.shared && !this.#flights.has(key) && !this.memory.has(key);
  }

  /**
   * At most one look-up and one making per key at a time.
   * @param isWaiting whether the caller still waits: values that nobody waits for need not be made. Default: it does
   * @param timings filled if this caller's look-up is the one that runs, even if it fails
   * @throws the origin's error, or GreyboxError `overloaded` after 30 s, to all callers that waited for it
   */
  get(key: string, origin: Origin, isWaiting?: IsWaiting, timings: Timings = {}): Promise<Found> {
    const entry = this.memory.get(key);
    if (entry) return Promise.resolve(foundInMemory(entry));
    const fetch = (flight: Flight): Promise<Found> => this.#fetch(key, origin, flight, timings);
    const { promise, collapsed } = this.#flights.run(key, fetch, isWaiting);
    if (!collapsed) return promise;
    this.#counts.collapsed += 1;
    return promise.then((found) => ({ ...found, collapsed }));
  }

  /**
   * Removes one key from memory and the shared tier, here and on every instance that shares it. Requests in progress
   * may still get the old value.
   * @returns whether it was in any memory or in the shared tier
   * @throws GreyboxError `overloaded` (as a rejection) if it cannot be purged everywhere; it may be partly purged
   */
  async purge(key: string): Promise<boolean> {
    return (await this.#purge({ key })) > 0;
  }

  /**
   * Like `purge`, for every key that a Redis glob matches: `600.400.*`; `\` escapes a character.
   * @returns how many keys were removed: in the shared tier or in the memory of all siblings, whichever is more
   */
  purgeMatching(glob: string): Promise<number> {
    return this.#purge({ match: glob });
  }

  /** A value made anew, which no tier keeps. */
  foundAnew(body: Buffer, timings: Timings): Found {
    const entry = this.#entry(body, this.now() + this.ttl);
    return { entry, from: undefined, stored: false, collapsed: false, timings, anew: true };
  }

  /** Removes keys from memory, and keeps no results of running look-ups. @returns the keys that memory had */
  forget(purge: Purge): readonly string[] {
    if ('key' in purge) {
      this.#flights.drop(purge.key);
      return this.memory.delete(purge.key) ? [purge.key] : [];
    }
    const matches = globMatcher(purge.match);
    this.#flights.dropMatching(matches);
    return this.memory.deleteMatching(matches);
  }

  async #purge(purge: Purge): Promise<number> {
    this.#counts.purges += 1;
    const before = await this.#forgetEverywhere(purge);
    if (!this.shared) return before;
    const removed = await this.shared.purge(purge);
    // A look-up may have read it in the meantime and put it into memory.
    await this.#forgetEverywhere(purge);
    return Math.max(before, removed);
  }

  async #forgetEverywhere(purge: Purge): Promise<number> {
    const here = this.forget(purge);
    return new Set([...here, ...(await this.forgetElsewhere(purge))]).size;
  }

  async #fetch(key: string, origin: Origin, flight: Flight, timings: Timings): Promise<Found> {
    const asked = this.now();
    const lookup =
      this.shared && (await this.shared.get(key, (bytes) => origin.accepts(bytes), origin.maxBytes));
    if (lookup) timings.shared = { began: asked, ms: this.now() - asked };
    if (lookup?.result === 'hit') {
      const { body, ttl } = lookup.stored;
      // Counted from before the request: a late answer makes its life shorter, never longer.
      const entry = this.#entry(body, asked + Math.min(ttl, this.ttl));
      const stored = this.#keep(key, entry, flight);
      const shared = { result: lookup.result, stored: false };
      return { entry, from: 'shared', shared, stored, collapsed: false, timings };
    }
    this.#counts.made += 1;
    const body = await origin.make(timings, () => flight.isWanted);
    const entry = this.#entry(body, this.now() + this.ttl);
    const stored = this.#keep(key, entry, flight);
    const found = { entry, from: undefined, stored, collapsed: false, timings };
    if (!this.shared || !lookup) return found;
    const sent = flight.current && this.shared.set(key, body, this.ttl);
    return { ...found, shared: { result: lookup.result, stored: sent } };
  }

  /** Keeps it in memory, unless it was purged since, or purges are not heard. @returns whether it is there now */
  #keep(key: string, entry: Entry, flight: Flight): boolean {
    const mayKeep = flight.current && (this.shared?.hearsPurges ?? true);
    return mayKeep && this.memory.set(key, entry);
  }

  #entry(bytes: Buffer, expiresAt: number): Entry {
    const body = owned(bytes);
    return { body, etag: etagOf(body), expiresAt };
  }
}
