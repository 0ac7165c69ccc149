import type { BreakerState } from './circuit-breaker.ts';

/** Counts since the process began. */
interface TierStats {
  readonly hits: number;
  readonly misses: number;
  /** Look-ups that failed; memory has none. */
  readonly errors: number;
  /** Entries written. */
  readonly sets: number;
}

export interface MemoryStats extends TierStats {
  /** Entries that were dropped to make room. */
  readonly evictions: number;
  /** Held now; `bytes` counts keys and overhead too. */
  readonly entries: number;
  readonly bytes: number;
}

export interface SharedStats extends TierStats {
  /** Misses where there was a value, but not one that fits its key. */
  readonly invalid: number;
  /** Look-ups that were skipped because the tier was down. They are in no other count. */
  readonly bypassed: number;
  /** Writes that failed or were refused. */
  readonly writeErrors: number;
  readonly breaker: BreakerState;
}

/** What a cache has done, and what it holds now: a frozen copy. */
export interface CacheStats {
  readonly memory: MemoryStats;
  /** Undefined where there is no shared tier. */
  readonly shared: SharedStats | undefined;
  /** Callers that waited for another's look-up or making. */
  readonly collapsed: number;
  /** Values asked of the origin. */
  readonly made: number;
  /** Purges that this process was asked for. */
  readonly purges: number;
}
