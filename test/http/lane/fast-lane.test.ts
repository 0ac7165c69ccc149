import t from 'tap';
import { listen, testApp } from '../../helper/app.ts';
import { KeptConnection, watchParser } from '../../helper/lane.ts';
import type { WireAnswer } from '../../helper/wire.ts';
import { MESSAGES } from '../message.ts';
import { ETAG, HOST, PICTURE, SEMANTICS } from '../semantics.ts';

const request = (...lines: string[]): string => `${lines.join('\r\n')}\r\n\r\n`;

/** What an answer says of the moment that it was given at. */
const timeless = (head: string): string =>
  head
    .replace(/(?<=^date: ).*/im, '')
    .replace(/(?<=ttl=)\d+/, '')
    .replace(/(?<=dur=)[\d.]+/g, '');

/** An Accept that names each of an image's types: `auto` depends on it. */
const CHROME = 'Accept: image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';

/** Requests that the lane answers, each once the picture is in memory. */
const HITS: Readonly<Record<string, readonly string[]>> = {
  GET: [PICTURE, HOST],
  HEAD: [PICTURE.replace('GET', 'HEAD'), HOST],
  'an explicit keep-alive': [PICTURE, HOST, 'Connection: Keep-Alive'],
  'fields that change nothing': [PICTURE, HOST, 'user-agent: a', 'ACCEPT-ENCODING: gzip', 'cookie: a=b'],
  'a validator': [PICTURE, HOST, `If-None-Match: ${ETAG}`],
  'a validator, HEAD': [PICTURE.replace('GET', 'HEAD'), HOST, `If-None-Match: ${ETAG}`],
  'a weak validator in a list': [PICTURE, HOST, `If-None-Match: "a", W/${ETAG}`],
  'any validator': [PICTURE, HOST, 'If-None-Match: *'],
  'another validator': [PICTURE, HOST, 'If-None-Match: "other"'],
  'a negotiated format': ['GET /image/60x40.auto HTTP/1.1', HOST, CHROME],
  'a negotiated format that is unchanged': [
    'GET /image/60x40.auto HTTP/1.1',
    HOST,
    CHROME,
    'If-None-Match: *',
  ],
  'a query': ['GET /image/60x40?text=A%20b&v=1 HTTP/1.1', HOST],
  'a picture that is sent apart from its head': [
    'GET /image/700x700.jpg?bg=f00-00f&quality=100 HTTP/1.1',
    HOST,
  ],
};

t.test('the lane answers as the router and the ready response do', async (t) => {
  const [lane, ready, routed] = await Promise.all([
    testApp(t),
    testApp(t, { FAST_LANE: 'off' }),
    testApp(t, { LOG_REQUESTS: 'true', LOG_LEVEL: 'silent' }),
  ]);
  const apps = await Promise.all(
    [lane, ready, routed].map(async (app) => ({ app, port: await listen(app) })),
  );
  const parsed = watchParser(lane);
  const pictures = apps.map(({ port }) => new KeptConnection(port).ask(request(PICTURE, HOST)));
  const etag = (await Promise.all(pictures))[0]?.headers.get('etag') ?? '';
  for (const [name, lines] of Object.entries(HITS)) {
    const bytes = request(...lines).replace(ETAG, etag);
    const [misses, hits]: [WireAnswer[], WireAnswer[]] = [[], []];
    for (const { port } of apps) {
      const connection = new KeptConnection(port);
      misses.push(await connection.ask(bytes));
      hits.push(await connection.ask(bytes), await connection.ask(bytes));
      connection.close();
    }
    t.match(hits[0]?.headers.get('cache-status'), /^greybox-memory; hit; ttl=\d+$/, name);
    for (const answers of [misses, hits]) {
      const [first, ...others] = answers.map(({ head, body }) => ({ head: timeless(head), body }));
      for (const other of others) t.strictSame(other, first, name);
    }
  }
  t.strictSame(parsed, [], 'none got to the parser');
  const counts = apps.map(({ app }) => app.requestCounts.rows());
  t.ok(counts[0]?.some(({ status }) => status === 304));
  for (const others of counts.slice(1)) t.strictSame(others, counts[0], 'and they are counted alike');
});

