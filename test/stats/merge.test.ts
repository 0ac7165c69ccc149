import t from 'tap';
import { Durations } from '../../src/stats/durations.ts';
import { merge } from '../../src/stats/merge.ts';
import { metrics } from '../../src/stats/metrics.ts';
import type { Report } from '../../src/stats/report.ts';
import { status } from '../../src/stats/status.ts';

/** @param seconds by format */
function durations(seconds: Readonly<Record<string, readonly number[]>>): Report['counts']['durations'] {
  const all = new Durations();
  for (const [format, values] of Object.entries(seconds))
    for (const value of values) all.observe(format, value);
  return all.distributions;
}

const lookups = { hits: 3, misses: 1, errors: 0 };

/** A report as another process sends it. */
function report(changes: Partial<Report>): Report {
  const whole: Report = {
    counts: {
      requests: { '/image': { 200: 5, 400: 1 } },
      memory: { ...lookups, evictions: 2 },
      shared: { ...lookups, errors: 1, invalid: 0, bypassed: 4, sets: 2, writeErrors: 0 },
      renders: { png: 2 },
      collapsed: 1,
      purges: 1,
      durations: durations({ png: [0.5, 3, 9] }),
      processor: { user: 2, system: 0.5 },
    },
    holdings: {
      workers: 1,
      perSecond: 1.5,
      recent: { memory: { hits: 3, misses: 1 }, shared: { hits: 0, misses: 1 } },
      queue: 2,
      top: { '600.400.png': 3, '20.20.svg': 1 },
      memory: { entries: 4, bytes: 400, budget: 1000 },
      process: { resident: 100, heapUsed: 10, heapTotal: 20, connections: 3 },
    },
    shared: { name: 'redis', breaker: 'closed' },
    uptime: 7.9,
    startTime: 1_000_000,
    loopDelay: { mean: 0.001, p50: 0.001, p99: 0.01, max: 0.2 },
    ...changes,
  };
  return JSON.parse(JSON.stringify(whole));
}

t.test('two processes together', async (t) => {
  const one = report({});
  const { counts } = one;
  const other = report({
    counts: {
      ...counts,
      requests: { '/image': { 200: 1, 304: 1 }, none: { 404: 1 } },
      memory: { ...counts.memory, hits: 0, misses: 4 },
      renders: { svg: 3 },
      durations: durations({ png: [0.5], svg: [1.5] }),
    },
    shared: { name: 'redis', breaker: 'half-open' },
    uptime: 3,
    startTime: 1_000_005,
    loopDelay: { mean: 0.002, p50: 0.0005, p99: 0.02, max: 0.1 },
  });
  for (const all of [
    [one, other],
    [other, one],
  ]) {
    const merged = merge(all);
    const together = {
      ...merged,
      shared: merged.shared && { ...merged.shared, size: { entries: 8, bytes: 900 } },
    };
    t.strictSame(merge([merged]), merged, 'together they are as one');
    t.strictSame(merged.holdings.top, { '600.400.png': 6, '20.20.svg': 2 }, 'hits of a picture add up');
    t.match(status(together), {
      uptime: 7,
      workers: 2,
      requests: { total: 9, perSecond: 3 },
      tiers: {
        memory: {
          ...{ entries: 8, bytes: 800, budget: 2000, hits: 3, misses: 5, evictions: 4 },
          ...{ ratio: 0.375, ratioNow: 0.75 },
        },
        redis: { entries: 8, bytes: 900, hits: 6, misses: 2, errors: 2, ratio: 0.75, bypassed: 8, writes: 4 },
      },
      renders: { total: 5, byFormat: { png: 2, svg: 3 } },
      collapsed: 2,
      purges: 2,
      queue: { depth: 4 },
      breaker: 'half-open',
    });
    const { text } = await metrics(together);
    for (const line of [
      'greybox_requests_total{route="/image",status="200"} 6',
      'greybox_requests_total{route="/image",status="304"} 1',
      'greybox_requests_total{route="none",status="404"} 1',
      'greybox_cache_lookups_total{tier="memory",result="miss"} 5',
      'greybox_cache_lookups_total{tier="redis",result="error"} 2',
      'greybox_cache_entries{tier="memory"} 8',
      'greybox_cache_entries{tier="redis"} 8',
      'greybox_renders_total{format="svg"} 3',
      'greybox_breaker_state 1',
      'greybox_connections 6',
      'greybox_workers 2',
      'process_start_time_seconds 1000000',
      'process_resident_memory_bytes 200',
      'process_cpu_seconds_total 5',
      'nodejs_heap_size_used_bytes 20',
      'nodejs_heap_size_total_bytes 40',
      'nodejs_eventloop_lag_seconds 0.002',
      'nodejs_eventloop_lag_p50_seconds 0.001',
      'nodejs_eventloop_lag_p99_seconds 0.02',
      'nodejs_eventloop_lag_max_seconds 0.2',
      'greybox_render_duration_seconds_bucket{le="0.2",format="png"} 0',
      'greybox_render_duration_seconds_bucket{le="0.5",format="png"} 2',
      'greybox_render_duration_seconds_bucket{le="5",format="png"} 3',
      'greybox_render_duration_seconds_bucket{le="+Inf",format="png"} 4',
      'greybox_render_duration_seconds_sum{format="png"} 13',
      'greybox_render_duration_seconds_count{format="svg"} 1',
    ])
      t.ok(text.split('\n').includes(line), line);
  }
});

t.test('without a shared tier', async (t) => {
  const { counts } = report({});
  const { shared: _, ...rest } = counts;
  const alone = report({ counts: rest, shared: undefined });
  const { tiers, breaker } = status(merge([alone, alone]));
  t.same([Object.keys(tiers), breaker], [['memory'], null]);
});
