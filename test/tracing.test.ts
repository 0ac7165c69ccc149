import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import t, { type Test } from 'tap';
import { createGreybox } from '../src/greybox.ts';
import { readTraceParent } from '../src/tracing.ts';
import { listen, testApp } from './helper/app.ts';
import { get, KeptConnection, watchParser } from './helper/lane.ts';
import { startRedis } from './helper/redis.ts';
import { type Env, startService } from './helper/service.ts';
import { eventually } from './helper/wait.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const traceparent = `00-${TRACE}-${PARENT}-01`;

/** What an operator does before greybox starts; undone after each test. */
function startSdk(t: Test, { withPropagator = true } = {}): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register(withPropagator ? {} : { propagator: null });
  t.teardown(async () => {
    for (const api of [trace, context, propagation]) api.disable();
    await provider.shutdown();
  });
  return exporter;
}

const ms = ([seconds, nanoseconds]: readonly [number, number]): number => seconds * 1e3 + nanoseconds / 1e6;

function named(exporter: InMemorySpanExporter, name: string): ReadableSpan {
  const found = exporter.getFinishedSpans().filter((span) => span.name === name);
  if (found.length !== 1) throw new Error(`${found.length} spans are called ${name}`);
  return found[0] as ReadableSpan;
}

const names = (exporter: InMemorySpanExporter): string[] =>
  exporter.getFinishedSpans().map(({ name }) => name);

t.test('a miss: spans with the names and the times of Server-Timing, below the incoming one', async (t) => {
  const exporter = startSdk(t);
  const redis = await startRedis(t);
  const greybox = createGreybox({ otelTraces: true, cacheUrl: redis.url });
  t.teardown(() => greybox.close());
  const url = 'http://a/image/60x40?text=secret';
  const response = await greybox.fetch(new Request(url, { headers: { traceparent } }));
  t.strictSame(names(exporter).sort(), ['queue', 'redis', 'render', 'request']);

  const request = named(exporter, 'request');
  t.equal(request.kind, SpanKind.SERVER);
  t.equal(request.spanContext().traceId, TRACE);
  t.equal(request.parentSpanContext?.spanId, PARENT);
  t.strictSame(request.attributes, {
    'http.request.method': 'GET',
    'http.route': '/image',
    'url.scheme': 'http',
    'url.path': '/image/60x40',
    'http.response.status_code': 200,
    'greybox.cache': 'miss',
  });

  const spans = ['redis', 'queue', 'render'].map((name) => named(exporter, name));
  const timing = spans.map((span) => `${span.name};dur=${ms(span.duration).toFixed(2)}`);
  t.equal(response.headers.get('server-timing'), timing.join(', '));
  for (const span of spans) {
    t.equal(span.parentSpanContext?.spanId, request.spanContext().spanId, span.name);
    t.ok(ms(span.startTime) >= ms(request.startTime) && ms(span.endTime) <= ms(request.endTime), 'within');
  }
  const starts = spans.map(({ startTime }) => ms(startTime));
  t.strictSame(starts, starts.toSorted(), 'one after the other');
  t.ok(Math.abs(Date.now() - ms(request.endTime)) < 60_000, 'on the clock of the world');
});

t.test('what was not found has no part, and what another draws is no part of one who waits', async (t) => {
  const exporter = startSdk(t);
  const greybox = createGreybox({ otelTraces: true });
  t.teardown(() => greybox.close());
  const ask = () => greybox.fetch(new Request('http://a/image/60x40'));
  await Promise.all([ask(), ask()]);
  t.strictSame(names(exporter).sort(), ['queue', 'render', 'request', 'request']);
  await ask();
  await greybox.fetch(new Request('http://a/image/0'));
  await greybox.fetch(new Request('http://a/nothing'));
  const requests = exporter.getFinishedSpans().filter(({ name }) => name === 'request');
  t.match(
    requests.slice(2).map(({ attributes, status }) => ({ ...attributes, code: status.code })),
    [
      { 'greybox.cache': 'hit-memory', 'http.response.status_code': 200 },
      { 'http.route': '/image', 'http.response.status_code': 400, code: SpanStatusCode.UNSET },
      { 'http.route': 'none', 'http.response.status_code': 404, 'greybox.cache': undefined },
    ],
  );
  t.equal(requests[2]?.parentSpanContext, undefined, 'the first of a trace of its own');
});