/** What comes back for bytes, and then, on the same connection, for a request that ends it. */
async function conversation(port: number, bytes: string): Promise<string[]> {
  const connection = new KeptConnection(port);
  const { head, body } = await connection.ask(bytes);
  const last = connection.ask(request('GET /nothing HTTP/1.1', HOST, 'Connection: close'));
  const end = await last.then(({ status }) => `then ${status}`).catch(() => 'then closed');
  connection.close();
  return [timeless(head), body, end];
}

t.test('every rule of HTTP holds with the lane as it does without', async (t) => {
  const rules = [...SEMANTICS, ...MESSAGES];
  const apps = await Promise.all([testApp(t), testApp(t, { FAST_LANE: 'off' })]);
  const ports = await Promise.all(apps.map(listen));
  const parsed = apps.map(watchParser);
  const asked = rules.map(([source, rule, lines]) => [`${source}: ${rule}`, request(...lines)] as const);
  const [picture] = await Promise.all(
    ports.map((port) => new KeptConnection(port).ask(request(PICTURE, HOST))),
  );
  const etag = picture?.headers.get('etag') ?? '';
  const ask = (bytes: string) =>
    Promise.all(ports.map((port) => conversation(port, bytes.replace(ETAG, etag))));
  // The first time draws the pictures, the second finds them in memory, from the third on responses are ready.
  for (const [, bytes] of asked) await ask(bytes);
  for (const [name, bytes] of asked) {
    const [on, off] = await ask(bytes);
    t.strictSame(on, off, name);
  }
  const before = parsed.map(({ length }) => length);
  for (const [name, bytes] of asked) {
    const [on, off] = await ask(bytes);
    t.strictSame(on, off, `${name}, from a ready response`);
  }
  const [withLane = 0, without = 0] = parsed.map(({ length }, i) => length - (before[i] ?? 0));
  t.ok(without - withLane >= 20, `the lane answered ${without - withLane} of ${rules.length} rules`);
});

t.test('a refusal because of overload is the same in the lane, and keeps its connection', async (t) => {
  const env = { RENDER_CONCURRENCY: '1', RENDER_QUEUE: '0' };
  const [lane, routed] = await Promise.all([testApp(t, env), testApp(t, { ...env, FAST_LANE: 'off' })]);
  const parsed = watchParser(lane);
  const heads: string[][] = [];
  for (const app of [lane, routed]) {
    const port = await listen(app);
    const [busy, refused] = [new KeptConnection(port), new KeptConnection(port)];
    const drawn = busy.ask(request('GET /image/2000x2000.avif HTTP/1.1', HOST));
    // The queue is full as soon as the first is being drawn.
    let answer = await refused.ask(request('HEAD /image/61x41 HTTP/1.1', HOST));
    while (answer.status !== 503) answer = await refused.ask(request('HEAD /image/61x41 HTTP/1.1', HOST));
    const { head, body } = await refused.ask(request('GET /image/62x41 HTTP/1.1', HOST));
    // A backslash that JSON escapes, and more than is repeated.
    const odd = await refused.ask(request(`GET /image/62x41?v=\\${'x'.repeat(3000)} HTTP/1.1`, HOST));
    heads.push([timeless(answer.head), timeless(head), body, timeless(odd.head), odd.body]);
    t.equal((await drawn).status, 200);
    for (const connection of [busy, refused]) connection.close();
  }
  t.strictSame(heads[0], heads[1]);
  t.match(heads[0]?.[1], /^HTTP\/1\.1 503 Service Unavailable\r\n.*retry-after: 1\r\n/s);
  t.match(JSON.parse(heads[0]?.[2] ?? ''), { code: 'overloaded', instance: '/image/62x41' });
  t.match(JSON.parse(heads[0]?.[4] ?? ''), { instance: /^\/image\/62x41\?v=\\x{1984}$/ });
  t.strictSame(parsed, []);
});
