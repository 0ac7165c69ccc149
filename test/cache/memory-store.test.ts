import t from 'tap';
import { MemoryStore } from '../../src/cache/memory-store.ts';
import type { Entry } from '../../src/cache/store.ts';
import { fakeClock } from '../helper/clock.ts';

const KB = 1024;

const entry = (bytes: number, expiresAt = Number.MAX_SAFE_INTEGER): Entry => ({
  body: Buffer.alloc(bytes),
  etag: '"x"',
  expiresAt,
});

t.test('it gives back what it was given', async (t) => {
  const store = new MemoryStore(KB * KB, fakeClock().now);
  const one = entry(KB);
  t.equal(store.get('a'), undefined);
  t.equal(store.set('a', one), true);
  t.equal(store.get('a'), one);
  t.equal(store.get('A'), undefined);
  const two = entry(2 * KB);
  t.equal(store.set('a', two), true);
  t.equal(store.get('a'), two, 'the last one');
  t.equal(store.size, 1);
});

t.test('it stays within its bytes', async (t) => {
  const budget = 100 * KB;
  const store = new MemoryStore(budget, fakeClock().now);
  for (let index = 0; index < 1000; index += 1) {
    store.set(`key ${index}`, entry((index % 20) * KB));
    if (store.bytes > budget) t.fail(`${store.bytes} bytes after ${index}`);
  }
  t.ok(store.bytes > budget / 2, 'and uses them');
  t.ok(store.get('key 999'));
});

t.test('keys and overhead count as well', async (t) => {
  const budget = 100 * KB;
  const empty = new MemoryStore(budget, fakeClock().now);
  for (let index = 0; index < 10_000; index += 1) empty.set(String(index), entry(0));
  t.ok(empty.size < 500, 'entries without bytes are bounded too');
  const keyed = new MemoryStore(budget, fakeClock().now);
  for (let index = 0; index < 100; index += 1) keyed.set(String(index).padEnd(10 * KB), entry(0));
  t.ok(keyed.size < 10, 'and long keys');
});

t.test('the least recently used goes first', async (t) => {
  const store = new MemoryStore(35 * KB, fakeClock().now);
  for (const key of ['a', 'b', 'c']) store.set(key, entry(10 * KB));
  store.get('a');
  store.set('d', entry(10 * KB));
  const kept = ['a', 'b', 'c', 'd'].filter((key) => store.get(key));
  t.strictSame(kept, ['a', 'c', 'd']);
});

t.test('it names the most requested keys', async (t) => {
  const store = new MemoryStore(KB * KB, fakeClock().now);
  for (const key of ['a', 'b', 'c']) store.set(key, entry(KB));
  for (const key of ['a', 'b', 'b', 'c', 'b', 'c']) store.get(key);
  t.strictSame(Object.entries(store.top(2)), [
    ['b', 3],
    ['c', 2],
  ]);
  store.set('b', entry(KB));
  t.equal(store.top(3)['b'], 0, 'what is kept anew was not asked for yet');
  t.equal(store.stats.hits, 6, 'to look counts nothing');
});

t.test('an entry over the budget is not kept', async (t) => {
  const store = new MemoryStore(10 * KB, fakeClock().now);
  store.set('small', entry(KB));
  t.equal(store.set('large', entry(10 * KB)), false, 'its overhead is over');
  t.equal(store.get('large'), undefined);
  t.ok(store.get('small'), 'and drives out nothing');
  store.set('small', entry(2 * KB));
  t.equal(store.set('small', entry(20 * KB)), false);
  t.equal(store.get('small'), undefined, 'nor is what it should have replaced');
  t.equal(store.bytes, 0);
});

t.test('a budget of 0 keeps nothing', async (t) => {
  const store = new MemoryStore(0, fakeClock().now);
  t.equal(store.set('', entry(0)), false);
  t.equal(store.size, 0);
});

t.test('an entry is gone the moment it expires', async (t) => {
  const clock = fakeClock();
  const store = new MemoryStore(KB * KB, clock.now);
  store.set('a', entry(KB, clock.now() + 1000));
  clock.advance(999);
  t.ok(store.get('a'));
  clock.advance(1);
  t.equal(store.get('a'), undefined);
  t.equal(store.bytes, 0, 'and so are its bytes');
});
