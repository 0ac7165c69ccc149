import { spawnSync } from 'node:child_process';
import type { FastifyInstance } from 'fastify';
import t from 'tap';
import { writeMetrics } from '../../../src/stats/metrics.ts';
import { Recent } from '../../../src/stats/recent.ts';
import type { Report } from '../../../src/stats/report.ts';
import { RequestCounts } from '../../../src/stats/request-counts.ts';
import { testApp } from '../../helper/app.ts';
import { startRedis } from '../../helper/redis.ts';
import { eventually } from '../../helper/wait.ts';

/** The names and labels that dashboards rely on. */
const NAMES = [
  'greybox_requests_total counter',
  'greybox_cache_lookups_total counter',
  'greybox_cache_entries gauge',
  'greybox_cache_bytes gauge',
  'greybox_cache_evictions_total counter',
  'greybox_renders_total counter',
  'greybox_render_duration_seconds histogram',
  'greybox_renders_collapsed_total counter',
  'greybox_render_queue_depth gauge',
  'greybox_breaker_state gauge',
  'greybox_build_info gauge',
  'greybox_connections gauge',
  'greybox_workers gauge',
  'process_start_time_seconds gauge',
  'process_resident_memory_bytes gauge',
  'process_cpu_seconds_total counter',
  'nodejs_heap_size_used_bytes gauge',
  'nodejs_heap_size_total_bytes gauge',
  'nodejs_eventloop_lag_seconds gauge',
  'nodejs_eventloop_lag_p50_seconds gauge',
  'nodejs_eventloop_lag_p99_seconds gauge',
  'nodejs_eventloop_lag_max_seconds gauge',
];

/** Every sample under its name and labels, the labels sorted. */
async function scrape(app: FastifyInstance): Promise<Record<string, number>> {
  const { body } = await app.inject('/metrics');
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      return [`${name}{${labels.split(',').sort().join()}}`, Number(value)];
    }),
  );
}

