import { hash } from 'node:crypto';
import type { MemoryStore } from './memory-store.ts';
import type { SharedLookup, SharedTier } from './shared-tier.ts';
import { SingleFlight } from './single-flight.ts';
import type { Entry } from './store.ts';

/** How long each part of a miss took, in ms. */
export interface Timings {
  redis?: number;
  queue?: number;
  render?: number;
}

/** An entry and how it was come by. */
export interface Found {
  readonly entry: Entry;
  /** The tier that had it; undefined where it had to be made. */
  readonly from: 'memory' | 'shared' | undefined;
  /** What the shared tier answered, where it was asked, and whether the entry was sent to it. */
  readonly shared?: { readonly result: SharedLookup['result'] | 'invalid'; readonly stored: boolean };
  /** Whether memory took the entry in. */
  readonly stored: boolean;
  /** Whether this caller waited for another's look-up. */
  readonly collapsed: boolean;
  readonly timings: Readonly<Timings>;
}

/** Where a missing value comes from. */
export interface Origin {
  /** Whether bytes of the shared tier are what the key promises. */
  accepts(body: Buffer): boolean;
  /** Makes the bytes that are missing. */
  make(timings: Timings): Promise<Buffer>;
}

/** A strong validator: 132 bits of the bytes' SHA-256. */
export function etagOf(body: Buffer): string {
  return `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
}

/** Bytes that own their memory: a slice would keep the whole pool or read buffer that it was cut from alive. */
function owned(body: Buffer): Buffer {
  if (body.buffer.byteLength === body.length) return body;
  const copy = Buffer.allocUnsafeSlow(body.length);
  body.copy(copy);
  return copy;
}

/**
 * Memory, then the shared tier, then the origin. An entry lives `ttl` ms from when it was made, in every tier: a copy
 * that is read from the shared tier keeps the time that it had left.
 */
export class TieredCache {
  readonly memory: MemoryStore;
  readonly shared: SharedTier | undefined;
  /** ms */
  readonly ttl: number;
  readonly now: () => number;
  readonly #flights = new SingleFlight<Found>();

  constructor(memory: MemoryStore, shared: SharedTier | undefined, ttl: number, now: () => number) {
    this.memory = memory;
    this.shared = shared;
    this.ttl = ttl;
    this.now = now;
  }

  /** @throws whatever the origin throws, to every caller that waited for it */
  async get(key: string, origin: Origin): Promise<Found> {
    const entry = this.memory.get(key);
    if (entry) return { entry, from: 'memory', stored: false, collapsed: false, timings: {} };
    const { promise, collapsed } = this.#flights.run(key, () => this.#fetch(key, origin));
    const found = await promise;
    return collapsed ? { ...found, collapsed } : found;
  }

  async #fetch(key: string, origin: Origin): Promise<Found> {
    const timings: Timings = {};
    const asked = this.now();
    const lookup = await this.shared?.get(key);
    if (lookup) timings.redis = this.now() - asked;
    const promoted = lookup?.result === 'hit' && origin.accepts(lookup.stored.body);
    if (promoted) {
      const { body, ttl } = lookup.stored;
      const entry = this.#entry(body, asked + Math.min(ttl, this.ttl));
      const stored = this.memory.set(key, entry);
      return {
        entry,
        from: 'shared',
        shared: { result: 'hit', stored: false },
        stored,
        collapsed: false,
        timings,
      };
    }
    const body = await origin.make(timings);
    const entry = this.#entry(body, this.now() + this.ttl);
    const stored = this.memory.set(key, entry);
    const found = { entry, from: undefined, stored, collapsed: false, timings };
    if (!this.shared || !lookup) return found;
    const sent = this.shared.set(key, body, this.ttl);
    const result = lookup.result === 'hit' ? 'invalid' : lookup.result;
    return { ...found, shared: { result, stored: sent } };
  }

  #entry(bytes: Buffer, expiresAt: number): Entry {
    const body = owned(bytes);
    return { body, etag: etagOf(body), expiresAt };
  }
}
