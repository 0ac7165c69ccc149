import t from 'tap';
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

t.test('a Redis that refuses writes is told of once, and so is its change of mind', async (t) => {
  const { url, client } = await startRedis(t);
  const { cache, shared, writing, changes } = await connectCache(t, url);
  const make = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await cache.get(key, countingOrigin());
  };
  await make('1.1.png');
  await eventually('a write', () => shared.stats.sets === 1);
  await client.call('replicaof', '127.0.0.1', '1');
  await make('2.1.png', '2.2.png');
  await eventually('two that are refused', () => shared.stats.writeErrors === 2);
  t.match(writing, [/^refused: .*READONLY/]);
  t.equal((await shared.get('1.1.png', () => true)).result, 'hit', 'it is read');
  await client.call('replicaof', 'no', 'one');
  await make('3.1.png', '3.2.png');
  await eventually('two that are taken', () => shared.stats.sets === 3);
  t.match(writing, [/^refused/, /^accepted$/]);
  t.strictSame(changes, [], 'the breaker stays closed');
});

t.test('a value and its end are written by one command', async (t) => {
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

t.test('who may not ask for the memory is told the keys', async (t) => {
  const { url, client } = await startRedis(t);
  await client.call('ACL', 'SETUSER', 'app', 'on', '>secret', '~*', '&*', '+@all', '-info');
  await client.set('1.1.png', 'a');
  const store = new RedisStore(url.replace('redis://', 'redis://app:secret@'), 5000);
  t.teardown(() => store.close());
  await store.connect();
  t.strictSame(await store.size(), { entries: 1, bytes: undefined });
});