t.test('in the form that Prometheus reads', async (t) => {
  const app = await testApp(t);
  const { headers, body, statusCode } = await app.inject('/metrics');
  t.equal(statusCode, 200);
  t.match(headers, { 'content-type': /^text\/plain; version=0\.0\.4/, 'cache-control': 'no-store' });
  const types = [...body.matchAll(/^# TYPE (.*)$/gm)].map(([, type]) => type);
  t.same(new Set(types), new Set(NAMES));
  t.equal((await app.inject({ method: 'POST', url: '/metrics' })).statusCode, 405);
});

/** What Prometheus' own checker says of a page. */
function check(page: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

t.test('as Prometheus reads it itself', async (t) => {
  const redis = await startRedis(t);
  const app = await testApp(t, { REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '5000' });
  for (const url of ['/image/60x40', '/image/60x40', '/image/61x40.svg', '/image/0', '/nothing'])
    await app.inject(url);
  t.strictSame(check((await app.inject('/metrics')).body), { status: 0, said: '' });
});

t.test('labels and help may have any character', async (t) => {
  const odd = 'a "quote", a \\ and a\nline';
  const page = writeMetrics(
    { greybox_odd_total: { kind: 'counter', help: odd, read: () => [[{ route: odd }, 1.5]] } },
    {} as Report,
  );
  t.equal(
    page,
    [
      '# HELP greybox_odd_total a "quote", a \\\\ and a\\nline',
      '# TYPE greybox_odd_total counter',
      'greybox_odd_total{route="a \\"quote\\", a \\\\ and a\\nline"} 1.5',
      '',
    ].join('\n'),
  );
  t.strictSame(check(page), { status: 0, said: '' });
});

t.test('it counts what happened', async (t) => {
  const app = await testApp(t, { MEMORY_CACHE_MB: '1' });
  const svg = '/image/60x40.svg';
  await Promise.all([app.inject(svg), app.inject(svg), app.inject(svg)]);
  await app.inject({ url: '/image/60x40.svg', headers: { 'if-none-match': '*' } });
  for (const url of ['/image/0', '/image/0', '/nothing', '/image']) await app.inject(url);
  await app.inject({ method: 'POST', url: '/image/60x40' });
  await app.inject({ method: 'HEAD', url: '/image/61x40.webp' });
  t.match(await scrape(app), {
    'greybox_requests_total{route="/image",status="200"}': 4,
    'greybox_requests_total{route="/image",status="304"}': 1,
    'greybox_requests_total{route="/image",status="400"}': 3,
    'greybox_requests_total{route="/image",status="405"}': 1,
    'greybox_requests_total{route="none",status="404"}': 1,
    'greybox_cache_lookups_total{result="hit",tier="memory"}': 1,
    'greybox_cache_lookups_total{result="miss",tier="memory"}': 4,
    'greybox_cache_lookups_total{result="error",tier="memory"}': 0,
    'greybox_cache_entries{tier="memory"}': 2,
    'greybox_cache_evictions_total{}': 0,
    'greybox_renders_total{format="svg"}': 1,
    'greybox_renders_total{format="webp"}': 1,
    'greybox_render_duration_seconds_count{format="svg"}': 1,
    'greybox_renders_collapsed_total{}': 2,
    'greybox_render_queue_depth{}': 0,
    'greybox_breaker_state{}': 0,
  });
  const again = await scrape(app);
  t.equal(again['greybox_requests_total{route="/metrics",status="200"}'], 1);
  t.equal(again['greybox_renders_total{format="svg"}'], 1, 'a second look adds nothing');
  t.ok((again['greybox_render_duration_seconds_sum{format="webp"}'] ?? 0) > 0);
  t.ok((again['greybox_cache_bytes{tier="memory"}'] ?? 0) > 1000);

  for (let i = 1; i <= 20; i++) await app.inject(`/image/${1000 + i}x1000.svg?text=${'W@'.repeat(140)}`);
  const full = await scrape(app);
  t.ok((full['greybox_cache_bytes{tier="memory"}'] ?? 0) <= 2 ** 20, 'within the budget');
  t.ok((full['greybox_cache_evictions_total{}'] ?? 0) > 0, 'for some had to go');
});

t.test('the recent rate looks back ten seconds', async (t) => {
  const requests = new RequestCounts();
  const recent = new Recent(() => ({ requests: requests.total }));
  t.teardown(() => recent.stop());
  const seen = requests.of('/image');
  t.equal(recent.perSecond('requests'), 0);
  for (let second = 1; second <= 20; second++) {
    seen[200] = second * 3;
    recent.sample();
    t.equal(recent.perSecond('requests'), 3);
  }
  for (let second = 1; second <= 10; second++) recent.sample();
  t.equal(recent.perSecond('requests'), 0, 'what is longer ago is forgotten');
});

t.test('status.json says the same to people', async (t) => {
  const redis = await startRedis(t);
  const app = await testApp(t, { REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '5000', MEMORY_CACHE_MB: '2' });
  for (const url of ['/image/60x40', '/image/60x40', '/image/60x40', '/image/61x40.gif'])
    await app.inject(url);
  await eventually('the writes', async () => (await redis.client.dbsize()) === 2);
  const { headers, json } = await app.inject('/status.json');
  t.equal(headers['cache-control'], 'no-store');
  t.match(json(), {
    version: /^\d+\.\d+\.\d+/,
    uptime: Number,
    workers: 1,
    requests: { total: 4, perSecond: 0 },
    tiers: {
      memory: {
        entries: 2,
        bytes: Number,
        budget: 2 ** 21,
        hits: 2,
        misses: 2,
        errors: 0,
        ratio: 0.5,
        evictions: 0,
      },
      redis: {
        entries: 2,
        bytes: Number,
        budget: null,
        hits: 0,
        misses: 2,
        errors: 0,
        ratio: 0,
        breaker: 'closed',
      },
    },
    renders: { total: 2, byFormat: { png: 1, gif: 1 } },
    collapsed: 0,
    queue: { depth: 0 },
    breaker: 'closed',
  });
  const found = await scrape(app);
  t.equal(found['greybox_cache_entries{tier="redis"}'], 2);
  t.ok((found['greybox_cache_bytes{tier="redis"}'] ?? 0) > 100_000, 'with what the server needs itself');
  await redis.stop();
  const open = async () => (await scrape(app))['greybox_breaker_state{}'] !== 0;
  await eventually('the breaker to open', async () => (await app.inject('/image/62x40')) && open());
  t.match((await app.inject('/status.json')).json().breaker, /^(half-)?open$/);
  const last = await scrape(app);
  t.equal(last['greybox_cache_lookups_total{result="miss",tier="redis"}'], 2);
  t.equal(last['greybox_cache_entries{tier="redis"}'], undefined, 'nobody knows');
  t.match((await app.inject('/status.json')).json().tiers.redis, { entries: null, bytes: null });
});
