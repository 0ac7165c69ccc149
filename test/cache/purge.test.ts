import t, { type Test } from 'tap';
import { MemoryStore } from '../../src/cache/memory-store.ts';
import { readPurge, writePurge } from '../../src/cache/purge.ts';
import { TieredCache } from '../../src/cache/tiered-cache.ts';
import { GreyboxError } from '../../src/errors.ts';
import { connectCache, countingOrigin, image } from '../helper/cache.ts';
import { fakeClock } from '../helper/clock.ts';
import { deferred } from '../helper/deferred.ts';
import { startProxy } from '../helper/proxy.ts';
import { startRedis } from '../helper/redis.ts';
import { eventually } from '../helper/wait.ts';

const redis = await startRedis(t);

/** Instances that share the server, each with these keys in its memory. */
async function instances(t: Test, count: number, ...keys: string[]) {
  const all = await Promise.all(Array.from({ length: count }, () => connectCache(t, redis.url)));
  for (const key of keys) {
    for (const { cache } of all) await cache.get(key, countingOrigin());
    await eventually(`${key} in Redis`, () => redis.client.exists(key));
  }
  return all.map(({ cache }) => cache);
}

const tierOf = async (cache: TieredCache, key: string) => (await cache.get(key, countingOrigin())).from;

t.test('purges as they are published', async (t) => {
  for (const purge of [{ key: '600.400.png?text=a b' }, { match: '600.*' }, { key: '' }, { match: 'a b' }]) {
    t.strictSame(readPurge(writePurge('id', purge)), { sender: 'id', purge });
  }
  for (const strange of ['', 'key', 'id matches x', 'key 600.400.png']) {
    t.strictSame(
      readPurge(strange),
      { sender: undefined, purge: { match: '*' } },
      'what cannot be read means everything',
    );
  }
});

t.test('without a shared tier', async (t) => {
  const clock = fakeClock();
  const cache = new TieredCache(new MemoryStore(2 ** 20, clock.now), undefined, 60_000, clock.now);
  for (const key of ['600.400.png', '600.300.png', '60.40.png']) await cache.get(key, countingOrigin());
  t.equal(await cache.purge('600.400.png'), true);
  t.equal(await cache.purge('600.400.png'), false);
  t.equal(await cache.purgeMatching('600.*'), 1);
  t.equal(await tierOf(cache, '60.40.png'), 'memory');
  t.equal(await tierOf(cache, '600.400.png'), undefined);
  t.equal(cache.stats.purges, 3);
});

t.test('one key, on three instances', async (t) => {
  const [one, two, three] = await instances(t, 3, '600.400.png', '600.400.gif');
  t.equal(await one?.purge('600.400.png'), true);
  t.equal(await redis.client.exists('600.400.png'), 0);
  for (const other of [two, three]) {
    await eventually('the purge', () => other?.memory.size === 1);
    t.equal(await tierOf(other as TieredCache, '600.400.gif'), 'memory', 'and nothing else');
  }
  t.equal(await tierOf(two as TieredCache, '600.400.png'), undefined);
});

t.test('a glob, on two instances', async (t) => {
  const keys = ['1.1.png', '1.2.png', '1.2.png?text=[a]', '2.1.png'];
  const [one, two] = await instances(t, 2, ...keys);
  t.equal(await one?.purgeMatching('1.2.png?text=\\[a\\]'), 1);
  t.equal(await one?.purgeMatching('1.*'), 2);
  t.equal(await redis.client.exists(...keys), 1);
  await eventually('the purge', () => two?.memory.size === 1);
  t.equal(one?.memory.size, 1);
});

