import t from 'tap';
import { listen, testApp } from '../helper/app.ts';
import { get, KeptConnection } from '../helper/lane.ts';
import { startRedis } from '../helper/redis.ts';

const TOKEN = 'of-the-operator';
const operator = `Authorization: Bearer ${TOKEN}`;
const noStore = 'Cache-Control: max-age=0, no-store';

for (const FAST_LANE of ['on', 'off']) {
  t.test(`an operator may have a picture drawn anew: FAST_LANE=${FAST_LANE}`, async (t) => {
    const redis = await startRedis(t);
    const env = {
      ADMIN_TOKEN: TOKEN,
      CACHE_URL: redis.url,
      RATE_LIMIT: '1',
      REDIS_TIMEOUT_MS: '5000',
      FAST_LANE,
    };
    const connection = new KeptConnection(await listen(await testApp(t, env)));
    t.teardown(() => connection.close());
    const ask = async (target: string, ...fields: string[]) => {
      const { status, headers, body } = await connection.ask(get(target, ...fields));
      return { status, cache: headers.get('x-cache'), by: headers.get('cache-status'), headers, body };
    };
    const before = await ask('/image/30x20', noStore, operator);
    t.match(before, { status: 200, cache: 'miss', by: 'greybox-memory; fwd=request' });
    t.match(before.headers.get('server-timing'), /^queue;dur=[\d.]+, render;dur=[\d.]+$/);
    t.strictSame(await redis.client.keys('*'), [], 'it is kept nowhere');

    const first = await ask('/image/30x20');
    t.match(first, { status: 200, cache: 'miss', body: before.body });
    for (let i = 0; i < 3; i += 1) t.equal((await ask('/image/30x20', noStore)).cache, 'hit-memory');
    t.equal((await ask('/image/30x20', operator)).cache, 'hit-memory');
    t.equal((await ask('/image/30x20', noStore, `${operator}x`)).cache, 'hit-memory', 'by nobody else');
    t.equal((await ask('/image/30x20', 'Cache-Control: no-cache', operator)).cache, 'hit-memory');
    const again = await ask('/image/30x20', noStore, operator);
    t.match(again, { status: 200, cache: 'miss', body: before.body }, 'however many there are drawn of');
    t.equal((await ask('/image/30x20')).cache, 'hit-memory');
  });
}

t.test('without ADMIN_TOKEN nobody is an operator', async (t) => {
  const app = await testApp(t);
  const ask = (authorization: string) =>
    app.inject({ url: '/image/30x20', headers: { 'cache-control': 'no-store', authorization } });
  await ask('Bearer undefined');
  for (const authorization of ['Bearer undefined', 'Bearer ', ''])
    t.equal((await ask(authorization)).headers['x-cache'], 'hit-memory');
});
