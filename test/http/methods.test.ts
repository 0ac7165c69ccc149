import { METHODS } from 'node:http';
import type { InjectOptions } from 'fastify';
import t from 'tap';
import { problemOf, testApp } from '../helper/app.ts';

type Method = NonNullable<InjectOptions['method']>;

/** CONNECT and PRI never reach a route: they are no requests for a path. */
const OTHERS = METHODS.filter((method) => !['GET', 'HEAD', 'CONNECT', 'PRI'].includes(method)) as Method[];
const ROUTES = ['/image/600x400', '/image/600x400.webp', '/image/', '/image', '/healthz', '/readyz'];

t.test('every other method is refused on every route', async (t) => {
  const app = await testApp(t);
  t.ok(OTHERS.length > 25);
  for (const url of ROUTES) {
    for (const method of OTHERS) {
      const response = await app.inject({ method, url });
      t.equal(response.statusCode, 405, `${method} ${url}`);
      t.equal(response.headers['allow'], 'GET, HEAD');
    }
  }
});

t.test('the problem names the method', async (t) => {
  const app = await testApp(t);
  const response = await app.inject({ method: 'DELETE', url: '/image/600x400' });
  t.match(problemOf(t, response, '/image/600x400'), {
    code: 'method-not-allowed',
    status: 405,
    detail: 'the method must be one of GET, HEAD, got DELETE',
    parameter: 'method',
    value: 'DELETE',
  });
});

/** Bodies that a framework might trip over before it looks at the method; a malformed type may be said to be so. */
const BODIES = [
  ['application/json', '{"broken'],
  ['application/json', ''],
  ['application/json', '{"__proto__":1}'],
  ['x/strange', 'x'],
  [';;;', 'x', 400],
  ['', 'x', 400],
  ['multipart/form-data', 'x'],
  ['text/plain; charset=nothing', 'x'.repeat(2 ** 21)],
] as const;

t.test('a body changes nothing, whatever its type', async (t) => {
  const app = await testApp(t);
  for (const [type, payload, status = 404] of BODIES) {
    const request = { payload, headers: { 'content-type': type } };
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'SEARCH'] as const) {
      const refused = await app.inject({ method, url: '/image/600x400', ...request });
      t.equal(refused.statusCode, 405, `${method} ${type}`);
      const nothing = await app.inject({ method, url: '/nothing', ...request });
      t.equal(nothing.statusCode, method === 'SEARCH' ? 404 : status, `${method} ${type}`);
    }
    t.equal((await app.inject({ method: 'GET', url: '/image/60x40', ...request })).statusCode, 200, type);
  }
});

t.test('what is not there', async (t) => {
  const app = await testApp(t);
  for (const url of [
    '/nothing',
    '/Image/600x400',
    '/images/600x400',
    '/image600x400',
    '/image%2f600x400',
    '//image/1',
  ]) {
    for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
      const response = await app.inject({ method, url });
      t.equal(response.statusCode, 404, `${method} ${url}`);
      t.match(response.json(), { code: 'not-found', detail: /\/image\/600x400/, status: 404 });
    }
  }
  problemOf(t, await app.inject('/nothing?a=b'), '/nothing?a=b');
});

t.test('alive and ready', async (t) => {
  const app = await testApp(t);
  const alive = await app.inject('/healthz');
  t.same(
    [alive.statusCode, alive.json(), alive.headers['cache-control']],
    [200, { status: 'ok' }, 'no-store'],
  );
  const ready = await app.inject('/readyz');
  const tiers = { memory: 'up' };
  t.same(
    [ready.statusCode, ready.json(), ready.headers['cache-control']],
    [200, { status: 'ready', tiers }, 'no-store'],
  );
});
