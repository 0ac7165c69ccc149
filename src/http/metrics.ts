import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { BreakerState } from '../cache/circuit-breaker.ts';
import type { TieredCache } from '../cache/tiered-cache.ts';
import type { PlaceholderService } from '../placeholder.ts';
import type { RequestCounts } from './request-counts.ts';

/** What is counted elsewhere, in plain numbers. */
export interface Sources {
  readonly service: PlaceholderService;
  readonly requests: RequestCounts;
}

type Labels = Readonly<Record<string, string | number>>;
type Sample = readonly [labels: Labels, value: number];

interface Family {
  readonly kind: typeof Counter | typeof Gauge;
  readonly help: string;
  readonly labels: readonly string[];
  /** The samples of the moment: read when Prometheus asks, and at no other time. */
  readonly read: (sources: Sources) => readonly Sample[];
}

const BREAKER: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** Upper bounds in seconds: a flat PNG takes half a millisecond, a large AVIF half a second. */
const BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

function lookups({ stats, shared }: TieredCache): Sample[] {
  const tiers = [['memory', stats.memory], [shared?.name, stats.shared] as const] as const;
  return tiers.flatMap(([tier, found]) =>
    tier === undefined || !found
      ? []
      : [
          [{ tier, result: 'hit' }, found.hits] as const,
          [{ tier, result: 'miss' }, found.misses] as const,
          [{ tier, result: 'error' }, found.errors] as const,
        ],
  );
}

const FAMILIES: Readonly<Record<string, Family>> = {
  greybox_requests_total: {
    kind: Counter,
    help: 'Requests that were answered',
    labels: ['route', 'status'],
    read: ({ requests }) => requests.rows().map(({ route, status, count }) => [{ route, status }, count]),
  },
  greybox_cache_lookups_total: {
    kind: Counter,
    help: 'Look-ups in each tier of the cache',
    labels: ['tier', 'result'],
    read: ({ service }) => lookups(service.cache),
  },
  greybox_cache_entries: {
    kind: Gauge,
    help: 'Pictures that a tier holds',
    labels: ['tier'],
    read: ({ service }) => [[{ tier: 'memory' }, service.cache.stats.memory.entries]],
  },
  greybox_cache_bytes: {
    kind: Gauge,
    help: 'Bytes that a tier holds, with keys and overhead',
    labels: ['tier'],
    read: ({ service }) => [[{ tier: 'memory' }, service.cache.stats.memory.bytes]],
  },
  greybox_cache_evictions_total: {
    kind: Counter,
    help: 'Pictures that memory dropped to make room',
    labels: [],
    read: ({ service }) => [[{}, service.cache.stats.memory.evictions]],
  },
  greybox_renders_total: {
    kind: Counter,
    help: 'Pictures that were drawn',
    labels: ['format'],
    read: ({ service }) => [...service.renders].map(([format, count]) => [{ format }, count]),
  },
  greybox_renders_collapsed_total: {
    kind: Counter,
    help: 'Requests that waited for the look-up or drawing of another',
    labels: [],
    read: ({ service }) => [[{}, service.cache.stats.collapsed]],
  },
  greybox_render_queue_depth: {
    kind: Gauge,
    help: 'Pictures that wait to be drawn',
    labels: [],
    read: ({ service }) => [[{}, service.queue.depth]],
  },
  greybox_breaker_state: {
    kind: Gauge,
    help: 'Circuit breaker of the second tier: 0 closed or no second tier, 1 half-open, 2 open',
    labels: [],
    read: ({ service }) => [[{}, BREAKER[service.cache.shared?.state ?? 'closed']]],
  },
};

/** The metrics of one process: all but durations are read from `sources` when they are asked for. */
export function createMetrics(sources: Sources): Registry {
  const registry = new Registry();
  for (const [name, { kind: Kind, help, labels, read }] of Object.entries(FAMILIES)) {
    new Kind({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect() {
        this.reset();
        for (const [sample, value] of read(sources)) this.inc({ ...sample }, value);
      },
    });
  }
  const durations = new Histogram({
    name: 'greybox_render_duration_seconds',
    help: 'Time to draw a picture, without the time that it waited',
    labelNames: ['format'],
    buckets: BUCKETS,
    registers: [registry],
  });
  sources.service.onRender = (format, ms) => durations.observe({ format }, ms / 1000);
  return registry;
}
