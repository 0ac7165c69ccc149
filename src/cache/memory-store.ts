import { LRUCache } from 'lru-cache';
import type { MemoryStats } from './stats.ts';
import type { Entry } from './store.ts';

/**
 * What an entry takes beside its bytes and its key, in bytes: objects, slots of maps, a buffer and what the allocator adds.
 * Resident memory of 100,000 entries, by Node's version, is 600 to 1,060 each.
 */
const OVERHEAD = 1024;

/** The first tier: entries in this process, the least recently used dropped first, bounded in bytes. */
export class MemoryStore {
  readonly #entries: LRUCache<string, Entry>;
  readonly #now: () => number;
  readonly #counts = { hits: 0, misses: 0, sets: 0, evictions: 0 };

  /** @param maxBytes budget for bodies, keys and overhead; 0 keeps nothing */
  constructor(maxBytes: number, now: () => number) {
    this.#now = now;
    this.#entries = new LRUCache({
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: ({ body }, key) => body.length + key.length + OVERHEAD,
      dispose: (_entry, _key, reason) => {
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

  /** The keys that were asked for last, the latest first; nothing is counted. */
  latest(most: number): string[] {
    const keys: string[] = [];
    for (const key of this.#entries.keys()) {
      if (keys.length >= most) break;
      keys.push(key);
    }
    return keys;
  }

  /** Whether `get` would find it. Nothing is counted. */
  has(key: string): boolean {
    const entry = this.#entries.peek(key);
    return entry !== undefined && entry.expiresAt > this.#now();
  }

  /** As `get`, for a caller that will ask again: a missing entry is not counted as a miss. */
  hit(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.expiresAt <= this.#now()) return undefined;
    this.#counts.hits += 1;
    return entry;
  }

  /** Whether the entry was kept: one that is larger than the whole budget is not. */
  set(key: string, entry: Entry): boolean {
    this.#entries.set(key, entry);
    const kept = this.#entries.peek(key) === entry;
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
