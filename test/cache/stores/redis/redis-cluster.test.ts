import t from 'tap';
import { RedisStore } from '../../../../src/cache/stores/redis/redis-store.ts';
import { connectCache, countingOrigin, image } from '../../../helper/cache.ts';
import { startCluster } from '../../../helper/cluster.ts';
import { endServer } from '../../../helper/process.ts';
import { eventually } from '../../../helper/wait.ts';
import { storeContract } from '../store-contract.ts';

const cluster = await startCluster(t);
const masters = cluster.nodes.slice(0, 3);

/** How many keys each master holds. */
const held = (match: string) =>
  Promise.all(masters.map(async ({ client }) => (await client.keys(match)).length));

t.test('the store contract, on a cluster of six', async (t) => {
  const store = new RedisStore(cluster.url, 5000);
  t.teardown(() => store.close());
  await store.connect();
  await storeContract(t, {
    name: 'redis',
    create: (timeout) => new RedisStore(cluster.url, timeout),
    createAt: (port, timeout) => new RedisStore(`redis+cluster://127.0.0.1:${port}`, timeout),
    server: {
      stop: () => cluster.stop(),
      restart: () => cluster.restart(),
      pause: () => cluster.pause(),
      resume: () => cluster.resume(),
    },
    prefix: 'contract:',
    writeForever: async (key, body) => {
      for (const { client } of masters) await client.set(key, body).catch(() => {});
    },
    loseMessages: () =>
      Promise.all(cluster.nodes.map(({ client }) => client.client('KILL', 'TYPE', 'PUBSUB'))),
    hears: 0,
  });
});

t.test('a purge by glob reaches every master, and every instance', async (t) => {
  const [one, two] = [await connectCache(t, cluster.url), await connectCache(t, cluster.url)];
  const keys = Array.from({ length: 60 }, (_, index) => `600.${index}.png`);
  const origin = countingOrigin();
  for (const key of keys) await one.cache.get(key, origin);
  await eventually('all keys', async () => (await held('600.*')).reduce((a, b) => a + b) === keys.length);
  t.ok(
    (await held('600.*')).every((count) => count > 0),
    'they are spread over all masters',
  );
  for (const key of keys) t.equal((await two.cache.get(key, origin)).from, 'shared');
  t.equal(await one.cache.purgeMatching('600.*'), keys.length);
  t.strictSame(await held('600.*'), [0, 0, 0]);
  await eventually('the other instance', () => two.cache.memory.size === 0);
});

t.test('a master dies: requests are served, and its replica takes over', async (t) => {
  const { cache } = await connectCache(t, cluster.url, { timeout: 300 });
  await endServer(masters[0]?.server as NonNullable<(typeof masters)[0]>['server']);
  let count = 0;
  const wrong: Buffer[] = [];
  await eventually('every slot again', async () => {
    const keys = Array.from({ length: 20 }, () => {
      count += 1;
      return `fail-over ${count}`;
    });
    const found = await Promise.all(keys.map((key) => cache.get(key, countingOrigin())));
    wrong.push(...found.map(({ entry }) => entry.body).filter((body) => !body.equals(image('made'))));
    return found.every(({ shared }) => shared?.result === 'miss');
  });
  t.strictSame(wrong, [], 'every request was served');
});
