import { once } from 'node:events';
import t, { type Test } from 'tap';
import { MemoryStore } from '../../src/cache/memory-store.ts';
import { SharedTier } from '../../src/cache/shared-tier.ts';
import type { SharedStore } from '../../src/cache/store.ts';
import { openStore } from '../../src/cache/stores/open-store.ts';
import { TieredCache } from '../../src/cache/tiered-cache.ts';
import { connectCache, countingOrigin } from '../helper/cache.ts';
import { deferred } from '../helper/deferred.ts';
import { PASS, startProxy, type Treatment } from '../helper/proxy.ts';
import { startRedis } from '../helper/redis.ts';
import { eventually } from '../helper/wait.ts';

const redis = await startRedis(t);

/** Every command is answered, and nobody may subscribe. */
const DEAF: Treatment = (piece, client, pass) => (piece.includes('subscribe') ? client.destroy() : pass());

/** Ends every connection that hears. */
async function endHearing(): Promise<void> {
  const list = String(await redis.client.client('LIST', 'TYPE', 'PUBSUB'));
  for (const [, id = ''] of list.matchAll(/^id=(\d+)/gm)) await redis.client.client('KILL', 'ID', id);
}

/** An instance behind a proxy, and one that is not; both have the key in memory. */
async function instances(t: Test, key: string, user = '') {
  const proxy = await startProxy(t, redis.port);
  const apart = await connectCache(t, `redis://${user}127.0.0.1:${proxy.port}`);
  const { cache: other } = await connectCache(t, redis.url);
  await eventually('both to hear', async () => {
    const [, hearing] = await redis.client.pubsub('NUMSUB', 'greybox:purge:');
    return hearing === 2;
  });
  for (const cache of [other, apart.cache]) {
    await cache.get(key, countingOrigin());
    await eventually(`${key} in Redis`, () => redis.client.exists(key));
  }
  t.strictSame([other.memory.size, apart.cache.memory.size], [1, 1]);
  const ask = () => apart.cache.get(key, countingOrigin());
  return { proxy, apart, other, ask };
}

t.test('an instance that hears no purges, but can read the shared tier, has no memory', async (t) => {
  const { proxy, apart, other, ask } = await instances(t, '1.1.png');
  proxy.treat(DEAF);
  await endHearing();
  await eventually('an empty memory', () => apart.cache.memory.size === 0);
  for (const _ of [1, 2]) t.match(await ask(), { from: 'shared', stored: false });
  t.equal(await other.purge('1.1.png'), true);
  t.match(await ask(), { from: undefined, stored: false }, 'what is drawn is not kept either');
  t.equal(apart.changes.length, 0, 'the tier was up all the time');
  proxy.treat(PASS);
  await eventually('it to keep again', async () => (await ask()).stored);
  t.match(await ask(), { from: 'memory' });
});

t.test('an instance that was cut off forgets before it is back, even if it hears later', async (t) => {
  await redis.client.call('ACL', 'SETUSER', 'apart', 'on', '>pass', '~*', '&*', '+@all');
  const { proxy, apart, other, ask } = await instances(t, '2.1.png', 'apart:pass@');
  proxy.treat(DEAF);
  await redis.client.call('ACL', 'SETUSER', 'apart', 'off');
  await redis.client.call('CLIENT', 'KILL', 'USER', 'apart');
  await apart.changed(1);
  t.equal(await other.purge('2.1.png'), true);
  t.match(await ask(), { from: 'memory' }, 'memory is all that it has');
  await redis.client.call('ACL', 'SETUSER', 'apart', 'on');
  await apart.changed(2);
  t.strictSame(apart.changes, ['open', 'closed']);
  t.equal(apart.cache.memory.size, 0);
  t.match(await ask(), { from: undefined, stored: false });
});

t.test('a server that lets nobody subscribe leaves memory as it is', async (t) => {
  await redis.client.call('ACL', 'SETUSER', 'mute', 'on', '>pass', '~*', '&*', '+@all', '-subscribe');
  const { cache } = await connectCache(t, redis.url.replace('://', '://mute:pass@'));
  await eventually('it to keep', async () => (await cache.get('3.1.png', countingOrigin())).stored);
  t.match(await cache.get('3.1.png', countingOrigin()), { from: 'memory' });
});

