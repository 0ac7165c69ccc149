import t, { type Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { DIALECTS } from '../../src/dialects/table.ts';
import { listen, problemOf } from '../helper/app.ts';
import { BOXES, OTHER } from '../helper/dialects.ts';
import { KeptConnection, watchParser } from '../helper/lane.ts';

async function dialectApp(t: Test, env: Readonly<Record<string, string>> = {}) {
  const config = readConfig({ env: { LOG_LEVEL: 'silent', ...env } });
  const app = buildApp(config, { dialects: [...DIALECTS, BOXES, OTHER] });
  t.teardown(() => app.close());
  await app.ready();
  return app;
}

const request = (target: string, host: string, ...fields: string[]): string =>
  `${[`GET ${target} HTTP/1.1`, `Host: ${host}`, ...fields].join('\r\n')}\r\n\r\n`;

/** Target, host, and the format of the answer, which tells the grammars apart; nothing for a 404. */
const ASKED = [
  ['/300/200', 'boxes.example', 'gif'],
  ['/300/200', 'WWW.boxes.example:80', 'gif'],
  ['/300/200', 'img.example', undefined],
  ['/300/200', 'cdn.boxes.example', 'gif'],
  ['/image/300', 'img.example', 'png'],
  ['/image/300', 'other.example', 'svg+xml'],
  ['/image/300', 'boxes.example:1', undefined],
  ['/boxes.example/300', 'img.example', 'gif'],
  ['/api/boxes/300', 'img.example', 'gif'],
] as const;

t.test('a host answers with its own grammar, with and without the lane', async (t) => {
  for (const env of [{}, { FAST_LANE: 'off' }, { LOG_REQUESTS: 'true', LOG_LEVEL: 'silent' }]) {
    const app = await dialectApp(t, env);
    const port = await listen(app);
    // Drawn, found, ready: in whatever order hosts come, none gets the picture of another.
    for (const times of ['first', 'second', 'third', 'fourth']) {
      const connection = new KeptConnection(port);
      for (const [target, host, format] of ASKED) {
        const { status, headers } = await connection.ask(request(target, host));
        const type = headers.get('content-type');
        const name = `${host}${target}, ${times}`;
        if (format) t.strictSame([status, type], [200, `image/${format}`], name);
        else t.ok(status === 404 || status === 400, `${name}: ${status}`);
      }
      connection.close();
    }
  }
});

t.test('each grammar is counted by its name, in the lane too', async (t) => {
  const counts = [];
  for (const FAST_LANE of ['on', 'off']) {
    const app = await dialectApp(t, { FAST_LANE });
    const port = await listen(app);
    const parsed = watchParser(app);
    const connection = new KeptConnection(port);
    for (let i = 0; i < 2; i++) {
      await connection.ask(request('/image/60x40', 'img.example'));
      await connection.ask(request('/avatar/64/Ada', 'img.example'));
      await connection.ask(request('/60/40', 'boxes.example'));
      await connection.ask(request('/60/40', 'boxes.example', 'If-None-Match: *'));
    }
    if (FAST_LANE === 'on') t.strictSame(parsed, [], 'the lane answered all');
    await connection.ask(request('/no', 'boxes.example'));
    await connection.ask(request('/nothing', 'img.example'));
    connection.close();
    counts.push(
      app.requestCounts
        .rows()
        .map(({ route, status, count }) => `${route} ${status} ${count}`)
        .sort(),
    );
  }
  t.strictSame(counts[0], counts[1]);
  t.strictSame(counts[0], [
    '/avatar 200 2',
    '/boxes.example 200 2',
    '/boxes.example 304 2',
    '/boxes.example 400 1',
    '/image 200 2',
    'none 404 1',
  ]);
});

t.test('DIALECT gives the root of other hosts to a grammar', async (t) => {
  const app = await dialectApp(t, { DIALECT: 'boxes.example' });
  for (const [url, type] of [
    ['/300/200', 'image/gif'],
    ['/image/300', 'image/png'],
  ] as const)
    t.equal((await app.inject(url)).headers['content-type'], type, url);
  t.match((await app.inject('/nothing')).json(), { code: 'invalid-size', detail: 'width must be a number' });
  t.equal((await app.inject('/healthz')).statusCode, 200);
  t.throws(() => buildApp(readConfig({ env: { DIALECT: 'nobody.example' } })), {
    name: 'ConfigError',
    message: /^DIALECT must be one of .*, got nobody\.example$/,
  });
});

t.test("a grammar's own data has an entity tag and is open to all", async (t) => {
  const app = await dialectApp(t);
  const url = '/boxes.example/list';
  const { statusCode, headers, json } = await app.inject({ url, headers: { host: 'img.example' } });
  t.equal(statusCode, 200);
  t.match(headers, {
    'content-type': 'application/json',
    'cache-control': 'public, max-age=3600',
    'access-control-allow-origin': '*',
    link: '</2>',
    etag: /^"\S+"$/,
  });
  t.strictSame(json(), ['http://img.example/boxes.example/300']);
  const again = await app.inject({
    url,
    headers: { host: 'img.example', 'if-none-match': String(headers.etag) },
  });
  t.match([again.statusCode, again.body, again.headers['content-type']], [304, '', undefined]);
});

t.test('an answer that a grammar chose by Accept varies, and is remembered by Accept', async (t) => {
  const app = await dialectApp(t);
  for (const times of ['drawn', 'found', 'ready']) {
    for (const [accept, type] of [
      ['image/webp', 'image/webp'],
      ['*/*', 'image/gif'],
    ] as const) {
      const { headers } = await app.inject({ url: '/boxes.example/60?any', headers: { accept } });
      t.match(headers, { 'content-type': type, vary: 'Accept' }, `${accept}, ${times}`);
    }
  }
});

t.test('OPTIONS and other methods, wherever a grammar is mounted', async (t) => {
  const app = await dialectApp(t);
  for (const [url, host] of [
    ['/300/200', 'boxes.example'],
    ['/boxes.example/300', 'img.example'],
    ['/avatar/64/Ada', 'img.example'],
  ] as const) {
    const options = await app.inject({ method: 'OPTIONS', url, headers: { host } });
    t.match([options.statusCode, options.headers['allow']], [204, 'GET, HEAD, OPTIONS'], url);
    const refused = await app.inject({ method: 'DELETE', url, headers: { host } });
    t.match(problemOf(t, refused, url), { code: 'method-not-allowed', status: 405 });
  }
});
