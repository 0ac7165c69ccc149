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

/** Since the process began; they outlive it. */
type Counts = {
  /** By route and status. */
  readonly requests: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly memory: Readonly<Record<'hits' | 'misses' | 'errors' | 'evictions', number>>;
  readonly shared?: Readonly<Record<Exclude<keyof SharedStats, 'breaker'>, number>>;
  /** By format. */
  readonly renders: Readonly<Record<string, number>>;
  readonly collapsed: number;
  readonly purges: number;
  /** How long drawing took, by format. */
  readonly durations: Readonly<Record<string, Distribution>>;
  readonly processor: ProcessorTime;
};

/** Look-ups in a tier that it answered. */
export type Lookups = Readonly<Record<'hits' | 'misses', number>>;

/** Of the moment; they end with the process. */
type Holdings = {
  /** Processes that serve. */
  readonly workers: number;
  /** Requests of late. */
  readonly perSecond: number;
  /** Look-ups of late. */
  readonly recent: Readonly<Record<'memory' | 'shared', Lookups>>;
  /** Pictures that wait to be drawn. */
  readonly queue: number;
  /** In pictures and bytes. */
  readonly memory: Readonly<Record<'entries' | 'bytes' | 'budget', number>>;
  /** The hits of the pictures that memory was asked for most, by their cache keys. */
  readonly top: Readonly<Record<string, number>>;
  readonly process: ProcessHoldings;
};

type Shared = {
  readonly name: string;
  readonly breaker: BreakerState;
  /** How long it has let calls pass, or has not, in s. */
  readonly breakerSeconds?: number;
  /** All that it holds, whoever wrote it; undefined where it does not say, or was not asked. */
  readonly size?: StoreSize | undefined;
};

/** What a process counts and holds, or several together: plain values that another process can be sent. */
export interface Report {
  readonly counts: Counts;
  readonly holdings: Holdings;
  /** The shared tier; undefined where there is none. */
  readonly shared: Shared | undefined;
  /** s */
  readonly uptime: number;
  /** When it began, in s since 1970. */
  readonly startTime: number;
  readonly loopDelay: LoopDelay;
}

/** What is looked at each second. */
export type RecentName = 'requests' | `${'memory' | 'shared'}.${keyof Lookups}`;

/** How many pictures each process names; the ones with the most hits of all are among them, unless they are very evenly spread. */
const TOP = 24;

/** What is reported on, and the budget of the first tier in bytes. */
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

/** Begins to look each second at what is reported as recent. */
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

/** Makes the function that reports on this process: all but durations are read when it is called. */
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
