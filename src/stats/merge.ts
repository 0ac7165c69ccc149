import type { BreakerState } from '../cache/circuit-breaker.ts';
import type { LoopDelay } from './loop-delay.ts';
import type { Numbers, Report } from './report.ts';

/** States of a breaker as a number, the worst last. */
export const SEVERITY: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** Adds up numbers by name. */
function addUp<T extends Numbers>(all: readonly T[]): T {
  const sums: Record<string, number | Numbers> = {};
  for (const [name, value] of all.flatMap((one) => Object.entries(one))) {
    const sum = sums[name];
    if (typeof value === 'number') sums[name] = value + (typeof sum === 'number' ? sum : 0);
    else sums[name] = addUp(typeof sum === 'object' ? [sum, value] : [value]);
  }
  return sums as T;
}

const NO_DELAY: LoopDelay = { mean: 0, p50: 0, p99: 0, max: 0 };

/** The worst of each figure: one hanging loop must not vanish among healthy ones. */
function worst(delays: readonly LoopDelay[]): LoopDelay {
  const most = (of: keyof LoopDelay): number => Math.max(...delays.map((delay) => delay[of]));
  return { mean: most('mean'), p50: most('p50'), p99: most('p99'), max: most('max') };
}

/**
 * Combines the reports of several processes: the worst breaker state and event loop delay, the earliest start, and the
 * sum of all else.
 */
export function merge(reports: readonly Report[]): Report {
  const shared = reports.flatMap((report) => report.shared ?? []);
  return {
    counts: addUp(reports.map(({ counts }) => counts)),
    holdings: addUp(reports.map(({ holdings }) => holdings)),
    shared: shared.toSorted((a, b) => SEVERITY[b.breaker] - SEVERITY[a.breaker])[0],
    uptime: Math.max(...reports.map(({ uptime }) => uptime)),
    startTime: Math.min(...reports.map(({ startTime }) => startTime)),
    loopDelay: worst(reports.map(({ loopDelay }) => loopDelay)),
  };
}

const NOTHING: Report['holdings'] = {
  workers: 0,
  perSecond: 0,
  recent: { memory: { hits: 0, misses: 0 }, shared: { hits: 0, misses: 0 } },
  queue: 0,
  memory: { entries: 0, bytes: 0, budget: 0 },
  top: {},
  process: { resident: 0, heapUsed: 0, heapTotal: 0, connections: 0 },
};

/** What remains of ended processes: their counts, without their holdings. */
export function mergeEnded(reports: readonly Report[]): Report {
  return { ...merge(reports), holdings: NOTHING, shared: undefined, loopDelay: NO_DELAY };
}