t.test('a picture that cannot be drawn in time is an error, with the parts that there were', async (t) => {
  const exporter = startSdk(t);
  const redis = await startRedis(t);
  const greybox = createGreybox({
    otelTraces: true,
    cacheUrl: redis.url,
    renderQueue: 0,
    renderConcurrency: 1,
  });
  t.teardown(() => greybox.close());
  const paths = ['/image/2000x2000.avif', '/image/1999x2000.avif', '/image/1998x2000.avif'];
  const asked = paths.map((path) => greybox.fetch(new Request(`http://a${path}`)));
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  t.ok(statuses.includes(503), statuses.join());
  const failed = exporter.getFinishedSpans().find(({ status }) => status.code === SpanStatusCode.ERROR);
  t.match(failed?.attributes, { 'http.response.status_code': 503, 'error.type': '503' });
  const { spanId } = failed?.spanContext() ?? {};
  const parts = exporter
    .getFinishedSpans()
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === spanId);
  t.strictSame(
    parts.map(({ name }) => name),
    ['redis'],
  );
});

t.test('below the span of a server around it; spans that are made meanwhile are below its own', async (t) => {
  const exporter = startSdk(t);
  const greybox = createGreybox({ otelTraces: true });
  t.teardown(() => greybox.close());
  const tracer = trace.getTracer('host');
  let outer: Span | undefined;
  const field = (name: string): string | undefined => {
    if (name === 'accept') tracer.startSpan('meanwhile').end();
    return name === 'traceparent' ? traceparent : undefined;
  };
  const [target, host] = ['/image/60x40', 'a'];
  await tracer.startActiveSpan('outer', async (span) => {
    outer = span;
    await greybox.answer({
      method: 'GET',
      target,
      url: target,
      host,
      origin: `http://${host}`,
      client: '::1',
      field,
    });
    span.end();
  });
  const request = named(exporter, 'request');
  t.equal(request.parentSpanContext?.spanId, outer?.spanContext().spanId);
  t.equal(request.kind, SpanKind.INTERNAL);
  t.equal(named(exporter, 'meanwhile').parentSpanContext?.spanId, request.spanContext().spanId);
});

t.test('traceparent counts without a propagator, too; what is not sampled is not told', async (t) => {
  const exporter = startSdk(t, { withPropagator: false });
  const greybox = createGreybox({ otelTraces: true });
  t.teardown(() => greybox.close());
  const ask = (field: string) =>
    greybox.fetch(new Request('http://a/image/60x40', { headers: { traceparent: field } }));
  await ask(traceparent);
  t.equal(named(exporter, 'request').parentSpanContext?.spanId, PARENT);
  exporter.reset();
  await ask(`00-${TRACE}-${PARENT}-00`);
  t.strictSame(names(exporter), []);
  await ask('nonsense');
  t.equal(named(exporter, 'request').parentSpanContext, undefined);
});

