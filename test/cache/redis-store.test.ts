import t from 'tap';
import { RedisStore } from '../../src/cache/redis-store.ts';
import { startRedis } from '../helper/redis.ts';
import { storeContract } from './store-contract.ts';

t.test('the store contract, on Redis', async (t) => {
  const server = await startRedis(t);
  await storeContract(t, {
    name: 'redis',
    create: (timeout) => new RedisStore(server.url, timeout),
    createAt: (port, timeout) => new RedisStore(`redis://127.0.0.1:${port}`, timeout),
    server,
    prefix: server.prefix,
    writeForever: async (key, body) => void (await server.client.set(key, body)),
  });
});
