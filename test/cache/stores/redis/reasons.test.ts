import { mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import t, { type Test } from 'tap';
import { RedisStore } from '../../../../src/cache/stores/redis/redis-store.ts';
import { endServer } from '../../../helper/process.ts';
import { launchAnywhere, launchRedis, startRedis, VOLATILE } from '../../../helper/redis.ts';
import { startService } from '../../../helper/service.ts';
import { eventually } from '../../../helper/wait.ts';

/** A server that is there and cannot be used. */
interface Wrong {
  readonly url: string;
  /** What it says itself. */
  readonly reason: RegExp;
  /** Puts it right. */
  mend(): Promise<unknown>;
}

/** A user who may do everything but some commands. */
const without =
  (...commands: string[]) =>
  async (t: Test): Promise<Wrong> => {
    const { port, client } = await startRedis(t);
    const denied = commands.map((command) => `-${command}`);
    await client.call('ACL', 'SETUSER', 'app', 'on', '>pass', '~*', '&*', '+@all', ...denied);
    return {
      url: `redis://app:pass@127.0.0.1:${port}`,
      reason: new RegExp(`NOPERM .*'${commands[0]}'`),
      mend: () => client.call('ACL', 'SETUSER', 'app', '+@all'),
    };
  };

/** An address of this machine that is not the loopback. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

const WRONGS: Readonly<Record<string, (t: Test) => Promise<Wrong>>> = {
  'a user who may not ask for the time left': without('pttl'),
  'a user who may not read': without('getrange'),
  'a password that is missing': async (t) => {
    const { url, client } = await startRedis(t);
    await client.config('SET', 'requirepass', 'pass');
    return { url, reason: /NOAUTH/, mend: () => client.config('SET', 'requirepass', '') };
  },
  'a password that is wrong': async (t) => {
    const { port, client } = await startRedis(t);
    await client.config('SET', 'requirepass', 'pass');
    const mend = () => client.config('SET', 'requirepass', 'wrong');
    return { url: `redis://:wrong@127.0.0.1:${port}/2`, reason: /WRONGPASS/, mend };
  },
  'a database that does not exist': async (t) => {
    const { url, client } = await startRedis(t);
    const mend = async (): Promise<void> => {
      for (const key of await client.keys('*')) t.fail(`${key} is in the first database`);
      await client.config('SET', 'maxmemory', '0');
    };
    return { url: `${url}/99`, reason: /DB index is out of range/, mend };
  },
  'a cluster without slots': async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'greybox-settling-'));
    t.teardown(() => rm(folder, { recursive: true, force: true }));
    const settings = { ...VOLATILE, 'cluster-enabled': 'yes' };
    const { port, server } = await launchAnywhere((free) =>
      launchRedis(free, folder, {
        ...settings,
        'cluster-port': free > 50_000 ? free - 10_000 : free + 10_000,
      }),
    );
    t.teardown(() => endServer(server));
    const client = new Redis(port, '127.0.0.1');
    t.teardown(() => client.disconnect());
    await client.config('SET', 'cluster-announce-ip', '127.0.0.1');
    const mend = () => client.call('cluster', 'addslotsrange', '0', '16383');
    return { url: `redis+cluster://127.0.0.1:${port}`, reason: /still settles|CLUSTERDOWN/, mend };
  },
  ...(outside && {
    'protected mode': async (t: Test): Promise<Wrong> => {
      const { port, client } = await startRedis(t, { bind: '0.0.0.0', 'protected-mode': 'yes' });
      const mend = () => client.config('SET', 'protected-mode', 'no');
      return { url: `redis://${outside}:${port}`, reason: /DENIED .*protected mode/, mend };
    },
    'protected mode, and a password': async (t: Test): Promise<Wrong> => {
      const { port, client } = await startRedis(t, { bind: '0.0.0.0', 'protected-mode': 'yes' });
      const mend = () => client.config('SET', 'protected-mode', 'no');
      return { url: `redis://:pass@${outside}:${port}`, reason: /DENIED .*protected mode/, mend };
    },
  }),
};

// They wait most of the time.
t.jobs = 4;

for (const [name, make] of Object.entries(WRONGS)) {
  t.test(`a Redis that cannot be used says why, once: ${name}`, { buffered: true }, async (t) => {
    const { url, reason, mend } = await make(t);
    const service = await startService(t, { env: { CACHE_URL: url, REDIS_TIMEOUT_MS: '2000' } });
    let height = 0;
    const draw = async (): Promise<string> => {
      height += 1;
      const { status, headers } = await fetch(`${service.url}/image/6x${height}`);
      if (status !== 200) throw new Error(`status ${status}`);
      return headers.get('cache-status') ?? '';
    };
    const isDown = (line: string): boolean => line.includes('redis is down');
    await eventually('what is wrong', async () => {
      await draw();
      return service.lines.some(isDown);
    });
    t.match(service.lines.find(isDown), reason);
    t.match(await draw(), 'bypass; detail=breaker-open', 'it is not asked');
    // Past its first trials.
    await eventually('trials', async () => {
      await draw();
      return height > 30;
    });
    t.equal(service.lines.filter(isDown).length, 1, 'told once');
    t.notOk(service.lines.some((line) => line.includes('is back')));
    await mend();
    if (!url.endsWith('/99')) {
      await service.logged(/redis is back/);
      // What is made when purges are heard again is not kept: its key may have been purged meanwhile.
      await eventually('a picture that is kept', async () =>
        /greybox-redis; fwd=uri-miss; stored/.test(await draw()),
      );
    }
    for (const line of service.lines)
      t.match(JSON.parse(line), { level: Number, msg: String }, 'nobody else prints');
  });
}

t.test(
  'a user who may not subscribe is logged, because purges of others are not received',
  { buffered: true },
  async (t) => {
    const { port, client } = await startRedis(t);
    await client.call('ACL', 'SETUSER', 'app', 'on', '>pass', '~*', '&*', '+@all', '-subscribe', '-publish');
    const env = {
      CACHE_URL: `redis://app:pass@127.0.0.1:${port}`,
      REDIS_TIMEOUT_MS: '2000',
      ADMIN_TOKEN: 'token',
    };
    const service = await startService(t, { env });
    t.match(await service.logged(/are not heard/), /NOPERM .*'subscribe'/);
    const purge = (): Promise<Response> =>
      fetch(`${service.url}/cache/6.4.png`, { method: 'DELETE', headers: { authorization: 'Bearer token' } });
    t.match(await (await purge()).json(), { status: 503, detail: /NOPERM .*'publish'/ });
    await client.call('ACL', 'SETUSER', 'app', '+@all');
    await service.logged(/are heard again/);
    t.equal((await purge()).status, 200);
    t.equal(service.lines.filter((line) => line.includes('not heard')).length, 1, 'told once');
    t.notOk(service.lines.some((line) => line.includes('is down')));
  },
);

t.test('a command without a connection says that the server does not answer', async (t) => {
  const { port } = await startRedis(t);
  const store = new RedisStore(`rediss://127.0.0.1:${port}`, 100);
  t.teardown(() => store.close());
  await store.connect();
  const message = /^no connection yet: the server does not answer with TLS$/;
  await t.rejects(store.get('6.4.png'), { message });
  await t.rejects(store.set('6.4.png', Buffer.from('a'), 1000), { message });
});
