import { randomBytes } from 'node:crypto';
import t from 'tap';
import { MemoryStore } from '../../src/cache/memory-store.ts';
import { etagOf, TieredCache } from '../../src/cache/tiered-cache.ts';
import { connectCache, countingOrigin, image } from '../helper/cache.ts';
import { fakeClock } from '../helper/clock.ts';
import { deferred } from '../helper/deferred.ts';
import { startRedis } from '../helper/redis.ts';
import { eventually } from '../helper/wait.ts';

const TTL = 60_000;

const redis = await startRedis(t);
const { client, url } = redis;
let keys = 0;
/** A key that no other test uses. */
function newKey(): string {
  keys += 1;
  return `${redis.prefix}${keys}`;
}

/** Waits until Redis holds a key: a cache does not wait for its own writes. */
const written = (key: string) => eventually(`${key} in Redis`, () => client.exists(key));

t.test('an entry keeps its validator: none is made per request', async (t) => {
  const clock = fakeClock();
  const cache = new TieredCache(new MemoryStore(2 ** 20, clock.now), undefined, 60_000, clock.now);
  const { entry } = await cache.get('1.1.png', countingOrigin());
  t.equal((await cache.get('1.1.png', countingOrigin())).entry, entry);
});

t.test('a miss is made and stored in both tiers', async (t) => {
  const { cache } = await connectCache(t, url, { ttl: TTL });
  const key = newKey();
  const body = Buffer.concat([image(''), randomBytes(9000)]);
  const origin = countingOrigin(() => body);
  const found = await cache.get(key, origin);
  t.ok(found.entry.body.equals(body));
  t.equal(found.entry.etag, etagOf(body));
  t.match(found, {
    from: undefined,
    shared: { result: 'miss', stored: true },
    stored: true,
    collapsed: false,
  });
  t.ok((found.timings.shared?.ms ?? -1) >= 0);

  await written(key);
  t.ok((await client.getBuffer(key))?.equals(body), 'Redis has exactly the bytes');
  const left = await client.pttl(key);
  t.ok(left > TTL - 10_000 && left <= TTL, `and their time: ${left} ms`);

  const again = await cache.get(key, origin);
  t.equal(again.entry, found.entry, 'memory has the entry itself');
  t.strictSame(
    { ...again, entry: 0 },
    { entry: 0, from: 'memory', stored: false, collapsed: false, timings: {} },
  );
  t.equal(origin.made, 1);
});

t.test('another process answers from Redis, then from its own memory', async (t) => {
  const one = await connectCache(t, url, { ttl: TTL });
  const two = await connectCache(t, url, { ttl: TTL });
  const key = newKey();
  const made = await one.cache.get(key, countingOrigin());
  await written(key);
  const origin = countingOrigin();
  const shared = await two.cache.get(key, origin);
  t.match(shared, {
    from: 'shared',
    shared: { result: 'hit', stored: false },
    stored: true,
    collapsed: false,
  });
  t.equal(shared.entry.etag, made.entry.etag);
  t.ok(shared.entry.body.equals(made.entry.body));
  t.equal((await two.cache.get(key, origin)).from, 'memory');
  t.equal(origin.made, 0);
});

t.test('an image is never served for longer than its lifetime', async (t) => {
  const clock = fakeClock();
  const one = await connectCache(t, url, { ttl: TTL, now: clock.now });
  const two = await connectCache(t, url, { ttl: TTL, now: clock.now });
  const key = newKey();
  const origin = countingOrigin((made) => {
    clock.advance(700);
    return image(String(made));
  });
  const { entry } = await one.cache.get(key, origin);
  t.equal(entry.expiresAt, clock.now() + TTL, 'its time runs from when it was made, not asked for');
  await written(key);

  // Time passes in Redis as well.
  clock.advance(TTL - 20_000);
  await client.pexpire(key, 20_000);
  const promoted = await two.cache.get(key, origin);
  t.equal(promoted.from, 'shared');
  const left = promoted.entry.expiresAt - clock.now();
  t.ok(left <= 20_000 && left > 10_000, `the copy keeps the time that it had left: ${left} ms`);

  await client.del(key);
  clock.advance(left - 1);
  for (const { cache } of [one, two]) t.equal((await cache.get(key, origin)).from, 'memory');
  clock.advance(20_001 - left);
  for (const { cache } of [one, two]) {
    await client.del(key);
    t.equal((await cache.get(key, origin)).from, undefined, 'it is made anew');
    await written(key);
  }
  t.equal(origin.made, 3);
});

