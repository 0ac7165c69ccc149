import type { FastifyInstance } from 'fastify';
import t from 'tap';
import { listen, testApp } from '../helper/app.ts';
import { startNginx } from '../helper/nginx.ts';
import { eventually } from '../helper/wait.ts';

const CLIENTS = 50;

/** An answer as the proxy gave it. */
async function ask(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  const body = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    cache: response.headers.get('x-proxy-cache'),
    headers: response.headers,
    body,
  };
}

/** Requests for pictures that reached the service, by status. */
const reached = (app: FastifyInstance): Record<string, number> =>
  Object.fromEntries(app.requestCounts.rows().map(({ status, count }) => [status, count]));

t.test('fifty clients of a proxy cost one request', async (t) => {
  const app = await testApp(t);
  const proxy = await startNginx(t, await listen(app));
  const url = `${proxy}/image/600x400.webp`;
  const answers = await Promise.all(Array.from({ length: CLIENTS }, () => ask(url)));
  t.same(new Set(answers.map(({ status }) => status)), new Set([200]));
  t.equal(answers.filter(({ cache }) => cache === 'MISS').length, 1);
  t.equal(answers.filter(({ cache }) => cache === 'HIT').length, CLIENTS - 1);
  t.same(reached(app), { 200: 1 });
  const direct = await app.inject('/image/600x400.webp');
  for (const { body } of answers) t.ok(body.equals(direct.rawPayload));
  const [first] = answers;
  for (const name of ['etag', 'cache-control', 'content-type', 'content-length', 'content-disposition'])
    t.equal(first?.headers.get(name), direct.headers[name], name);

  const etag = first?.headers.get('etag') ?? '';
  const unchanged = await ask(url, { 'if-none-match': etag });
  t.match([unchanged.status, unchanged.cache, unchanged.body.length], [304, 'HIT', 0]);
  t.same(reached(app), { 200: 2 }, 'the one that was asked directly');
});

t.test('a stale picture is revalidated, not sent again', async (t) => {
  const app = await testApp(t, { CACHE_TTL_SECONDS: '1' });
  const proxy = await startNginx(t, await listen(app));
  const url = `${proxy}/image/60x40.png`;
  const first = await ask(url);
  t.equal(first.cache, 'MISS');
  let again = first;
  await eventually('a revalidation', async () => {
    again = await ask(url);
    return again.cache !== 'HIT';
  });
  t.match([again.status, again.cache], [200, 'REVALIDATED']);
  t.ok(again.body.equals(first.body));
  t.equal(again.headers.get('etag'), first.headers.get('etag'), 'drawn anew, it is the same');
  t.same(reached(app), { 200: 1, 304: 1 });
});

t.test('auto is cached once for each Accept', async (t) => {
  const app = await testApp(t);
  const proxy = await startNginx(t, await listen(app));
  for (const type of ['image/webp', 'image/gif']) {
    for (const cache of ['MISS', 'HIT']) {
      const answer = await ask(`${proxy}/image/60x40.auto`, { accept: type });
      t.match([answer.status, answer.cache, answer.headers.get('content-type')], [200, cache, type]);
    }
  }
  t.same(reached(app), { 200: 2 });
});

t.test('errors are not cached', async (t) => {
  const app = await testApp(t);
  const proxy = await startNginx(t, await listen(app));
  const types = { 'image/*': 'image/svg+xml', '*/*': 'application/problem+json' };
  for (const accept of [...Object.keys(types), ...Object.keys(types)] as (keyof typeof types)[]) {
    const answer = await ask(`${proxy}/image/0`, { accept });
    t.match([answer.status, answer.cache, answer.headers.get('content-type')], [400, 'MISS', types[accept]]);
  }
  t.same(reached(app), { 400: 4 });
});
