import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import t from 'tap';
import { parse } from 'yaml';
import { testApp } from '../helper/app.ts';
import { startRedis } from '../helper/redis.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

function promtool(...args: string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, {
    cwd: new URL('../../deploy/prometheus', import.meta.url),
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<'summary' | 'description' | 'runbook', string>>;
}

interface Groups {
  readonly groups: readonly [{ readonly rules: readonly Rule[] }];
}

const alerts = parse(read('deploy/prometheus/alerts.yaml')) as Groups;
const [{ rules }] = alerts.groups;

t.test('Prometheus reads the rules and the configuration', async (t) => {
  for (const args of [
    ['check', 'rules', 'alerts.yaml'],
    ['check', 'config', 'prometheus.yml'],
  ]) {
    const { status, said } = promtool(...args);
    t.equal(status, 0, said);
  }
});

t.test('each alert fires where it should, and keeps quiet where not', async (t) => {
  const { status, said } = promtool('test', 'rules', 'alerts.test.yaml');
  t.equal(status, 0, said);
  const { tests } = parse(read('deploy/prometheus/alerts.test.yaml')) as { tests: { name: string }[] };
  t.strictSame(
    tests.map(({ name }) => name),
    rules.flatMap(({ alert }) => [`${alert} fires`, `${alert} keeps quiet`]),
  );
});

t.test('each alert says what to do', async (t) => {
  const headings = [...read('docs/operations.md').matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  t.strictSame(
    headings.filter((name) => /^Greybox/.test(name ?? '')),
    rules.map(({ alert }) => alert),
    'docs/operations.md has a part for each, and for no other',
  );
  for (const { alert, annotations, labels } of rules) {
    t.equal(annotations.runbook, `docs/operations.md#${alert.toLowerCase()}`);
    t.match(labels.severity, /^(?:critical|warning)$/);
  }
});

t.test('prometheus-operator gets the same rules', async (t) => {
  const { spec } = parse(read('deploy/kubernetes/prometheus-operator/prometheusrule.yaml'));
  t.strictSame(spec, alerts);
});

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly targets?: readonly { readonly expr: string }[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
  readonly templating: { readonly list: readonly { readonly query: string | { readonly query: string } }[] };
}

const dashboard = JSON.parse(read('deploy/grafana/greybox.json')) as Dashboard;

/** The names of metrics in a query, as Prometheus' own grammar sees them. @throws Error where it is none */
function namesIn(query: string): string[] {
  // Grafana puts a time in its place.
  const text = query.replaceAll('$__rate_interval', '5m');
  const names: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`${query}: not PromQL at ${from}`);
      if (type.name === 'Identifier') names.push(text.slice(from, to));
    },
  });
  return names;
}

t.test('a query that is none is found', async (t) => {
  t.throws(() => namesIn('sum(rate(x[5m])'));
  t.strictSame(namesIn('sum by (a) (rate(x{a="b"}[5m])) / y'), ['x', 'y']);
});

t.test('each metric that rules and dashboard ask for is on the live page', async (t) => {
  const redis = await startRedis(t);
  const app = await testApp(t, { CACHE_URL: redis.url, REDIS_TIMEOUT_MS: '5000' });
  await app.inject('/image/60x40');
  const { body } = await app.inject('/metrics');
  const live = new Set([...body.matchAll(/^(\w+)(?:\{| )/gm)].map(([, name]) => name));
  const queries = [
    ...rules.map(({ expr }) => expr),
    ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    ...dashboard.annotations.list.map(({ expr }) => expr),
  ];
  t.ok(queries.length > 30, `${queries.length} queries`);
  const unknown = queries.flatMap(namesIn).filter((name) => name !== 'up' && !live.has(name));
  t.strictSame(unknown, []);
  const asked = new Set(queries.flatMap(namesIn));
  const families = [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) =>
    type === 'histogram' ? `${name}_bucket` : name,
  );
  const unseen = families.filter((name) => !asked.has(name ?? ''));
  t.strictSame(
    unseen,
    [
      'nodejs_heap_size_total_bytes',
      'nodejs_eventloop_lag_seconds',
      'nodejs_eventloop_lag_p50_seconds',
      'nodejs_eventloop_lag_max_seconds',
    ],
    'all others are seen somewhere',
  );
});

t.test('the dashboard can be read: panels say what they show, and none lies upon another', async (t) => {
  const { panels } = dashboard;
  t.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  const cells = new Set<string>();
  let covered = 0;
  for (const { title, type, description, gridPos } of panels) {
    t.ok(type === 'row' || description, title);
    t.ok(gridPos.x + gridPos.w <= 24, title);
    covered += gridPos.w * gridPos.h;
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) cells.add(`${x},${y}`);
  }
  t.equal(cells.size, covered);
});
