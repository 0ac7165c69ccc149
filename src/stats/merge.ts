import type { BreakerState } from '../cache/circuit-breaker.ts';
import type { Numbers, Report } from './report.ts';

/** States of a breaker as a number, the worst last. */
export const SEVERITY: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** Adds numbers up by their names. */
export function addUp<T extends Numbers>(all: readonly T[]): T {
  const sums: Record<string, number | Numbers> = {};
  for (const [name, value] of all.flatMap((one) => Object.entries(one))) {
    const sum = sums[name];
    if (typeof value === 'number') sums[name] = value + (typeof sum === 'number' ? sum : 0);
    else sums[name] = addUp(typeof sum === 'object' ? [sum, value] : [value]);
  }
  return sums as T;
}

/** What several processes report as if they were one: the breaker is the worst of theirs, all else adds up. */
export function merge(reports: readonly Report[]): Report {
  const shared = reports.flatMap((report) => report.shared ?? []);
  return {
    counts: addUp(reports.map(({ counts }) => counts)),
    holdings: addUp(reports.map(({ holdings }) => holdings)),
    shared: shared.toSorted((a, b) => SEVERITY[b.breaker] - SEVERITY[a.breaker])[0],
    uptime: Math.max(...reports.map(({ uptime }) => uptime)),
  };
}

const NOTHING: Report['holdings'] = {
  workers: 0,
  perSecond: 0,
  queue: 0,
  memory: { entries: 0, bytes: 0, budget: 0 },
};

/** What processes leave when they have ended: all that they counted, nothing that they held. */
export function mergeEnded(reports: readonly Report[]): Report {
  return { ...merge(reports), holdings: NOTHING, shared: undefined };
}