t.test('instances with another prefix, and keys of other programs, are left alone', async (t) => {
  const of = (prefix: string) =>
    connectCache(t, redis.url, { prefix, owns: (key) => /^\d+\.\d+\./.test(key) });
  const [one, other] = [await of('a*:'), await of('ab:')];
  for (const { cache } of [one, other]) await cache.get('3.3.png', countingOrigin());
  await redis.client.set('a*:session', '1');
  await eventually('both', async () => (await redis.client.exists('a*:3.3.png', 'ab:3.3.png')) === 2);
  t.equal(await one.cache.purgeMatching('*'), 1);
  t.strictSame(
    await Promise.all(['a*:3.3.png', 'ab:3.3.png', 'a*:session'].map((key) => redis.client.exists(key))),
    [0, 1, 1],
  );
  // A message to the other instance, after those that it must not have heard.
  await redis.client.publish('greybox:purge:ab:', 'id key none');
  await eventually(
    'its bus',
    async () => (await redis.client.pubsub('NUMSUB', 'greybox:purge:ab:'))[1] === 1,
  );
  t.equal(other.cache.memory.size, 1);
});

t.test('a value that is purged while it is made or promoted is served, but not kept', async (t) => {
  const { cache } = await connectCache(t, redis.url);
  const purges = { '4.4.png': () => cache.purge('4.4.png'), '4.5.png': () => cache.purgeMatching('4.*') };
  for (const [key, purge] of Object.entries(purges)) {
    const gate = deferred<Buffer>();
    const origin = countingOrigin(() => gate.promise);
    const before = cache.get(key, origin);
    await eventually('the origin', () => origin.made);
    await purge();
    const after = cache.get(
      key,
      countingOrigin(() => image('new')),
    );
    t.equal((await after).entry.body.toString(), image('new').toString(), 'who asks later gets a new one');
    gate.resolve(image('old'));
    t.match(await before, { stored: false, shared: { stored: false }, entry: { body: image('old') } });
    t.equal((await cache.get(key, origin)).entry.body.toString(), image('new').toString());
    await eventually('the new one', async () => (await redis.client.get(key)) === 'IMGnew');
  }
  await cache.purge('4.4.png');
  await redis.client.set('4.4.png', image('old'), 'PX', 60_000);
  const promotion = cache.get('4.4.png', countingOrigin());
  await cache.purge('4.4.png');
  t.equal((await promotion).stored, false, 'a promotion');
});

t.test('a failed purge says so, and empties this memory', async (t) => {
  const server = await startRedis(t);
  const { cache, changed } = await connectCache(t, server.url, { timeout: 300 });
  await cache.get('5.5.png', countingOrigin());
  await server.client.call('replicaof', '127.0.0.1', '1');
  const refused = await cache.purge('5.5.png').catch((error: unknown) => error);
  t.ok(refused instanceof GreyboxError);
  t.match(refused, { code: 'overloaded', retryAfter: 2, message: /redis cannot be purged now/ });
  t.equal(cache.memory.size, 0);
  t.equal(cache.stats.shared?.breaker, 'closed', 'it can still be read');
  await server.stop();
  await changed(1);
  await cache.get('5.5.png', countingOrigin());
  await t.rejects(cache.purgeMatching('*'), { code: 'overloaded' });
  t.equal(cache.memory.size, 0);
});

t.test('an instance whose bus was cut forgets everything when it is back', async (t) => {
  const [one, two] = await instances(t, 2, '6.6.png');
  const asIs = await redis.client.client('LIST', 'TYPE', 'PUBSUB');
  const ids = [...String(asIs).matchAll(/^id=(\d+)/gm)].map(([, id = '']) => id);
  t.ok(ids.length >= 2);
  t.equal(two?.memory.size, 1);
  for (const id of ids) await redis.client.client('KILL', 'ID', id);
  for (const cache of [one, two]) await eventually('an empty memory', () => cache?.memory.size === 0);
  t.equal(await tierOf(two as TieredCache, '6.6.png'), 'shared', 'it hears again, and keeps');
  await one?.purge('6.6.png');
  await eventually('a purge', () => two?.memory.size === 0);
});

t.test('so does one whose bus went silent', async (t) => {
  const proxy = await startProxy(t, redis.port);
  const { cache: cut } = await connectCache(t, `redis://127.0.0.1:${proxy.port}`, { timeout: 300 });
  const [other] = await instances(t, 1, '7.7.png');
  t.equal(await tierOf(cut, '7.7.png'), 'shared');
  proxy.freeze();
  t.equal(await other?.purge('7.7.png'), true);
  t.equal(cut.memory.size, 1, 'it has not heard');
  await eventually('an empty memory', () => cut.memory.size === 0);
});