t.test("a copy with more time left than an image's lifetime is cut to the lifetime", async (t) => {
  const clock = fakeClock();
  const { cache } = await connectCache(t, url, { ttl: TTL, now: clock.now });
  const key = newKey();
  await client.set(key, image('from longer settings'), 'PX', 10 * TTL);
  const found = await cache.get(key, countingOrigin());
  t.equal(found.from, 'shared');
  t.equal(found.entry.expiresAt, clock.now() + TTL);
});

t.test('bytes that are not an image of the key are a miss, and overwritten', async (t) => {
  const { cache } = await connectCache(t, url, { ttl: TTL });
  for (const bytes of ['', 'IM', 'not an image']) {
    const key = newKey();
    await client.set(key, bytes, 'PX', 10 * TTL);
    const found = await cache.get(key, countingOrigin());
    t.match(found, { from: undefined, shared: { result: 'invalid', stored: true }, stored: true });
    await eventually('the image', async () => (await client.getBuffer(key))?.equals(image('made')));
    t.ok((await client.pttl(key)) <= TTL);
  }
});

t.test('a value of another type is a miss, and overwritten', async (t) => {
  const { cache, shared } = await connectCache(t, url, { ttl: TTL });
  const key = newKey();
  await client.lpush(key, 'a');
  await client.pexpire(key, TTL);
  t.match(await cache.get(key, countingOrigin()), { shared: { result: 'invalid', stored: true } });
  await eventually('the image', async () => (await client.type(key)) === 'string');
  t.equal(shared.state, 'closed');
});

t.test('callers at one time cost one making', async (t) => {
  const { cache } = await connectCache(t, url);
  const key = newKey();
  const gate = deferred<Buffer>();
  const origin = countingOrigin(() => gate.promise);
  const gets = Array.from({ length: 200 }, () => cache.get(key, origin));
  await eventually('the origin', () => origin.made);
  gate.resolve(image('one'));
  const all = await Promise.all(gets);
  t.equal(origin.made, 1);
  t.equal(all.filter(({ collapsed }) => collapsed).length, 199);
  t.equal(new Set(all.map(({ entry }) => entry)).size, 1);
  t.equal((await cache.get(key, origin)).collapsed, false);
});

t.test('they share its error, which nothing keeps', async (t) => {
  const { cache } = await connectCache(t, url);
  const key = newKey();
  const error = new Error('cannot draw');
  const origin = countingOrigin(async (made) => {
    if (made === 1) throw error;
    return image('second');
  });
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => cache.get(key, origin)));
  t.ok(outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason === error));
  t.equal(origin.made, 1);
  t.equal(cache.memory.size, 0);
  t.equal(await client.exists(key), 0);
  t.equal((await cache.get(key, origin)).entry.body.toString(), image('second').toString());
});

t.test('bytes in memory own their memory', async (t) => {
  const one = await connectCache(t, url);
  const two = await connectCache(t, url);
  for (const size of [3, 2000, 100_000]) {
    const key = newKey();
    const slice = Buffer.alloc(2 * size + 300, 'IMG').subarray(99, 99 + size);
    const made = await one.cache.get(
      key,
      countingOrigin(() => slice),
    );
    await written(key);
    const shared = await two.cache.get(key, countingOrigin());
    t.equal(shared.from, 'shared');
    for (const { body } of [made.entry, shared.entry]) {
      t.ok(body.equals(slice));
      t.equal(body.buffer.byteLength, body.length, `${size} bytes`);
    }
  }
});

t.test('a value too large for memory comes from Redis each time', async (t) => {
  const { cache } = await connectCache(t, url, { budget: 1000 });
  const key = newKey();
  const origin = countingOrigin(() => Buffer.concat([image(''), Buffer.alloc(2000)]));
  t.match(await cache.get(key, origin), { from: undefined, stored: false, shared: { stored: true } });
  await written(key);
  t.match(await cache.get(key, origin), { from: 'shared', stored: false });
  t.equal(origin.made, 1);
});

t.test('without a shared tier', async (t) => {
  const clock = fakeClock();
  const cache = new TieredCache(new MemoryStore(2 ** 20, clock.now), undefined, TTL, clock.now);
  const origin = countingOrigin();
  const found = await cache.get('key', origin);
  t.strictSame(
    { ...found, entry: 0 },
    { entry: 0, from: undefined, stored: true, collapsed: false, timings: {} },
  );
  clock.advance(TTL - 1);
  t.equal((await cache.get('key', origin)).from, 'memory');
  clock.advance(1);
  t.equal((await cache.get('key', origin)).from, undefined);
});
