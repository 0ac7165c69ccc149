import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import express from 'express';
import { Hono } from 'hono';
import t, { type Test } from 'tap';
import { createGreybox, type Greybox, type GreyboxSettings } from '../src/index.ts';
import { listen, testApp } from './helper/app.ts';
import { startRedis } from './helper/redis.ts';
import { eventually } from './helper/wait.ts';
import { exchange, parseAnswer, type WireAnswer } from './helper/wire.ts';

function testGreybox(t: Test, settings: GreyboxSettings = {}): Greybox {
  const greybox = createGreybox(settings);
  t.teardown(() => greybox.close());
  return greybox;
}

/** Has a server listen on a free port of the loopback until the test ends. @returns its origin */
async function originOf(t: Test, server: Server): Promise<string> {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What all doors must answer alike: method, target and header fields. */
const REQUESTS: readonly (readonly [method: string, target: string, fields?: Record<string, string>])[] = [
  ['GET', '/image/60x40'],
  ['GET', '/image/60x40'],
  ['HEAD', '/image/60x40'],
  ['GET', '/image/60x40', { 'If-None-Match': '*' }],
  ['GET', '/image/60x40', { 'If-Match': '"other"' }],
  ['GET', '/image/60x40.svg?colour=red&utm_source=a&v=1'],
  ['GET', '/image/60x40.auto', { Accept: 'image/webp,*/*;q=0.1' }],
  ['GET', '/image/60x40.auto', { Accept: 'image/webp,*/*;q=0.1', 'If-None-Match': '*' }],
  ['GET', '/image/60x40.auto', { Accept: 'text/html' }],
  ['GET', '/image/60x40.json?text=Hi'],
  ['GET', '/image/60x40.json?text=Hi', { 'If-None-Match': '*' }],
  ['GET', '/avatar/64/Ada.svg'],
  ['GET', '/%69mage/60x40?text=%zz'],
  ['GET', '/image/%zz'],
  ['GET', '/image/0'],
  ['GET', '/image/60x40?bg=no', { Accept: 'image/*' }],
  ['HEAD', '/image/0'],
  ['GET', '/nothing'],
  ['GET', '/img/60x40'],
  ['POST', '/image/60x40'],
  ['OPTIONS', '/image/60x40'],
  [
    'OPTIONS',
    '/image/60x40',
    { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'a' },
  ],
];

/** Fields of the connection and of the moment. */
const PASSING = ['date', 'connection', 'keep-alive', 'server-timing'];

/** Status, fields and body of an answer, without what is the connection's or the moment's. */
function lasting(status: number, headers: Iterable<[string, string]>, body: string): unknown {
  const kept = [...headers].filter(([name]) => !PASSING.includes(name));
  const fields = kept.map(([name, value]) => [name, value.replace(/ttl=\d+/, 'ttl')] as const);
  return { status, fields: Object.fromEntries(fields), body };
}

t.test('fetch, node:http and the server answer alike', async (t) => {
  const app = await testApp(t);
  const port = await listen(app);
  const [byNode, byFetch] = [testGreybox(t), testGreybox(t)];
  const nodePort = Number(new URL(await originOf(t, createServer(byNode.node))).port);
  for (const [method, target, fields = {}] of REQUESTS) {
    const lines = Object.entries({ Host: 'a.example', ...fields, Connection: 'close' });
    const bytes = `${method} ${target} HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n`;
    const answers: WireAnswer[] = await Promise.all(
      [port, nodePort].map(async (one) => parseAnswer(await exchange(one, bytes))),
    );
    const [server, node] = answers.map(({ status, headers, body }) => lasting(status, headers, body));
    const response = await byFetch.fetch(
      new Request(`http://a.example${target}`, { method, headers: fields }),
    );
    const body = Buffer.from(await response.arrayBuffer()).toString('latin1');
    t.strictSame(node, server, `node: ${method} ${target}`);
    t.strictSame(lasting(response.status, response.headers, body), server, `fetch: ${method} ${target}`);
  }
});

t.test('node:http: what is not ours gets a 404', async (t) => {
  const greybox = testGreybox(t);
  const origin = await originOf(t, createServer(greybox.node));
  const picture = await fetch(`${origin}/image/60x40`);
  t.match([picture.status, picture.headers.get('content-type')], [200, 'image/png']);
  const nothing = await fetch(`${origin}/nothing`);
  t.match([nothing.status, await nothing.json()], [404, { code: 'not-found', instance: '/nothing' }]);
  const { snippets, url } = (await (await fetch(`${origin}/image/60x40.json`)).json()) as Explained;
  t.equal(url, `${origin}/image/60x40.png`);
  t.ok(snippets.img.includes(url));
});

interface Explained {
  readonly url: string;
  readonly snippets: { readonly img: string };
}

t.test('Express: middleware below a path, next to the routes of the app', async (t) => {
  const greybox = testGreybox(t);
  const app = express();
  app.use('/pictures', greybox.node);
  app.use(greybox.node);
  app.get('/own', (_request, response) => void response.send('own'));
  app.post('/echo', express.json(), (request, response) => void response.json(request.body));
  const origin = await originOf(t, createServer(app as RequestListener));
  t.equal(await (await fetch(`${origin}/own`)).text(), 'own');
  const echo = { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } };
  t.strictSame(await (await fetch(`${origin}/echo`, echo)).json(), { a: 1 });
  t.match(await (await fetch(`${origin}/nothing`)).text(), /Cannot GET/, "the app's own 404");
  t.match(await (await fetch(`${origin}/pictures/nothing`)).text(), /Cannot GET/);
  for (const mount of ['', '/pictures']) {
    const picture = await fetch(`${origin}${mount}/image/60x40`);
    t.match([picture.status, picture.headers.get('content-type')], [200, 'image/png'], mount);
    t.equal((await fetch(`${origin}${mount}/image/60x40`, { method: 'DELETE' })).status, 405);
    const { url } = (await (await fetch(`${origin}${mount}/image/60x40.json`)).json()) as Explained;
    t.equal(url, `${origin}${mount}/image/60x40.png`);
    t.equal((await fetch(url)).status, 200);
    const bad = (await (await fetch(`${origin}${mount}/image/0`)).json()) as { instance: string };
    t.equal(bad.instance, `${mount}/image/0`);
  }
});

