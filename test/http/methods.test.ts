import { METHODS } from 'node:http';
import type { InjectOptions } from 'fastify';
import t from 'tap';
import { SERVICE_ROUTES } from '../../src/http/pages/service-routes.ts';
import { problemOf, testApp } from '../helper/app.ts';

type Method = NonNullable<InjectOptions['method']>;

/** CONNECT and PRI never reach a route: they are no requests for a path. */
const OTHERS = METHODS.filter(
  (method) => !['GET', 'HEAD', 'OPTIONS', 'CONNECT', 'PRI'].includes(method),
) as Method[];
const ROUTES = [
  '/',
  '/image/600x400',
  '/image/600x400.webp',
  '/image/',
  '/image',
  '/avatar/64/Ada',
  '/placehold.co/60x40',
  '/docs',
  ...SERVICE_ROUTES.map(({ path }) => path),
];

t.test('every other method is refused on every route', async (t) => {
  const app = await testApp(t);
  t.ok(OTHERS.length > 25);
  for (const url of ROUTES) {
    for (const method of OTHERS) {
      const response = await app.inject({ method, url });
      t.equal(response.statusCode, 405, `${method} ${url}`);
      t.equal(response.headers['allow'], 'GET, HEAD, OPTIONS');
    }
  }
});

t.test('OPTIONS names the methods, for a browser too', async (t) => {
  const app = await testApp(t);
  for (const url of [...ROUTES, '/image/0']) {
    const { statusCode, headers, body } = await app.inject({ method: 'OPTIONS', url });
    t.match([statusCode, headers['allow'], body], [204, 'GET, HEAD, OPTIONS', ''], url);
    t.equal(headers['access-control-allow-methods'], undefined, 'no preflight');
    const preflight = {
      origin: 'http://page.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,cache-control',
    };
    t.match((await app.inject({ method: 'OPTIONS', url, headers: preflight })).headers, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'authorization,cache-control',
      'access-control-max-age': '86400',
    });
  }
});

t.test('the problem names the method', async (t) => {
  const app = await testApp(t);
  const response = await app.inject({ method: 'DELETE', url: '/image/600x400' });
  t.match(problemOf(t, response, '/image/600x400'), {
    code: 'method-not-allowed',
    status: 405,
    detail: 'the method must be one of GET, HEAD, OPTIONS, got DELETE',
    parameter: 'method',
    value: 'DELETE',
  });
});

/** Bodies that a framework might trip over before it looks at the method. */
const BODIES = [
  ['application/json', '{"broken'],
  ['application/json', ''],
  ['application/json', '{"__proto__":1}'],
  ['x/strange', 'x'],
  [';;;', 'x'],
  ['', 'x'],
  ['multipart/form-data', 'x'],
  ['text/plain; charset=nothing', 'x'.repeat(2 ** 21)],
] as const;

t.test('a body changes nothing, whatever its type', async (t) => {
  const app = await testApp(t);
  for (const [type, payload] of BODIES) {
    const request = { payload, headers: { 'content-type': type } };
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'SEARCH'] as const) {
      const refused = await app.inject({ method, url: '/image/600x400', ...request });
      t.equal(refused.statusCode, method === 'OPTIONS' ? 204 : 405, `${method} ${type}`);
      const nothing = await app.inject({ method, url: '/nothing', ...request });
      t.equal(nothing.statusCode, 404, `${method} ${type}`);
    }
    t.equal((await app.inject({ method: 'GET', url: '/image/60x40', ...request })).statusCode, 200, type);
  }
});

t.test('paths that do not exist', async (t) => {
  const app = await testApp(t);
  for (const url of [
    '/nothing',
    '/nothing/300',
    '/image600x400',
    '/image%2f600x400',
    '/2024/06/02',
    '/img/600x400/nocolour',
    '/2001x2000',
  ]) {
    for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
      const response = await app.inject({ method, url });
      t.equal(response.statusCode, 404, `${method} ${url}`);
      t.match(response.json(), { code: 'not-found', detail: /\/image\/600x400/, status: 404 });
    }
  }
  problemOf(t, await app.inject('/nothing?a=b'), '/nothing?a=b');
});

/** A URL that is nearly one of ours, and the one that was meant. */
const NEAR = [
  ['/600x400', '/image/600x400'],
  ['/600X400.webp?text=Hi', '/image/600X400.webp?text=Hi'],
  ['/300&text=Hi', '/image/300?text=Hi'],
  ['/img/600x400', '/image/600x400'],
  ['/img/300@2x', '/image/300@2x'],
  ['/images/600x400/fff/000.png', '/image/600x400/fff/000.png'],
  ['/Image/600x400', '/image/600x400'],
  ['/anything/600x400', '/image/600x400'],
  ['//image/600x400', '/image/600x400'],
  ['/image?width=600&height=400', '/image/600x400'],
  ['/image?w=300&text=Hi', '/image/300?text=Hi'],
  ['/placeholder?width=300&height=200&bg=fff', '/image/300x200?bg=fff'],
  ['/image/?width=600&height=400', '/image/600x400'],
  ['/image?height=400', '/image/400'],
  ['/image?size=600x400&text=Hi', '/image/600x400?text=Hi'],
  ['/img.webp?w=600&h=400', '/image/600x400.webp'],
  ['/600x400&amp;text=Hi&amp;bg=fff', '/image/600x400?text=Hi&bg=fff'],
  ['/600/400', '/image/600x400'],
  ['/img/600/400.png', '/image/600x400.png'],
  ['/600/400/fff?text=Hi', '/image/600x400/fff?text=Hi'],
  ['/og.png', '/image/og.png'],
  ['/img/leaderboard', '/image/leaderboard'],
  ['/api/v1/image/600x400', '/image/600x400'],
  ['/avatars/128/Ada', '/avatar/128/Ada'],
  ['/Avatar/128/Ada.svg', '/avatar/128/Ada.svg'],
  ['/avatar?name=Ada+Lovelace&size=64', '/avatar/64/Ada%20Lovelace'],
  ['/avatar/?name=Ada', '/avatar/128/Ada'],
  ['/image/placehold.co/600x400', '/placehold.co/600x400'],
  ['/image/https://placehold.co/600x400/fff?text=Hi', '/placehold.co/600x400/fff?text=Hi'],
  ['/image/via.placeholder.com/300', '/via.placeholder.com/300'],
  ['/image/dummyimage.com/600x400/000/fff', '/dummyimage.com/600x400/000/fff'],
  ['/img/picsum.photos/id/237/200/300', '/picsum.photos/id/237/200/300'],
  ['/api/v1/placehold.co/600x400', '/placehold.co/600x400'],
  ['/avatar/ui-avatars.com/api/?name=Ada', '/ui-avatars.com/api/?name=Ada'],
  ['/image/api/placeholder/400/300', '/api/placeholder/400/300'],
  ['/image/placeholder.svg?height=10&width=20', '/placeholder.svg?height=10&width=20'],
  ['/image/image/600x400', '/image/600x400'],
  ['/v1/avatar/64/Ada', '/avatar/64/Ada'],
] as const;

t.test('a near miss is answered with the URL that was meant', async (t) => {
  const app = await testApp(t);
  for (const [url, meant] of NEAR) {
    const response = await app.inject(url);
    t.equal(response.statusCode, 400, url);
    const { detail } = problemOf(t, response, url);
    t.equal(/did you mean (\S+)\?$/.exec(String(detail))?.[1], meant, url);
    t.equal((await app.inject(meant)).statusCode, 200);
  }
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
