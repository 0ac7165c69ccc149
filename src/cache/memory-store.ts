import { LRUCache } from 'lru-cache';
import type { Entry } from './store.ts';

/** What an entry takes beside its bytes and its key, in bytes: objects, map slots and headers, measured roughly. */
const OVERHEAD = 512;

/** The first tier: entries in this process, the least recently used dropped first, bounded in bytes. */
export class MemoryStore {
  readonly #entries: LRUCache<string, Entry>;
  readonly #now: () => number;

  /** @param maxBytes budget for bodies, keys and overhead; 0 keeps nothing */
  constructor(maxBytes: number, now: () => number) {
    this.#now = now;
    this.#entries = new LRUCache({
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: ({ body }, key) => body.length + key.length + OVERHEAD,
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.expiresAt > this.#now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  /** Whether the entry was kept: one that is larger than the whole budget is not. */
  set(key: string, entry: Entry): boolean {
    this.#entries.set(key, entry);
    return this.#entries.peek(key) === entry;
  }
}