const INVALID = [
  '',
  `00-${TRACE}-${PARENT}`,
  `00-${TRACE}-${PARENT}-01-x`,
  `00-${TRACE}-${PARENT}-01x`,
  `ff-${TRACE}-${PARENT}-01`,
  `00-${'0'.repeat(32)}-${PARENT}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `00-${TRACE.toUpperCase()}-${PARENT}-01`,
  ` ${traceparent}`,
];

t.test('traceparent is read as the W3C says', async (t) => {
  t.strictSame(readTraceParent(traceparent), { traceId: TRACE, spanId: PARENT, traceFlags: 1 });
  t.match(readTraceParent(`01-${TRACE}-${PARENT}-03-what.comes`), { traceFlags: 3 }, 'of a later version');
  for (const value of INVALID) t.equal(readTraceParent(value), undefined, value);
});

for (const FAST_LANE of ['on', 'off']) {
  t.test(`hits leave the shortcuts where they belong to a trace: FAST_LANE=${FAST_LANE}`, async (t) => {
    const exporter = startSdk(t);
    const app = await testApp(t, { OTEL_TRACES: 'on', FAST_LANE });
    const parsed = watchParser(app);
    const port = await listen(app);
    const connect = (): KeptConnection => {
      const connection = new KeptConnection(port);
      t.teardown(() => connection.close());
      return connection;
    };
    const first = connect();
    // The third is the first hit that is remembered.
    for (let asked = 0; asked < 3; asked += 1) await first.ask(get('/image/60x40'));
    const connection = connect();
    const before = parsed.length;
    exporter.reset();
    const asHit = async (...fields: string[]): Promise<void> => {
      const { headers } = await connection.ask(get('/image/60x40', ...fields));
      t.equal(headers.get('x-cache'), 'hit-memory');
    };
    await asHit();
    t.strictSame(names(exporter), [], 'a hit that belongs to none costs nothing');
    t.equal(parsed.length - before, FAST_LANE === 'on' ? 0 : 1);
    for (let asked = 0; asked < 3; asked += 1) await asHit(`traceparent: ${traceparent}`);
    t.strictSame(names(exporter), ['request', 'request', 'request']);
    t.equal(parsed.length - before, FAST_LANE === 'on' ? 3 : 4);
  });
}

/** A file for `node --import`, that writes a line for each span, and at the end one of what was loaded. */
const PRELOAD = `
  import module from 'node:module';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) {
    const require = module.createRequire(${JSON.stringify(import.meta.url)});
    if (process.env.WITH_SDK) {
      const { NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');
      const tell = ({ name, parentSpanContext }) => console.error(JSON.stringify({ span: name, parent: parentSpanContext?.spanId }));
      const exporter = { export: (spans, done) => { spans.forEach(tell); done({ code: 0 }); }, shutdown: async () => {} };
      new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
    }
    process.on('exit', () => {
      const loaded = Object.keys(require.cache).filter((file) => file.includes('@opentelemetry'));
      console.error(JSON.stringify({ loaded: loaded.length > 0 }));
    });
  }
`;

async function startPreloaded(t: Test, env: Env) {
  const file = join(t.testdir(), 'otel.mjs');
  writeFileSync(file, PRELOAD);
  const { href } = pathToFileURL(file);
  return startService(t, { env: { NODE_OPTIONS: `--import=${href}`, ...env } });
}

t.test('greybox serve: off loads nothing, on without an SDK says so', async (t) => {
  for (const [OTEL_TRACES, loaded] of [
    ['off', false],
    ['on', true],
  ] as const) {
    const service = await startPreloaded(t, { OTEL_TRACES });
    await (await fetch(`${service.url}/image/60x40`, { headers: { traceparent } })).arrayBuffer();
    await service.stop();
    t.match(service.lines.at(-1), JSON.stringify({ loaded }));
    t.equal(
      service.lines.some((line) => line.includes('nothing takes the traces')),
      loaded,
    );
  }
});

for (const WORKERS of ['1', '2']) {
  t.test(`greybox serve with an SDK of the operator: ${WORKERS} workers`, async (t) => {
    const service = await startPreloaded(t, { OTEL_TRACES: 'on', WITH_SDK: '1', WORKERS });
    await (await fetch(`${service.url}/image/600x400.avif`, { headers: { traceparent } })).arrayBuffer();
    const told = () => service.lines.flatMap((line) => (line.includes('"span"') ? [JSON.parse(line)] : []));
    await eventually('the spans', async () => told().length >= 3);
    t.strictSame(
      told().map(({ span }) => span),
      ['queue', 'render', 'request'],
    );
    t.equal(told().at(-1)?.parent, PARENT);
    t.notMatch(service.lines.join('\n'), /nothing takes the traces/);
    await service.stop();
  });
}
