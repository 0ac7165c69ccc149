import type { TieredCache } from '../cache/tiered-cache.ts';
import type { Sources } from './metrics.ts';
import type { RequestCounts } from './request-counts.ts';
import { VERSION } from './version.ts';

/** How far back "recent" goes, in s. */
const RECENT = 10;

/** Requests per second of late, from a sample of the total each second. */
export class RecentRate {
  readonly #requests: RequestCounts;
  readonly #totals: number[];
  readonly #timer: NodeJS.Timeout;

  constructor(requests: RequestCounts) {
    this.#requests = requests;
    this.#totals = [requests.total];
    this.#timer = setInterval(() => this.sample(), 1000).unref();
  }

  /** Takes the sample of a second. */
  sample(): void {
    this.#totals.push(this.#requests.total);
    if (this.#totals.length > RECENT + 1) this.#totals.shift();
  }

  /** Over the last 10 whole seconds, or as many as there were. */
  get perSecond(): number {
    const [first = 0] = this.#totals;
    const seconds = this.#totals.length - 1;
    return seconds === 0 ? 0 : ((this.#totals.at(-1) ?? 0) - first) / seconds;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** Hits as a share of all look-ups that were answered; null before the first. */
function ratio({ hits, misses }: { hits: number; misses: number }): number | null {
  return hits + misses === 0 ? null : Math.round((hits / (hits + misses)) * 10_000) / 10_000;
}

/** What each tier holds and has done; a store that other processes share does not say what it holds. */
function tiers({ stats, shared }: TieredCache, budget: number): Record<string, object> {
  const { memory } = stats;
  const { hits, misses, errors, evictions, entries, bytes } = memory;
  const first = { entries, bytes, budget, hits, misses, errors, ratio: ratio(memory), evictions };
  if (!shared || !stats.shared) return { memory: first };
  const { breaker, sets, writeErrors, invalid, bypassed, ...counts } = stats.shared;
  const second = {
    entries: null,
    bytes: null,
    budget: null,
    hits: counts.hits,
    misses: counts.misses,
    errors: counts.errors,
    ratio: ratio(counts),
    evictions: null,
    invalid,
    bypassed,
    writes: sets,
    writeErrors,
    breaker,
  };
  return { memory: first, [shared.name]: second };
}

/** `/status.json`: the cache as a person wants to see it. */
export function status({ service, requests }: Sources, rate: RecentRate, budget: number): object {
  const { cache, queue, renders } = service;
  const byFormat = Object.fromEntries(renders);
  return {
    version: VERSION,
    uptime: Math.floor(process.uptime()),
    requests: { total: requests.total, perSecond: rate.perSecond },
    tiers: tiers(cache, budget),
    renders: { total: [...renders.values()].reduce((sum, count) => sum + count, 0), byFormat },
    collapsed: cache.stats.collapsed,
    purges: cache.stats.purges,
    queue: { depth: queue.depth },
    breaker: cache.shared?.state ?? null,
  };
}
