import type { FastifyInstance } from 'fastify';
import t from 'tap';
import { testApp } from '../helper/app.ts';
import { type RedisServer, startRedis } from '../helper/redis.ts';
import { eventually } from '../helper/wait.ts';

const URL_ = '/image/60x40';
const KEY = '60.40.png';

/** X-Cache, Cache-Status and Server-Timing of one request. */
async function cacheHeaders(app: FastifyInstance, url = URL_): Promise<[unknown, unknown, unknown]> {
  const { headers } = await app.inject(url);
  return [headers['x-cache'], headers['cache-status'], headers['server-timing']];
}

/** The write follows the answer: waits until Redis has it. */
async function arrived(
  { client }: RedisServer,
  key: string,
  isThere = (_body: Buffer) => true,
): Promise<void> {
  await eventually(key, async () => {
    const body = await client.getBuffer(key);
    return body !== null && isThere(body);
  });
}

const DUR = 'dur=\\d+\\.\\d+';
const RENDERED = new RegExp(`^queue;${DUR}, render;${DUR}$`);
const ASKED_AND_RENDERED = new RegExp(`^redis;${DUR}, queue;${DUR}, render;${DUR}$`);

t.test('memory alone: miss, then hit', async (t) => {
  const app = await testApp(t);
  const [xCache, status, timing] = await cacheHeaders(app);
  t.same([xCache, status], ['miss', 'greybox-memory; fwd=uri-miss; stored']);
  t.match(timing, RENDERED);
  const [again, ttl, none] = await cacheHeaders(app);
  t.equal(again, 'hit-memory');
  t.match(ttl, /^greybox-memory; hit; ttl=35\d\d$/);
  t.equal(none, undefined, 'no Server-Timing where no time was spent');
});

t.test('a picture larger than the whole memory is not stored', async (t) => {
  const app = await testApp(t, { MEMORY_CACHE_MB: '0' });
  for (let i = 0; i < 2; i++) {
    t.same((await cacheHeaders(app)).slice(0, 2), ['miss', 'greybox-memory; fwd=uri-miss']);
  }
});

t.test('the lifetime of a picture follows the settings', async (t) => {
  const app = await testApp(t, { CACHE_TTL_SECONDS: '60' });
  const { headers } = await app.inject(URL_);
  t.equal(headers['cache-control'], 'public, max-age=60, stale-while-revalidate=86400, stale-if-error=86400');
  t.match((await cacheHeaders(app))[1], /^greybox-memory; hit; ttl=5\d$/);
});

t.test('requests for one cold key share one render', async (t) => {
  const app = await testApp(t);
  const responses = await Promise.all(Array.from({ length: 8 }, () => app.inject('/image/600x400.webp')));
  const statuses = responses.map(({ headers }) => headers['cache-status']);
  const leader = 'greybox-memory; fwd=uri-miss; stored';
  t.equal(statuses.filter((status) => status === leader).length, 1);
  t.equal(statuses.filter((status) => status === `${leader}; collapsed`).length, 7);
  t.same(new Set(responses.map(({ headers }) => headers['x-cache'])), new Set(['miss']));
  t.equal(new Set(responses.map(({ headers }) => headers['server-timing'])).size, 1, 'one render was timed');
  t.equal(new Set(responses.map(({ headers }) => headers.etag)).size, 1);
});

t.test('with Redis', async (t) => {
  const redis = await startRedis(t);
  const { client } = redis;
  // Not about time: a machine that is busy must not make Redis look slow.
  const env = { REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '5000' };
  const miss = 'greybox-redis; fwd=uri-miss; stored, greybox-memory; fwd=uri-miss; stored';

  t.test('miss, then hit-redis with the time left, then hit-memory with the same time', async (t) => {
    const [first, second] = [await testApp(t, env), await testApp(t, env)];
    const [xCache, status, timing] = await cacheHeaders(first);
    t.same([xCache, status], ['miss', miss]);
    t.match(timing, ASKED_AND_RENDERED);
    await arrived(redis, KEY);
    await client.pexpire(KEY, 1_234_900);
    const promoted = await cacheHeaders(second);
    t.equal(promoted[0], 'hit-redis');
    t.match(promoted[1], /^greybox-redis; hit; ttl=123[34], greybox-memory; fwd=uri-miss; stored$/);
    const [hit, left, none] = await cacheHeaders(second);
    t.equal(hit, 'hit-memory');
    t.match(left, /^greybox-memory; hit; ttl=12[23]\d$/);
    t.equal(none, undefined);
  });

  t.test('the headers of a picture do not depend on the tier it comes from', async (t) => {
    const [first, second] = [await testApp(t, env), await testApp(t, env)];
    const made = await first.inject('/image/64x40.svg');
    await arrived(redis, '64.40.svg');
    const read = await second.inject('/image/64x40.svg');
    t.equal(read.headers['x-cache'], 'hit-redis');
    t.same(read.rawPayload, made.rawPayload);
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control', 'content-disposition'])
      t.equal(read.headers[name], made.headers[name], name);
  });

  t.test('collapsed requests share what Redis had', async (t) => {
    const app = await testApp(t, env);
    await (await testApp(t, env)).inject('/image/65x40');
    await arrived(redis, '65.40.png');
    const all = await Promise.all(Array.from({ length: 4 }, () => cacheHeaders(app, '/image/65x40')));
    t.same(new Set(all.map(([xCache]) => xCache)), new Set(['hit-redis']));
    t.equal(all.filter(([, status]) => /; stored; collapsed$/.test(String(status))).length, 3);
  });

  t.test('bytes that are not this picture are a miss and are overwritten', async (t) => {
    const png = (await (await testApp(t)).inject('/image/62x40')).rawPayload;
    const wrong = (await (await testApp(t)).inject('/image/40x62')).rawPayload;
    for (const rubbish of [wrong, Buffer.from('rubbish'), png.subarray(0, -1), Buffer.alloc(0)]) {
      await client.set('62.40.png', rubbish, 'EX', 100);
      const app = await testApp(t, env);
      const response = await app.inject('/image/62x40');
      t.equal(response.headers['x-cache'], 'miss');
      const status = 'greybox-redis; fwd=miss; detail=invalid; stored, greybox-memory; fwd=uri-miss; stored';
      t.equal(response.headers['cache-status'], status);
      t.same(response.rawPayload, png);
      await arrived(redis, '62.40.png', (body) => body.equals(png));
    }
  });

  t.test('a prefix goes before every key', async (t) => {
    const app = await testApp(t, { ...env, CACHE_KEY_PREFIX: redis.prefix });
    await app.inject('/image/63x40');
    await arrived(redis, `${redis.prefix}63.40.png`);
    t.equal(await client.exists('63.40.png'), 0);
  });

  t.test('a Redis that is gone is bypassed', async (t) => {
    const app = await testApp(t, env);
    await redis.stop();
    // The connection's end may be seen during the first call or before it.
    t.match((await cacheHeaders(app, '/image/66x40'))[1], /^greybox-redis; fwd=(miss|bypass); detail=/);
    const bypassed = 'greybox-redis; fwd=bypass; detail=breaker-open, greybox-memory; fwd=uri-miss; stored';
    let height = 0;
    await eventually('a bypass', async () => {
      height += 1;
      return (await cacheHeaders(app, `/image/67x${height}`))[1] === bypassed;
    });
  });
});