t.test('Hono: a handler, or a mount', async (t) => {
  const greybox = testGreybox(t);
  const app = new Hono();
  app.all('/image/*', ({ req }) => greybox.fetch(req.raw));
  app.mount('/pictures', greybox.fetch);
  app.get('/own', (context) => context.text('own'));
  const origin = await originOf(t, serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server);
  t.equal(await (await fetch(`${origin}/own`)).text(), 'own');
  const first = await fetch(`${origin}/image/60x40.webp`);
  const again = await fetch(`${origin}/pictures/image/60x40.webp`);
  t.match([first.status, first.headers.get('x-cache')], [200, 'miss']);
  t.match([again.status, again.headers.get('x-cache')], [200, 'hit-memory']);
  t.strictSame(new Uint8Array(await again.arrayBuffer()), new Uint8Array(await first.arrayBuffer()));
  const head = await fetch(`${origin}/image/60x40.webp`, { method: 'HEAD' });
  t.equal(head.headers.get('content-length'), first.headers.get('content-length'));
  t.equal((await fetch(`${origin}/pictures/nothing`)).status, 404);
});

t.test('the settings are those of the server in camelCase', async (t) => {
  const redis = await startRedis(t);
  const settings = { cacheUrl: redis.url, maxDimension: 100, cacheTtlSeconds: 60, redisTimeoutMs: 5000 };
  const [one, other] = [testGreybox(t, settings), testGreybox(t, settings)];
  const get = (greybox: Greybox, target: string) => greybox.fetch(new Request(`http://a${target}`));
  t.equal((await get(one, '/image/101')).status, 400);
  const picture = await get(one, '/image/100');
  t.match(picture.headers.get('cache-control'), /max-age=60,/);
  await eventually('the write', async () => (await redis.client.dbsize()) === 1);
  t.equal((await get(other, '/image/100')).headers.get('x-cache'), 'hit-redis');
  const wrong = { maxDimension: 0, colour: 'red', rateLimit: 'some' } as unknown as GreyboxSettings;
  t.throws(() => createGreybox(wrong), {
    name: 'ConfigError',
    message: /unknown setting colour; settings are port, .*\nmaxDimension must be .*\nrateLimit must be /,
  });
});

t.test('fetch takes a URL as fetch() does', async (t) => {
  const greybox = testGreybox(t);
  for (const url of ['http://a/image/60x40.svg', new URL('http://a/image/60x40.svg')])
    t.equal((await greybox.fetch(url)).headers.get('content-type'), 'image/svg+xml');
  const head = await greybox.fetch('http://a.example/image/60x40', { method: 'HEAD' });
  t.strictSame([head.status, (await head.arrayBuffer()).byteLength], [200, 0], 'with changes to it');
  const request = new Request('http://a.example/image/60x40');
  t.equal((await greybox.fetch(request, { url: '/', method: 'DELETE' })).status, 200, "a server's own");
  await t.rejects(greybox.fetch('/image/60x40'), TypeError);
  const message = /^fetch takes a Request, or a URL such as .*, got (?:undefined|null|5|object)$/;
  for (const given of [undefined, null, 5, {}, { url: 'http://a/' }] as unknown[] as string[])
    await t.rejects(greybox.fetch(given), { name: 'TypeError', message });
});

