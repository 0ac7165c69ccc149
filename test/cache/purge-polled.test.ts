import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { connectCache, countingOrigin } from '../helper/cache.ts';
import { startMemcached } from '../helper/memcached.ts';
import { eventually } from '../helper/wait.ts';

const folder = await mkdtemp(join(tmpdir(), 'greybox-purge-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));
const memcached = await startMemcached(t);

const KEYS = ['600.400.png', '600.400.gif', '60.40.png'];

for (const url of [memcached.url, `sqlite:${folder}/cache.db`, `file:${folder}`]) {
  t.test(`a purge reaches every instance that shares ${url.replace(/:.*/, '')}`, async (t) => {
    const [one, two, other] = await Promise.all(
      ['a:', 'a:', 'b:'].map((prefix) => connectCache(t, url, { prefix })),
    );
    if (!one || !two || !other) return;
    const tierOf = async (key: string) => (await two.cache.get(key, countingOrigin())).from;
    for (const { cache, shared } of [one, two, other]) {
      for (const key of KEYS) {
        await cache.get(key, countingOrigin());
        await eventually(key, async () => (await shared.get(key, () => true)).result === 'hit');
      }
    }
    t.equal(await one.cache.purge('600.400.png'), true);
    await eventually('a purge', () => two.cache.memory.size === 2);
    t.equal(await tierOf('600.400.png'), undefined, 'both tiers had it, and neither has');
    t.equal(await tierOf('600.400.gif'), 'memory', 'and nothing else is forgotten');
    await eventually(
      'the write',
      async () => (await one.shared.get('600.400.png', () => true)).result === 'hit',
    );
    t.equal(await one.cache.purgeMatching('600.*'), 2);
    await eventually('a purge', () => two.cache.memory.size === 1);
    t.equal(await tierOf('600.400.gif'), undefined);
    t.equal(other.cache.memory.size, 3, 'another prefix is left alone');
  });
}
