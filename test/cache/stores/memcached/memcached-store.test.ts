import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { MemcachedStore } from '../../../../src/cache/stores/memcached/memcached-store.ts';
import { POLL } from '../../../../src/cache/stores/polled-bus.ts';
import { startMemcached } from '../../../helper/memcached.ts';
import { storeContract } from '../store-contract.ts';

t.test('the store contract, on memcached', async (t) => {
  const server = await startMemcached(t);
  await storeContract(t, {
    name: 'memcached',
    create: (timeout) => new MemcachedStore(server.url, timeout),
    createAt: (port, timeout) => new MemcachedStore(`memcached://127.0.0.1:${port}`, timeout),
    server,
    prefix: 'p:',
    maxKey: 250,
    writeForever: async (key, body) => {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(`set ${key} 0 0 ${body.length}\r\n${body}\r\n`);
      await once(socket, 'data');
      socket.destroy();
    },
    loseMessages: async () => {
      const store = new MemcachedStore(server.url, 5000);
      await store.connect();
      t.equal(await store.delete('greybox:newest'), true);
      await store.close();
    },
    hears: POLL,
  });
});

t.test('a key that is too long is not kept, and is no failure', async (t) => {
  const server = await startMemcached(t);
  const store = new MemcachedStore(server.url, 5000);
  t.teardown(() => store.close());
  await store.connect();
  const key = 'k'.repeat(251);
  await t.rejects(store.set(key, Buffer.from('a'), 1000), { name: 'WriteRefusedError' });
  t.equal(await store.get(key), undefined);
  t.equal(await store.delete(key), false);
});

t.test('a value expires by the clock of its writer, to a tenth of a second', async (t) => {
  const server = await startMemcached(t);
  let time = Date.UTC(2026, 0, 1);
  const store = new MemcachedStore(server.url, 5000, () => time);
  t.teardown(() => store.close());
  await store.connect();
  await store.set('k', Buffer.from('a'), 3_600_000);
  t.equal((await store.get('k'))?.ttl, 3_600_000);
  time += 3_599_900;
  t.equal((await store.get('k'))?.ttl, 100);
  time += 100;
  t.equal(await store.get('k'), undefined);
});
