import t from 'tap';
import { UNUSABLE } from '../../../../src/cache/store.ts';
import { RedisStore } from '../../../../src/cache/stores/redis/redis-store.ts';
import { connectCache, countingOrigin } from '../../../helper/cache.ts';
import { startRedis } from '../../../helper/redis.ts';
import { eventually } from '../../../helper/wait.ts';
import { storeContract } from '../store-contract.ts';

t.test('the store contract, on Redis', async (t) => {
  const server = await startRedis(t);
  await storeContract(t, {
    name: 'redis',
    create: (timeout) => new RedisStore(server.url, timeout),
    createAt: (port, timeout) => new RedisStore(`redis://127.0.0.1:${port}`, timeout),
    server,
    prefix: server.prefix,
    writeForever: async (key, body) => void (await server.client.set(key, body)),
    loseMessages: () => server.client.client('KILL', 'TYPE', 'PUBSUB'),
    hears: 0,
  });
});

type Command = [name: string, ...args: string[]];

/** Ways to have a real server refuse writes, and to undo it. */
const REFUSALS: Readonly<Record<string, readonly [refuse: Command, accept: Command]>> = {
  READONLY: [
    ['replicaof', '127.0.0.1', '1'],
    ['replicaof', 'no', 'one'],
  ],
  OOM: [
    ['config', 'set', 'maxmemory', '1'],
    ['config', 'set', 'maxmemory', '0'],
  ],
  NOPERM: [
    ['acl', 'setuser', 'default', '-set'],
    ['acl', 'setuser', 'default', '+set'],
  ],
};

for (const [reason, [refuse, accept]] of Object.entries(REFUSALS)) {
  t.test(
    `a Redis that refuses writes (${reason}) is told of once, and stored is not said of it`,
    async (t) => {
      const { url, client } = await startRedis(t);
      const { cache, shared, writing, changes } = await connectCache(t, url);
      let made = 0;
      const make = async (): Promise<boolean | undefined> => {
        made += 1;
        return (await cache.get(`${made}.1.png`, countingOrigin())).shared?.stored;
      };
      t.equal(await make(), true);
      await eventually('a write', () => shared.stats.sets === 1);
      await client.call(...refuse);
      t.equal(await make(), true, 'it is not known yet');
      await eventually('a refusal', () => writing.length === 1);
      t.match(writing, [new RegExp(`^refused: ${reason}`)]);
      for (let time = 0; time < 20; time += 1) if (await make()) t.fail('stored is said of what was refused');
      t.ok(shared.stats.writeErrors < 10, 'few writes are tried');
      t.equal((await shared.get('1.1.png', () => true)).result, 'hit', 'it is read');
      await client.call(...accept);
      await eventually('a write that is taken', async () => {
        await make();
        return shared.stats.sets > 1;
      });
      t.match(writing, [/^refused/, /^accepted$/]);
      t.equal(await make(), true);
      t.strictSame(changes, [], 'the breaker stays closed');
    },
  );
}

t.test('a value and its expiry are written by one command', async (t) => {
  const { url, client } = await startRedis(t);
  const store = new RedisStore(url, 5000);
  t.teardown(() => store.close());
  await store.connect();
  const monitor = await client.monitor();
  t.teardown(() => monitor.disconnect());
  const seen: string[][] = [];
  monitor.on('monitor', (_time: string, command: string[]) => void seen.push(command));
  await store.set('1.1.png', Buffer.from('a'), 60_000);
  await client.echo('end');
  await eventually('the end', () => seen.some(([name]) => name === 'echo'));
  const commands = seen.filter((command) => command.includes('1.1.png'));
  t.match(commands, [['set', '1.1.png', 'a', 'PXAT', /^\d{13}$/]]);
  t.equal(commands.length, 1);
});

t.test('a value that is too long crosses the wire only up to the limit', async (t) => {
  const { url, client } = await startRedis(t);
  const store = new RedisStore(url, 5000);
  t.teardown(() => store.close());
  await store.connect();
  await client.set('1.1.png', Buffer.alloc(100_000_000), 'PX', 60_000);
  const sent = async (): Promise<number> =>
    Number(/total_net_output_bytes:(\d+)/.exec(await client.info('stats'))?.[1]);
  const before = await sent();
  t.equal(await store.get('1.1.png', 100_000), UNUSABLE);
  const bytes = (await sent()) - before;
  t.ok(bytes > 0 && bytes < 200_000, `${bytes} bytes`);
});

t.test('a value that is not a string is not ours, and is overwritten', async (t) => {
  const { url, client } = await startRedis(t);
  const { cache, shared } = await connectCache(t, url);
  await client.rpush('1.1.png', 'theirs');
  t.match(await cache.get('1.1.png', countingOrigin()), { shared: { result: 'invalid', stored: true } });
  await eventually('a write', () => shared.stats.sets === 1);
  t.equal(await client.type('1.1.png'), 'string');
});

t.test('a user who may not see the memory is told the number of keys', async (t) => {
  const { url, client } = await startRedis(t);
  await client.call('ACL', 'SETUSER', 'app', 'on', '>secret', '~*', '&*', '+@all', '-info');
  await client.set('1.1.png', 'a');
  const store = new RedisStore(url.replace('redis://', 'redis://app:secret@'), 5000);
  t.teardown(() => store.close());
  await store.connect();
  t.strictSame(await store.size(), { entries: 1, bytes: undefined });
});
