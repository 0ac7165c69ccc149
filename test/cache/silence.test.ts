import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import t, { type Test } from 'tap';
import { connectCache, countingOrigin, type TestCache } from '../helper/cache.ts';
import { startMemcached } from '../helper/memcached.ts';
import { endServer, startServer } from '../helper/process.ts';
import { type FaultyProxy, PASS, SWALLOW, startProxy } from '../helper/proxy.ts';
import { launchAnywhere, launchRedis, startRedis, VOLATILE } from '../helper/redis.ts';
import { eventually } from '../helper/wait.ts';

/** A healthy server behind a way on which connections fall silent. */
interface Way {
  readonly url: string;
  readonly proxy: FaultyProxy;
  /** What an answer holds to a question that the client asks by itself again and again. */
  readonly asked?: string;
}

/** Opens a store and closes it when it is told to. */
const CLOSE_STORE = fileURLToPath(new URL('../fixtures/close-store.ts', import.meta.url));

async function folderFor(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-silence-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const WAYS: Readonly<Record<string, (t: Test) => Promise<Way>>> = {
  'one Redis': async (t) => {
    const proxy = await startProxy(t, (await startRedis(t)).port);
    return { url: `redis://127.0.0.1:${proxy.port}`, proxy };
  },
  'the master that a sentinel names': async (t) => {
    const proxy = await startProxy(t, (await startRedis(t)).port);
    const folder = await folderFor(t);
    const conf = join(folder, 'sentinel.conf');
    await writeFile(conf, `sentinel monitor m 127.0.0.1 ${proxy.port} 1\n`);
    const { port, server } = await launchAnywhere((free) => launchRedis(free, folder, {}, conf));
    t.teardown(() => endServer(server));
    return { url: `redis+sentinel://127.0.0.1:${port}/m`, proxy };
  },
  'a node of a cluster': async (t) => {
    const folder = await folderFor(t);
    const settings = { ...VOLATILE, 'cluster-enabled': 'yes' };
    const { port, server } = await launchAnywhere((free) =>
      launchRedis(free, folder, {
        ...settings,
        'cluster-port': free > 50_000 ? free - 10_000 : free + 10_000,
      }),
    );
    t.teardown(() => endServer(server));
    const proxy = await startProxy(t, port);
    const client = new Redis(port, '127.0.0.1');
    t.teardown(() => client.disconnect());
    await client.config('SET', 'cluster-announce-ip', '127.0.0.1');
    await client.config('SET', 'cluster-announce-port', String(proxy.port));
    await client.call('cluster', 'addslotsrange', '0', '16383');
    await eventually('a cluster', async () =>
      String(await client.call('cluster', 'info')).includes('state:ok'),
    );
    // CLUSTER SLOTS names the last slot.
    return { url: `redis+cluster://127.0.0.1:${proxy.port}`, proxy, asked: ':16383' };
  },
  memcached: async (t) => {
    const proxy = await startProxy(t, (await startMemcached(t)).port);
    return { url: `memcached://127.0.0.1:${proxy.port}`, proxy };
  },
};

/** Asks for new keys until the value of one was written: on a busy machine a write may take too long, and is not repeated. */
async function write({ cache, shared }: TestCache, width: number): Promise<void> {
  const { sets } = shared.stats;
  let height = 0;
  await eventually('a write', async () => {
    height += 1;
    await cache.get(`${width}.${height}.png`, countingOrigin());
    return shared.stats.sets > sets;
  });
}

for (const [name, start] of Object.entries(WAYS)) {
  t.test(`a connection that falls silent is replaced: ${name}`, async (t) => {
    const { url, proxy } = await start(t);
    const silent = await connectCache(t, url, { timeout: 200 });
    const { cache, shared, changed, changes } = silent;
    await eventually('a healthy tier', () => shared.state === 'closed');
    await write(silent, 1);
    changes.length = 0;
    // Those that are made meanwhile fall silent, too.
    proxy.treat(SWALLOW);
    proxy.freeze();
    for (let key = 1; key <= 3; key += 1) await cache.get(`2.${key}.png`, countingOrigin());
    t.not(shared.state, 'closed');
    proxy.treat(PASS);
    await changed(2);
    t.strictSame(changes, ['open', 'closed'], 'told once');
    await write(silent, 3);
  });

  t.test(`messages are heard again over a new connection, with no look-up: ${name}`, async (t) => {
    const { url, proxy } = await start(t);
    const silent = await connectCache(t, url, { timeout: 200 });
    await eventually('a healthy tier', () => silent.shared.state === 'closed');
    await write(silent, 1);
    proxy.freeze();
    const other = await connectCache(t, url);
    await eventually('a purge', () => other.cache.purgeMatching('1.*').catch(() => 0));
    t.ok(
      await eventually('an empty memory', () => silent.cache.memory.size === 0),
      'it heard, or forgot all',
    );
  });

  t.test(`a store that is closed while it waits for an answer keeps no process alive: ${name}`, async (t) => {
    const { url, proxy, asked = '' } = await start(t);
    const child = await startServer(process.execPath, ['--import=tsx', CLOSE_STORE, url], /is open/);
    t.teardown(() => endServer(child));
    const swallowed = new Promise<void>((resolve) =>
      proxy.treat((piece, _client, pass) => {
        if (piece.includes(asked)) resolve();
        else pass();
      }),
    );
    await swallowed;
    const ended = once(child, 'exit');
    child.kill('SIGUSR2');
    await eventually('its end', () => child.exitCode !== null || child.signalCode !== null);
    t.strictSame(await ended, [0, null]);
  });
}
