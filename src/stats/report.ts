import type { BreakerState } from '../cache/circuit-breaker.ts';
import type { SharedStats } from '../cache/stats.ts';
import type { StoreSize } from '../cache/store.ts';
import type { PlaceholderService } from '../placeholder.ts';
import { type Distribution, Durations } from './durations.ts';
import type { LoopDelay } from './loop-delay.ts';
import {
  type ProcessHoldings,
  type ProcessorTime,
  processHoldings,
  processorTime,
  START_TIME,
  watchLoop,
} from './process-report.ts';
import { Recent } from './recent.ts';
import type { RequestCounts } from './request-counts.ts';

/** Numbers by name, at any depth. */
export interface Numbers {
  readonly [name: string]: number | Numbers;
}

/** Counts since the process began; they outlive it. */
type Counts = {
  /** By route and status. */
  readonly requests: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly memory: Readonly<Record<'hits' | 'misses' | 'errors' | 'evictions', number>>;
  readonly shared?: Readonly<Record<Exclude<keyof SharedStats, 'breaker'>, number>>;
  /** By format. */
  readonly renders: Readonly<Record<string, number>>;
  readonly collapsed: number;
  readonly purges: number;
  /** Drawing times, by format. */
  readonly durations: Readonly<Record<string, Distribution>>;
  readonly processor: ProcessorTime;
};

/** Look-ups that a tier answered. */
export type Lookups = Readonly<Record<'hits' | 'misses', number>>;

/** Current values, which end with the process. */
type Holdings = {
  /** Processes that serve. */
  readonly workers: number;
  /** Recent requests per second. */
  readonly perSecond: number;
  /** Recent look-ups. */
  readonly recent: Readonly<Record<'memory' | 'shared', Lookups>>;
  /** Pictures waiting to be drawn. */
  readonly queue: number;
  /** Entries, and bytes. */
  readonly memory: Readonly<Record<'entries' | 'bytes' | 'budget', number>>;
  /** Hits of the most requested pictures in memory, by cache key. */
  readonly top: Readonly<Record<string, number>>;
  readonly process: ProcessHoldings;
};

type Shared = {
  readonly name: string;
  readonly breaker: BreakerState;
  /** Seconds since the breaker last opened or closed. */
  readonly breakerSeconds?: number;
  /** All that it holds, other programs' entries included; undefined if it does not report it, or was not asked. */
  readonly size?: StoreSize | undefined;
};

/** The counts and holdings of one or more processes: plain values that can be sent to another process. */
export interface Report {
  readonly counts: Counts;
  readonly holdings: Holdings;
  /** The shared tier; undefined if there is none. */
  readonly shared: Shared | undefined;
  /** s */
  readonly uptime: number;
  /** When it began, in s since 1970. */
  readonly startTime: number;
  readonly loopDelay: LoopDelay;
}

/** The counts that are sampled each second. */
export type RecentName = 'requests' | `${'memory' | 'shared'}.${keyof Lookups}`;

/** How many pictures each process reports: enough to include the overall top, unless hits are spread very evenly. */
const TOP = 24;

/** The parts to report on, and the first tier's budget in bytes. */
export interface Sources {
  readonly service: PlaceholderService;
  readonly requests: RequestCounts;
  readonly recent: Recent<RecentName>;
  readonly budget: number;
}

const withoutBreaker = ({ breaker, ...counts }: SharedStats): NonNullable<Counts['shared']> => counts;

function byRoute(requests: RequestCounts): Counts['requests'] {
  const routes: Record<string, Record<string, number>> = {};
  for (const { route, status, count } of requests.rows())
    routes[route] = { ...routes[route], [status]: count };
  return routes;
}

/** Begins to sample each second the counts reported as recent. */
export function watchRecent(service: PlaceholderService, requests: RequestCounts): Recent<RecentName> {
  return new Recent(() => {
    const { memory, shared } = service.cache.stats;
    return {
      requests: requests.total,
      'memory.hits': memory.hits,
      'memory.misses': memory.misses,
      'shared.hits': shared?.hits ?? 0,
      'shared.misses': shared?.misses ?? 0,
    };
  });
}

const recentLookups = (recent: Recent<RecentName>, tier: 'memory' | 'shared'): Lookups => ({
  hits: recent.growthOf(`${tier}.hits`),
  misses: recent.growthOf(`${tier}.misses`),
});

/** Makes the function that reports on this process. Everything except durations is read when it is called. */
export function createReporter({ service, requests, recent, budget }: Sources): () => Promise<Report> {
  const { cache, queue, renders } = service;
  const durations = new Durations();
  const loopDelay = watchLoop();
  service.onRender = (format, ms) => durations.observe(format, ms / 1000);
  return async () => {
    const connections = await requests.connections();
    const { memory, shared, collapsed, purges } = cache.stats;
    const { entries, bytes, sets, ...counts } = memory;
    return {
      counts: {
        requests: byRoute(requests),
        memory: counts,
        ...(shared && { shared: withoutBreaker(shared) }),
        renders: Object.fromEntries(renders),
        collapsed,
        purges,
        durations: durations.distributions,
        processor: processorTime(),
      },
      holdings: {
        workers: 1,
        perSecond: recent.perSecond('requests'),
        recent: { memory: recentLookups(recent, 'memory'), shared: recentLookups(recent, 'shared') },
        queue: queue.depth,
        memory: { entries, bytes, budget },
        top: cache.memory.top(TOP),
        process: processHoldings(connections),
      },
      shared: cache.shared && {
        name: cache.shared.name,
        breaker: cache.shared.state,
        breakerSeconds: cache.shared.stateSeconds,
      },
      uptime: process.uptime(),
      startTime: START_TIME,
      loopDelay: loopDelay(),
    };
  };
}
