import t from 'tap';
import { RedisStore } from '../../../../src/cache/stores/redis/redis-store.ts';
import { connectCache, countingOrigin, image } from '../../../helper/cache.ts';
import { startSentinels } from '../../../helper/sentinel.ts';
import { eventually } from '../../../helper/wait.ts';

t.test('a store finds the master, and its successor', async (t) => {
  const trio = await startSentinels(t);
  const { cache, changes, changed } = await connectCache(t, trio.url, { timeout: 300 });
  const second = await connectCache(t, trio.url);
  const made = await cache.get('600.400.png', countingOrigin());
  t.match(made.shared, { result: 'miss', stored: true });
  await eventually('the value at the master', () => trio.master.client.exists('600.400.png'));
  await eventually('and at its replica', () => trio.replica.client.exists('600.400.png'));

  await trio.master.stop();
  let count = 0;
  const serve = async () => {
    count += 1;
    const found = await cache.get(`${count}.1.png`, countingOrigin());
    if (!found.entry.body.equals(image('made'))) t.fail('not served');
    return found.shared;
  };
  await eventually('the fail-over', async () => (await serve())?.result === 'miss');
  t.match(await trio.replica.client.role(), ['master']);
  await changed(2);
  t.strictSame(changes, ['open', 'closed'], 'told once');

  // Purges reach the other instance through the new master.
  await eventually('the second instance', () => second.shared.state === 'closed');
  await second.cache.get('600.400.png', countingOrigin());
  t.equal(await cache.purge('600.400.png'), true, 'what the old master replicated is there to be purged');
  await eventually('the purge', () => second.cache.memory.get('600.400.png') === undefined);
});

t.test('the first sentinel is dead', async (t) => {
  const trio = await startSentinels(t);
  const url = trio.url.replace('://', '://127.0.0.1:1,');
  const store = new RedisStore(url, 300);
  t.teardown(() => store.close());
  await store.connect();
  await eventually('an answer', () =>
    store.ping().then(
      () => true,
      () => false,
    ),
  );
});
