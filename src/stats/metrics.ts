import { BOUNDS } from './durations.ts';
import type { Family, Labels, Sample } from './family.ts';
import { SEVERITY } from './merge.ts';
import { PROCESS_FAMILIES } from './process-metrics.ts';
import type { Report } from './report.ts';

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

/** A shared tier that does not report its size has no sample. */
function held({ holdings, shared }: Report, what: 'entries' | 'bytes'): Sample[] {
  const size = shared?.size?.[what];
  const second: Sample[] = shared && size !== undefined ? [[{ tier: shared.name }, size]] : [];
  return [[{ tier: 'memory' }, holdings.memory[what]], ...second];
}

/** Buckets are cumulative: each counts all durations up to its bound. */
function durations({ counts }: Report): Sample[] {
  return Object.entries(counts.durations).flatMap(([format, { count, sum, within }]): Sample[] => {
    let below = 0;
    const buckets = BOUNDS.map((le): Sample => {
      below += within[le] ?? 0;
      return [{ le: String(le), format }, below, '_bucket'];
    });
    return [
      ...buckets,
      [{ le: '+Inf', format }, count, '_bucket'],
      [{ format }, sum, '_sum'],
      [{ format }, count, '_count'],
    ];
  });
}

const FAMILIES: Readonly<Record<string, Family>> = {
  greybox_requests_total: {
    kind: 'counter',
    help: 'Requests that were answered',
    read: ({ counts }) =>
      Object.entries(counts.requests).flatMap(([route, statuses]) =>
        Object.entries(statuses).map(([status, count]) => [{ route, status }, count] as const),
      ),
  },
  greybox_cache_lookups_total: {
    kind: 'counter',
    help: 'Look-ups in each tier of the cache',
    read: lookups,
  },
  greybox_cache_entries: {
    kind: 'gauge',
    help: 'Pictures that memory holds, and entries of any kind in the shared tier',
    read: (report) => held(report, 'entries'),
  },
  greybox_cache_bytes: {
    kind: 'gauge',
    help: 'Bytes that a tier holds, with keys and overhead; of the shared tier all that it says',
    read: (report) => held(report, 'bytes'),
  },
  greybox_cache_evictions_total: {
    kind: 'counter',
    help: 'Pictures that memory dropped to make room',
    read: ({ counts }) => [[{}, counts.memory.evictions]],
  },
  greybox_renders_total: {
    kind: 'counter',
    help: 'Pictures that were drawn',
    read: ({ counts }) => Object.entries(counts.renders).map(([format, count]) => [{ format }, count]),
  },
  greybox_renders_collapsed_total: {
    kind: 'counter',
    help: 'Requests that waited for the look-up or drawing of another',
    read: ({ counts }) => [[{}, counts.collapsed]],
  },
  greybox_render_queue_depth: {
    kind: 'gauge',
    help: 'Pictures that wait to be drawn',
    read: ({ holdings }) => [[{}, holdings.queue]],
  },
  greybox_breaker_state: {
    kind: 'gauge',
    help: 'Circuit breaker of the shared tier: 0 closed or no shared tier, 1 half-open, 2 open',
    read: ({ shared }) => [[{}, SEVERITY[shared?.breaker ?? 'closed']]],
  },
  greybox_render_duration_seconds: {
    kind: 'histogram',
    help: 'Time to draw a picture, without the time that it waited',
    read: durations,
  },
};

/** The type of Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(
    ([label, text]) => `${label}="${escaped(text).replaceAll('"', '\\"')}"`,
  );
  return `${name}${pairs.length > 0 ? `{${pairs.join()}}` : ''} ${value}`;
}

/** Families and their samples as text. Numbers are finite. */
export function writeMetrics(families: Readonly<Record<string, Family>>, report: Report): string {
  const blocks = Object.entries(families).map(([name, { kind, help, read }]) => {
    const samples = read(report).map(([labels, value, suffix = '']) => line(name + suffix, labels, value));
    return [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${kind}`, ...samples].join('\n');
  });
  return `${blocks.join('\n')}\n`;
}

/** `/metrics`, in Prometheus' text format. */
export function metrics(report: Report): { text: string; type: string } {
  return { text: writeMetrics({ ...FAMILIES, ...PROCESS_FAMILIES }, report), type: METRICS_TYPE };
}
