import t, { type Test } from 'tap';
import type { Found, TieredCache } from '../../src/cache/tiered-cache.ts';
import { connectCache, countingOrigin, image } from '../helper/cache.ts';
import { freePort } from '../helper/ports.ts';
import { startRedis } from '../helper/redis.ts';
import { eventually, timed } from '../helper/wait.ts';

/** Bound on one call to Redis, and what a busy machine may add to a request; ms. */
const TIMEOUT = 300;
const SLACK = 700;

let keys = 0;

const connect = (t: Test, url: string) => connectCache(t, url, { timeout: TIMEOUT });

/** Gets new keys one after another; each is served, and held up by no more than one call's bound. */
async function serves(t: Test, cache: TieredCache, times: number): Promise<Found[]> {
  const all: Found[] = [];
  for (let time = 0; time < times; time += 1) {
    keys += 1;
    const { ms, outcome } = await timed(() => cache.get(`outage ${keys}`, countingOrigin()));
    if (outcome.status === 'rejected') throw outcome.reason;
    if (ms > TIMEOUT + SLACK) t.fail(`a request took ${Math.round(ms)} ms`);
    all.push(outcome.value);
  }
  t.ok(
    all.every(({ entry }) => entry.body.equals(image('made'))),
    `${times} served`,
  );
  return all;
}

const results = (all: readonly Found[]) => all.map(({ shared }) => shared?.result);

t.test('nothing listens', async (t) => {
  const { cache, shared, changes } = await connect(t, `redis://127.0.0.1:${await freePort()}`);
  t.equal(shared.state === 'closed', false, 'that is known before the first request');
  t.strictSame(new Set(results(await serves(t, cache, 50))), new Set(['bypass']));
  t.strictSame(changes, ['open']);
});

t.test('a name that does not exist', async (t) => {
  const { cache, changed, changes } = await connect(t, 'redis://nowhere.invalid:6379');
  await serves(t, cache, 10);
  await changed(1);
  await serves(t, cache, 10);
  t.strictSame(changes, ['open']);
});

t.test('Redis is killed, and comes back empty on the same port', async (t) => {
  const redis = await startRedis(t);
  const { cache, shared, changes, changed } = await connect(t, redis.url);
  t.strictSame(results(await serves(t, cache, 2)), ['miss', 'miss']);
  await redis.stop();
  await serves(t, cache, 50);
  await changed(1);
  t.strictSame(new Set(results(await serves(t, cache, 20))), new Set(['bypass']));
  t.not(shared.state, 'closed');
  t.strictSame(changes, ['open'], 'told once');

  await redis.restart();
  await changed(2);
  t.strictSame(changes, ['open', 'closed']);
  // What is made when purges are heard again is not kept: its key may have been purged meanwhile.
  await eventually('a value that is kept', async () => {
    keys += 1;
    const key = `${redis.prefix}after ${keys}`;
    const { shared: lookup } = await cache.get(key, countingOrigin());
    return lookup?.result === 'miss' && lookup.stored && (await redis.client.exists(key)) === 1;
  });
});

t.test('Redis hangs, and goes on', async (t) => {
  const redis = await startRedis(t);
  const { cache, shared, changes, changed } = await connect(t, redis.url);
  await serves(t, cache, 1);
  redis.pause();
  const hanging = await serves(t, cache, 10);
  const asked = results(hanging).filter((result) => result !== 'bypass').length;
  t.ok(asked > 0 && asked <= 3, `${asked} requests waited`);
  t.not(shared.state, 'closed');
  const { ms } = await timed(() => serves(t, cache, 50));
  t.ok(ms < SLACK, `then none does: 50 took ${Math.round(ms)} ms`);
  t.strictSame(changes, ['open']);

  redis.resume();
  await changed(2);
  t.strictSame(results(await serves(t, cache, 2)), ['miss', 'miss']);
  t.strictSame(changes, ['open', 'closed']);
});

t.test('many requests at once while Redis hangs', async (t) => {
  const redis = await startRedis(t);
  const { cache, changes } = await connect(t, redis.url);
  await serves(t, cache, 1);
  redis.pause();
  const { ms, outcome } = await timed(() =>
    Promise.all(Array.from({ length: 200 }, (_, index) => cache.get(`crowd ${index}`, countingOrigin()))),
  );
  t.equal(outcome.status, 'fulfilled');
  t.ok(ms < TIMEOUT + SLACK, `200 took ${Math.round(ms)} ms`);
  t.strictSame(changes, ['open']);
});

t.test('Redis hangs before the first connection', async (t) => {
  const redis = await startRedis(t);
  redis.pause();
  const { ms } = await timed(async () => {
    const { cache, shared, changes, changed } = await connect(t, redis.url);
    await serves(t, cache, 20);
    t.not(shared.state, 'closed');
    redis.resume();
    await changed(2);
    t.strictSame(changes, ['open', 'closed']);
    t.strictSame(results(await serves(t, cache, 1)), ['miss']);
  });
  t.ok(ms < 10_000);
});

t.test('hits in memory are served without asking', async (t) => {
  const redis = await startRedis(t);
  const { cache } = await connect(t, redis.url);
  await cache.get('hot', countingOrigin());
  redis.pause();
  const { ms } = await timed(async () => {
    for (let time = 0; time < 100; time += 1)
      t.equal((await cache.get('hot', countingOrigin())).from, 'memory');
  });
  t.ok(ms < TIMEOUT, `100 hits took ${Math.round(ms)} ms`);
});

const REFUSALS = {
  full: ['config', 'SET', 'maxmemory', '1'],
  'read-only': ['replicaof', '127.0.0.1', '1'],
} as const;

for (const [name, [command, ...args]] of Object.entries(REFUSALS)) {
  t.test(`Redis is ${name}`, async (t) => {
    const redis = await startRedis(t);
    const { cache, changes } = await connect(t, redis.url);
    const kept = ['a', 'b'].map((key) => `${redis.prefix}${key}`);
    for (const key of kept) await redis.client.set(key, image('kept'), 'PX', 60_000);
    await redis.client.call(command, ...args);
    await t.rejects(redis.client.set(`${redis.prefix}c`, 'a'), 'it refuses writes');
    await serves(t, cache, 20);
    const crowd = Array.from({ length: 50 }, (_, index) => cache.get(`crowd ${index}`, countingOrigin()));
    await Promise.all(crowd);
    // The first answer comes after those to all writes, so that the second look-up would be spared.
    for (const key of kept) t.match(await cache.get(key, countingOrigin()), { from: 'shared' });
    t.strictSame(changes, [], 'what it has is still read');
  });
}

t.test('a closed cache still serves', async (t) => {
  const redis = await startRedis(t);
  const { cache, shared, changes } = await connect(t, redis.url);
  await shared.close();
  await serves(t, cache, 5);
  t.strictSame(changes, [], 'and tells of no outage');
});
