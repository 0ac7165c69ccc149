import { VERSION } from '../package-root.ts';
import type { Lookups, Report } from './report.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** The share of hits among the answered look-ups; null if there were none. */
function ratio({ hits, misses }: Lookups): number | null {
  return hits + misses === 0 ? null : Math.round((hits / (hits + misses)) * 10_000) / 10_000;
}

/** Holdings and counts of each tier. The shared tier's holdings are all that it reports, or null if it reports none. */
function tiers({ counts, holdings, shared }: Report): Record<string, object> {
  const { evictions, ...lookups } = counts.memory;
  const memory = {
    ...holdings.memory,
    ...lookups,
    ratio: ratio(lookups),
    ratioNow: ratio(holdings.recent.memory),
    evictions,
  };
  if (!shared || !counts.shared) return { memory };
  const { invalid, bypassed, sets: writes, writeErrors, ...found } = counts.shared;
  const second = {
    entries: shared.size?.entries ?? null,
    bytes: shared.size?.bytes ?? null,
    budget: null,
    ...found,
    ratio: ratio(found),
    ratioNow: ratio(holdings.recent.shared),
    evictions: null,
    invalid,
    bypassed,
    writes,
    writeErrors,
    breaker: shared.breaker,
  };
  return { memory, [shared.name]: second };
}

/** `/status.json`: a summary of the cache for people. */
export function status(report: Report) {
  const { counts, holdings, shared, uptime } = report;
  const times = Object.entries(counts.durations).map(([format, { sum: seconds, count }]) => [
    format,
    Math.round((seconds / count) * 10_000) / 10,
  ]);
  const byStatus = Object.values(counts.requests).flatMap((route) => Object.values(route));
  return {
    version: VERSION,
    uptime: Math.floor(uptime),
    workers: holdings.workers,
    requests: { total: sum(byStatus), perSecond: holdings.perSecond },
    tiers: tiers(report),
    renders: {
      total: sum(Object.values(counts.renders)),
      byFormat: counts.renders,
      meanMs: Object.fromEntries(times),
    },
    collapsed: counts.collapsed,
    purges: counts.purges,
    queue: { depth: holdings.queue },
    breaker: shared?.breaker ?? null,
    breakerSeconds: shared?.breakerSeconds === undefined ? null : Math.floor(shared.breakerSeconds),
  };
}
