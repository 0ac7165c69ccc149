import { LRUCache } from 'lru-cache';
import type { MemoryStats } from './stats.ts';
import type { Entry } from './store.ts';

/**
 * What an entry takes beside its bytes and its key, in bytes: objects, slots of maps, a buffer and what the allocator adds.
 * Resident memory of 100,000 entries, by Node's version, is 600 to 1,060 each.
 */
const OVERHEAD = 1024;

/** How many of the keys that were asked for last are looked through for those asked for most. */
const LOOKED_THROUGH = 1000;

/** An entry, and how often it was asked for. */
interface Held {
  readonly entry: Entry;
  hits: number;
}

/** The first tier: entries in this process, the least recently used dropped first, bounded in bytes. */
export class MemoryStore {
  readonly #entries: LRUCache<string, Held>;
  readonly #now: () => number;
  readonly #counts = { hits: 0, misses: 0, sets: 0, evictions: 0 };

  /** @param maxBytes budget for bodies, keys and overhead; 0 keeps nothing */
  constructor(maxBytes: number, now: () => number) {
    this.#now = now;
    this.#entries = new LRUCache({
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: ({ entry: { body } }, key) => body.length + key.length + OVERHEAD,
      dispose: (_held, _key, reason) => {
        if (reason === 'evict') this.#counts.evictions += 1;
      },
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  get stats(): MemoryStats {
    return { ...this.#counts, errors: 0, entries: this.size, bytes: this.bytes };
  }

  get(key: string): Entry | undefined {
    const entry = this.hit(key);
    if (entry) return entry;
    this.#counts.misses += 1;
    this.#entries.delete(key);
    return undefined;
  }

  /** Of the 1,000 keys that were asked for last, those with the most hits, and how many each has; nothing is counted. */
  top(most: number): Readonly<Record<string, number>> {
    const recent: [key: string, hits: number][] = [];
    for (const [key, { hits }] of this.#entries.entries()) {
      if (recent.length >= LOOKED_THROUGH) break;
      recent.push([key, hits]);
    }
    return Object.fromEntries(recent.sort(([, a], [, b]) => b - a).slice(0, most));
  }

  /** Whether `get` would find it. Nothing is counted. */
  has(key: string): boolean {
    const held = this.#entries.peek(key);
    return held !== undefined && held.entry.expiresAt > this.#now();
  }

  /** As `get`, for a caller that will ask again: a missing entry is not counted as a miss. */
  hit(key: string): Entry | undefined {
    const held = this.#entries.get(key);
    if (!held || held.entry.expiresAt <= this.#now()) return undefined;
    held.hits += 1;
    this.#counts.hits += 1;
    return held.entry;
  }

  /** Whether the entry was kept: one that is larger than the whole budget is not. */
  set(key: string, entry: Entry): boolean {
    const held = { entry, hits: 0 };
    this.#entries.set(key, held);
    const kept = this.#entries.peek(key) === held;
    if (kept) this.#counts.sets += 1;
    return kept;
  }

  /** @returns whether it was there */
  delete(key: string): boolean {
    return this.#entries.delete(key);
  }

  /** Removes the keys that pass, and returns them. */
  deleteMatching(matches: (key: string) => boolean): string[] {
    const keys = [...this.#entries.keys()].filter(matches);
    for (const key of keys) this.#entries.delete(key);
    return keys;
  }
}