t.test('a limit counts who asks', async (t) => {
  const greybox = testGreybox(t, { rateLimit: 1 });
  const origin = await originOf(t, createServer(greybox.node));
  t.equal((await fetch(`${origin}/image/60x40`)).status, 200);
  t.equal((await fetch(`${origin}/image/61x40`)).status, 429);
  t.equal((await greybox.fetch(new Request(`${origin}/image/61x40`))).status, 200, 'another account');
});

t.test('settings of the wrong kind are named, and never taken for words', (t) => {
  for (const given of [null, Number.NaN, {}, () => 1, Symbol('a')]) {
    for (const name of [
      'cacheKeyPrefix',
      'adminToken',
      'host',
      'cacheTagHeader',
      'maxDimension',
      'dialect',
    ]) {
      const settings = { [name]: given } as GreyboxSettings;
      t.throws(() => createGreybox(settings), {
        name: 'ConfigError',
        message: new RegExp(`^${name} must be `),
      });
    }
  }
  for (const given of [null, 5, 'redis://a', []] as unknown[] as GreyboxSettings[])
    t.throws(() => createGreybox(given), {
      name: 'ConfigError',
      message: /^settings must be an object .*, got (?:null|5|string|array)$/,
    });
  const notNumber = { maxPixels: Number.NaN };
  t.throws(() => createGreybox(notNumber), { message: /^maxPixels must be .*, got NaN$/ });
  const log = { info: () => {} } as unknown as NonNullable<GreyboxSettings['log']>;
  t.throws(() => createGreybox({ log }), { message: 'log must have the functions info, warn, error' });
  t.throws(() => createGreybox({ dialect: 'nowhere.example' }), { message: /^dialect must be one of / });
  t.end();
});

t.test('HTTP/2 is answered alike, with the host that its pseudo-header names', async (t) => {
  const greybox = testGreybox(t);
  const server = http2.createServer(greybox.node);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const client = http2.connect(`http://127.0.0.1:${port}`);
  t.teardown(() => client.close());
  const get = async (fields: http2.OutgoingHttpHeaders) => {
    const stream = client.request(fields);
    const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
    return { headers, body: Buffer.concat(await stream.toArray()) };
  };
  const picture = await get({ ':path': '/image/60x40' });
  t.match(picture.headers, { ':status': 200, 'content-length': String(picture.body.length), etag: /./ });
  const again = await get({ ':path': '/image/60x40', 'if-none-match': picture.headers.etag });
  t.match([again.headers[':status'], again.body.length], [304, 0]);
  const photo = await get({ ':path': '/200/300', ':authority': 'picsum.photos' });
  t.match(photo.headers, { ':status': 200, 'content-type': 'image/jpeg' });
  const { url } = JSON.parse(String((await get({ ':path': '/image/60x40.json' })).body)) as Explained;
  t.equal(url, `http://127.0.0.1:${port}/image/60x40.png`);
});

t.test('what was asked before it is closed is answered', async (t) => {
  const greybox = createGreybox({ renderConcurrency: 1 });
  const get = (target: string) => greybox.fetch(new Request(`http://a${target}`));
  const pictures = [1, 2, 3].map((i) => get(`/image/400x30${i}?scene=hills`));
  const closed = greybox.close();
  t.strictSame(await Promise.all(pictures.map(async (one) => (await one).status)), [200, 200, 200]);
  await closed;
  t.equal((await get('/image/400x301?scene=hills')).headers.get('x-cache'), 'hit-memory');
  const late = await get('/image/400x309?scene=hills');
  t.match([late.status, await late.json()], [503, { code: 'overloaded', detail: /^greybox is closed/ }]);
});

t.test('it closes itself, once', async (t) => {
  await using greybox = createGreybox();
  t.equal((await greybox.fetch(new Request('http://a/image/2000x2000.webp'))).status, 200);
  await greybox.close();
});

const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** Runs a program of the fixtures in a process of its own. @returns what it prints, read as JSON */
const run = (name: string): unknown =>
  JSON.parse(
    execFileSync(process.execPath, ['--import=tsx', fixture(name)], { encoding: 'utf8', timeout: 60_000 }),
  );

t.test('importing it loads no native module and keeps no process alive', async (t) => {
  t.strictSame(run('import-greybox.ts'), { native: [], resources: [] });
});

t.test('drawing changes nothing of the process', async (t) => {
  const { before, after, statuses } = run('use-greybox.ts') as Record<string, unknown>;
  t.strictSame(statuses, [200, 200, 200, 200, 200, 200]);
  t.strictSame(after, before);
});