/** Keeps the answer to TIME, without which nothing is written, until it is told to go on. */
function heldWrites(): { treatment: Treatment; held: () => boolean; release: () => void } {
  const passes: (() => void)[] = [];
  const treatment: Treatment = (piece, _client, pass) => {
    if (/^\*2\r\n\$10\r\n\d{10}\r\n/.test(piece.toString('latin1'))) passes.push(pass);
    else pass();
  };
  return { treatment, held: () => passes.length > 0, release: () => passes.forEach((pass) => void pass()) };
}

t.test('a picture drawn before a purge and written after it is removed again', async (t) => {
  const { proxy, apart, other } = await instances(t, '4.1.png');
  await other.purge('4.1.png');
  await eventually('the purge', () => apart.cache.memory.size === 0);
  // Another connection has not compared its clock with the server's yet.
  const late = await connectCache(t, `redis://127.0.0.1:${proxy.port}`);
  const { treatment, held, release } = heldWrites();
  proxy.treat(treatment);
  await eventually('it to hear', () => late.shared.hearsPurges);
  t.match(await late.cache.get('4.1.png', countingOrigin()), { stored: true });
  await eventually('its write', held);
  t.equal(await other.purge('4.1.png'), false, 'it is nowhere yet');
  await eventually('an empty memory', () => late.cache.memory.size === 0);
  release();
  await eventually('a write', () => late.shared.stats.sets === 1);
  await eventually('that it is gone', async () => (await redis.client.exists('4.1.png')) === 0);
});

t.test('a purge waits for the writes of its own instance', async (t) => {
  const store = openStore(redis.url, 5000);
  const gate = deferred<void>();
  // As in a cluster, where a write can go another way than what follows it.
  const slow: SharedStore = {
    name: 'redis',
    bus: store.bus,
    connect: () => store.connect(),
    get: (key, maxBytes) => store.get(key, maxBytes),
    set: (key, body, ttl) => gate.promise.then(() => store.set(key, body, ttl)),
    delete: (key) => store.delete(key),
    deleteMatching: (glob, passes) => store.deleteMatching(glob, passes),
    ping: () => store.ping(),
    onConnection: (listener) => store.onConnection(listener),
    close: () => store.close(),
  };
  const shared = new SharedTier(slow);
  t.teardown(() => shared.close());
  const cache = new TieredCache(new MemoryStore(2 ** 20, () => 0), shared, 60_000, () => 0);
  await shared.connect();
  await eventually('it to hear', () => shared.hearsPurges);
  await cache.get('5.1.png', countingOrigin());
  const ear = redis.client.duplicate();
  t.teardown(() => ear.disconnect());
  await ear.subscribe('greybox:purge:');
  const announced = once(ear, 'message');
  const purged = cache.purge('5.1.png');
  await announced;
  // Time for a removal that waits for nothing.
  for (const _ of [1, 2, 3]) await redis.client.ping();
  gate.resolve();
  t.equal(await purged, true);
  await eventually('the write', () => shared.stats.sets === 1);
  t.equal(await redis.client.exists('5.1.png'), 0);
});

t.test('a late answer does not cost the whole memory', async (t) => {
  const proxy = await startProxy(t, redis.port);
  const { cache } = await connectCache(t, `redis://127.0.0.1:${proxy.port}`, { timeout: 100 });
  await eventually('it to keep', async () => (await cache.get('6.1.png', countingOrigin())).stored);
  let pongs = 0;
  // In the form that a connection has which subscribes; three times as late as a call may be.
  proxy.treat((piece, _client, pass) => {
    if (!piece.toString('latin1').startsWith('*2\r\n$4\r\npong')) pass();
    else
      setTimeout(() => {
        pongs += 1;
        pass();
      }, 300);
  });
  await eventually('two signs of life', () => pongs >= 2);
  t.equal(cache.memory.size, 1);
});
