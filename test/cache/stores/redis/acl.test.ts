import { readFileSync } from 'node:fs';
import t from 'tap';
import { connectCache, countingOrigin } from '../../../helper/cache.ts';
import { startRedis } from '../../../helper/redis.ts';
import { eventually } from '../../../helper/wait.ts';

const docs = readFileSync(new URL('../../../../docs/redis.md', import.meta.url), 'utf8');
const [, rules = ''] = /^ACL SETUSER greybox (.+)$/m.exec(docs) ?? [];

t.test('the commands that docs/redis.md names are enough', async (t) => {
  const { port, client } = await startRedis(t);
  await client.call('ACL', 'SETUSER', 'greybox', ...rules.split(' '));
  const url = `redis://greybox:password@127.0.0.1:${port}/1`;
  const [one, other] = [await connectCache(t, url), await connectCache(t, url)];
  for (const key of ['1.1.png', '1.2.png', '1.3.png']) await one.cache.get(key, countingOrigin());
  await eventually('three writes', () => one.shared.stats.sets === 3);
  t.equal((await other.cache.get('1.1.png', countingOrigin())).from, 'shared');
  t.equal(await one.cache.purge('1.1.png'), true);
  await eventually('a purge that is heard', () => other.cache.memory.size === 0);
  t.equal(await one.cache.purgeMatching('1.*'), 2);
  t.match(await one.shared.size(), { entries: 0, bytes: Number });
  t.strictSame([...one.changes, ...one.writing, ...other.changes, ...other.writing], []);
  t.strictSame(await client.acl('LOG'), [], 'nothing was refused');
});

/** Each command of the list, except those for other databases and for numbers. */
const NEEDED = rules.split(' ').flatMap((rule) => /^\+(?!select|dbsize|info)(\w+)$/.exec(rule)?.[1] ?? []);

t.test('and each of them is needed', async (t) => {
  const { port, client } = await startRedis(t);
  t.equal(NEEDED.length, 9);
  for (const command of NEEDED) {
    await client.call('ACL', 'SETUSER', 'greybox', 'reset', ...rules.split(' '), `-${command}`);
    await client.acl('LOG', 'RESET');
    const { cache, shared } = await connectCache(t, `redis://greybox:password@127.0.0.1:${port}`);
    await cache.get('1.1.png', countingOrigin());
    await cache.purge('1.1.png').catch(() => {});
    await cache.purgeMatching('*').catch(() => {});
    const refused = await eventually(
      `a refused ${command}`,
      async () => String(await client.acl('LOG')) || false,
    );
    t.match(refused, new RegExp(`\\b${command}\\b`));
    await shared.close();
  }
});
