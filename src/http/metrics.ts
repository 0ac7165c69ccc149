import type { MetricObject } from 'prom-client';
import { BOUNDS } from './durations.ts';
import { SEVERITY } from './merge.ts';
import type { Report } from './report.ts';

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

interface Family {
  readonly kind: 'Counter' | 'Gauge';
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: (report: Report) => readonly Sample[];
}

function lookups({ counts, shared }: Report): Sample[] {
  const tiers = [['memory', counts.memory], [shared?.name, counts.shared] as const] as const;
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

/** A shared tier that does not say what it holds has no sample. */
function held({ holdings, shared }: Report, what: 'entries' | 'bytes'): Sample[] {
  const size = shared?.size?.[what];
  const second: Sample[] = shared && size !== undefined ? [[{ tier: shared.name }, size]] : [];
  return [[{ tier: 'memory' }, holdings.memory[what]], ...second];
}

const FAMILIES: Readonly<Record<string, Family>> = {
  greybox_requests_total: {
    kind: 'Counter',
    help: 'Requests that were answered',
    labels: ['route', 'status'],
    read: ({ counts }) =>
      Object.entries(counts.requests).flatMap(([route, statuses]) =>
        Object.entries(statuses).map(([status, count]) => [{ route, status }, count] as const),
      ),
  },
  greybox_cache_lookups_total: {
    kind: 'Counter',
    help: 'Look-ups in each tier of the cache',
    labels: ['tier', 'result'],
    read: lookups,
  },
  greybox_cache_entries: {
    kind: 'Gauge',
    help: 'Pictures that memory holds, and entries of any kind in the second tier',
    labels: ['tier'],
    read: (report) => held(report, 'entries'),
  },
  greybox_cache_bytes: {
    kind: 'Gauge',
    help: 'Bytes that a tier holds, with keys and overhead; of the second tier all that it says',
    labels: ['tier'],
    read: (report) => held(report, 'bytes'),
  },
  greybox_cache_evictions_total: {
    kind: 'Counter',
    help: 'Pictures that memory dropped to make room',
    labels: [],
    read: ({ counts }) => [[{}, counts.memory.evictions]],
  },
  greybox_renders_total: {
    kind: 'Counter',
    help: 'Pictures that were drawn',
    labels: ['format'],
    read: ({ counts }) => Object.entries(counts.renders).map(([format, count]) => [{ format }, count]),
  },
  greybox_renders_collapsed_total: {
    kind: 'Counter',
    help: 'Requests that waited for the look-up or drawing of another',
    labels: [],
    read: ({ counts }) => [[{}, counts.collapsed]],
  },
  greybox_render_queue_depth: {
    kind: 'Gauge',
    help: 'Pictures that wait to be drawn',
    labels: [],
    read: ({ holdings }) => [[{}, holdings.queue]],
  },
  greybox_breaker_state: {
    kind: 'Gauge',
    help: 'Circuit breaker of the second tier: 0 closed or no second tier, 1 half-open, 2 open',
    labels: [],
    read: ({ shared }) => [[{}, SEVERITY[shared?.breaker ?? 'closed']]],
  },
};

const DURATION = 'greybox_render_duration_seconds';

/** A histogram as prom-client exchanges it between processes: its own counts its values itself. */
function histogram(durations: Report['counts']['durations']): MetricObject {
  const values = Object.entries(durations).flatMap(([format, { count, sum, within }]) => {
    let below = 0;
    const buckets = BOUNDS.map((le) => {
      below += within[le] ?? 0;
      return { labels: { le, format }, value: below, metricName: `${DURATION}_bucket` };
    });
    return [
      ...buckets,
      { labels: { le: '+Inf', format }, value: count, metricName: `${DURATION}_bucket` },
      { labels: { format }, value: sum, metricName: `${DURATION}_sum` },
      { labels: { format }, value: count, metricName: `${DURATION}_count` },
    ];
  });
  const help = 'Time to draw a picture, without the time that it waited';
  return { name: DURATION, help, type: 'histogram', aggregator: 'sum', values } as unknown as MetricObject;
}

/** `/metrics`, in Prometheus' text format. */
export async function metrics(report: Report): Promise<{ text: string; type: string }> {
  // Loaded for the first who asks: it takes a tenth of the time that greybox starts in.
  const library = await import('prom-client');
  const registry = library.AggregatorRegistry.aggregate([[histogram(report.counts.durations)]]);
  for (const [name, { kind, help, labels, read }] of Object.entries(FAMILIES)) {
    const family = new library[kind]({ name, help, labelNames: [...labels], registers: [registry] });
    for (const [sample, value] of read(report)) family.inc({ ...sample }, value);
  }
  return { text: await registry.metrics(), type: library.Registry.PROMETHEUS_CONTENT_TYPE };
}
