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
  /** Misses because the value did not fit its key. */
  readonly invalid: number;
  /** Look-ups skipped because the tier was down. No other count includes them. */
  readonly bypassed: number;
  /** Writes that failed or were refused. */
  readonly writeErrors: number;
  readonly breaker: BreakerState;
}

/** Counts since the cache began, and its current contents: a frozen copy. */
export interface CacheStats {
  readonly memory: MemoryStats;
  /** Undefined without a shared tier. */
  readonly shared: SharedStats | undefined;
  /** Callers that waited for another caller's look-up or making. */
  readonly collapsed: number;
  /** Values requested from the origin. */
  readonly made: number;
  /** Purges requested from this process. */
  readonly purges: number;
}
