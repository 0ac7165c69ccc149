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
  /** Of the misses: there was a value, which was not what its key promises. */
  readonly invalid: number;
  /** Look-ups that were not made, for the tier was known to be down; no part of the other counts. */
  readonly bypassed: number;
  /** Writes that failed, or that the tier refused. */
  readonly writeErrors: number;
  readonly breaker: BreakerState;
}

/** What a cache has done and holds: plain numbers, a frozen copy of the moment. */
export interface CacheStats {
  readonly memory: MemoryStats;
  /** Undefined where there is no shared tier. */
  readonly shared: SharedStats | undefined;
  /** Callers that waited for another's look-up or making. */
  readonly collapsed: number;
  /** Values asked of the origin. */
  readonly made: number;
  /** Purges that this process was asked for or heard of. */
  readonly purges: number;
}
