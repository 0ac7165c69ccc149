import t from 'tap';
import { MemoryStore } from '../../src/cache/memory-store.ts';
import { SharedTier } from '../../src/cache/shared-tier.ts';
import { TieredCache } from '../../src/cache/tiered-cache.ts';
import { GreyboxError } from '../../src/errors.ts';
import { connectCache, countingOrigin, image } from '../helper/cache.ts';
import { fakeClock } from '../helper/clock.ts';
import { ClockedServer } from '../helper/clocked-store.ts';
import { deferred } from '../helper/deferred.ts';
import { startRedis } from '../helper/redis.ts';
import { eventually } from '../helper/wait.ts';

const LIMIT = 30_000;

t.test('a thousand callers at one time cost one look-up and one making', async (t) => {
  const redis = await startRedis(t);
  const { cache } = await connectCache(t, redis.url);
  const origin = countingOrigin();
  const all = await Promise.all(Array.from({ length: 1000 }, () => cache.get('1.1.png', origin)));
  t.equal(origin.made, 1);
  t.equal(new Set(all.map(({ entry }) => entry)).size, 1);
  t.match(cache.stats, {
    made: 1,
    collapsed: 999,
    shared: { misses: 1, hits: 0 },
    memory: { misses: 1000, sets: 1 },
  });
});

t.test('and one promotion', async (t) => {
  const redis = await startRedis(t);
  const { cache } = await connectCache(t, redis.url);
  await redis.client.set('1.1.png', image('there'), 'PX', 60_000);
  const all = await Promise.all(Array.from({ length: 1000 }, () => cache.get('1.1.png', countingOrigin())));
  t.ok(all.every(({ from }) => from === 'shared'));
  t.match(cache.stats, { made: 0, collapsed: 999, shared: { hits: 1, misses: 0 }, memory: { sets: 1 } });
  const info = await redis.client.info('commandstats');
  t.match(info, /cmdstat_getrange:calls=1,/, 'Redis was asked once');
});

t.test('making that takes too long ends for all its callers, and the next one starts anew', async (t) => {
  const clock = fakeClock();
  const cache = new TieredCache(
    new MemoryStore(2 ** 20, clock.now),
    undefined,
    60_000,
    clock.now,
    clock.timer,
  );
  const gate = deferred<Buffer>();
  const slow = countingOrigin(() => gate.promise);
  const waiting = Promise.allSettled([1, 2, 3].map(() => cache.get('1.1.png', slow)));
  await eventually('the origin', () => slow.made);
  clock.advance(LIMIT - 1);
  t.equal((await Promise.race([waiting, Promise.resolve('waiting')])) as unknown, 'waiting');
  clock.advance(1);
  for (const outcome of await waiting) {
    if (outcome.status === 'fulfilled') return void t.fail('it did not end');
    t.ok(outcome.reason instanceof GreyboxError);
    t.match(outcome.reason, { code: 'overloaded', retryAfter: 5, message: /longer than 30 s/ });
  }
  t.equal((await cache.get('1.1.png', countingOrigin())).entry.body.toString(), image('made').toString());
  gate.resolve(image('late'));
  await gate.promise;
  t.equal(
    (await cache.get('1.1.png', slow)).entry.body.toString(),
    image('made').toString(),
    'the late one is lost',
  );
  t.strictSame(clock.pending, [], 'no timer is left');
});

t.test('an origin that throws at once is treated like any other failure', async (t) => {
  const { now, timer } = fakeClock();
  const cache = new TieredCache(new MemoryStore(2 ** 20, now), undefined, 60_000, now, timer);
  const failing = {
    accepts: () => true,
    make: () => {
      throw new Error('at once');
    },
  };
  await t.rejects(cache.get('1.1.png', failing), { message: 'at once' });
  t.equal((await cache.get('1.1.png', countingOrigin())).from, undefined);
});

t.test('what is counted', async (t) => {
  const clock = fakeClock();
  const server = new ClockedServer(clock.now);
  const shared = new SharedTier(server.connect(), { timer: clock.timer });
  const cache = new TieredCache(new MemoryStore(2000, clock.now), shared, 60_000, clock.now, clock.timer);
  const big = countingOrigin(() => Buffer.concat([image(''), Buffer.alloc(600)]));
  for (const key of ['1.1.png', '1.2.png', '1.2.png', '1.1.png']) await cache.get(key, big);
  await cache.purge('1.2.png');
  const { memory } = cache.stats;
  t.strictSame(memory, { ...memory, hits: 1, misses: 3, errors: 0, sets: 3, evictions: 2, entries: 1 });
  t.ok(memory.bytes > 1000 && memory.bytes <= 2000);
  t.match(cache.stats.shared, {
    hits: 1,
    misses: 2,
    invalid: 0,
    errors: 0,
    sets: 2,
    bypassed: 0,
    breaker: 'closed',
  });

  await server.connect().set('2.1.png', Buffer.from('rubbish'), 1000);
  await cache.get('2.1.png', big);
  t.match(cache.stats.shared, { misses: 3, invalid: 1 });
  server.hangs = true;
  for (const key of ['3.1.png', '3.2.png', '3.3.png', '3.4.png']) await cache.get(key, big);
  await eventually('the writes', () => cache.stats.shared?.writeErrors);
  t.match(cache.stats.shared, { breaker: 'open', hits: 1, misses: 3 });
  const { errors = 0, bypassed = 0 } = cache.stats.shared ?? {};
  t.equal(errors + bypassed, 4);
  t.ok(errors > 0 && bypassed > 0);
  t.match(cache.stats, { made: 7, collapsed: 0, purges: 1 });
  t.ok(Object.isFrozen(cache.stats));
});
