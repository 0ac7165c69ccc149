import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { endServer } from './helper/process.ts';
import { launchAnywhere, launchRedis, startRedis, VOLATILE } from './helper/redis.ts';
import { runCli, startService } from './helper/service.ts';

/** As it is in a URL, and as it is meant. */
const SECRET = { spelled: 'p%40ss-w0rd%22', meant: 'p@ss-w0rd"' };
const LOGIN = `app-login:${SECRET.spelled}`;

async function startCluster(t: Test, folder: string, settings: Record<string, string>): Promise<number> {
  const { port, server } = await launchAnywhere((free) =>
    launchRedis(free, folder, {
      ...VOLATILE,
      ...settings,
      'cluster-enabled': 'yes',
      'cluster-port': free > 50_000 ? free - 10_000 : free + 10_000,
    }),
  );
  t.teardown(() => endServer(server));
  return port;
}

async function startSentinel(t: Test, folder: string, master: number): Promise<number> {
  const conf = join(folder, 'sentinel.conf');
  await writeFile(conf, `sentinel monitor m 127.0.0.1 ${master} 1\nrequirepass another\n`);
  const { port, server } = await launchAnywhere((free) => launchRedis(free, folder, {}, conf));
  t.teardown(() => endServer(server));
  return port;
}

const folder = await mkdtemp(join(tmpdir(), 'greybox-secrets-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));
const redis = await startRedis(t, { requirepass: 'another' });
const cluster = await startCluster(t, folder, { requirepass: 'another' });
const sentinel = await startSentinel(t, folder, redis.port);

/** URLs with a login that real servers refuse, and what the log says of it. */
const REFUSED: Readonly<Record<string, readonly [url: string, reason: RegExp]>> = {
  'one Redis': [`redis://${LOGIN}@127.0.0.1:${redis.port}`, /WRONGPASS/],
  'a password alone': [`redis://:${SECRET.spelled}@127.0.0.1:${redis.port}`, /WRONGPASS/],
  'a cluster': [`redis+cluster://${LOGIN}@127.0.0.1:${cluster}`, /WRONGPASS/],
  sentinels: [
    `redis+sentinel://127.0.0.1:${sentinel}/m?sentinelUsername=app-login&sentinelPassword=${SECRET.spelled}`,
    /WRONGPASS|sentinels/,
  ],
  'the master of sentinels': [
    `redis+sentinel://${LOGIN}@127.0.0.1:${sentinel}/m?sentinelPassword=another`,
    /WRONGPASS/,
  ],
  'a host that is not there': [`redis://${LOGIN}@127.0.0.1:1`, /ECONNREFUSED/],
  memcached: [`memcached://127.0.0.1:1`, /ECONNREFUSED/],
};

/** Everything is logged; a busy machine makes nothing time out. */
const LOGGED = { LOG_LEVEL: 'trace', REDIS_TIMEOUT_MS: '2000' };

const isToldIn = (line: string): boolean => /p(?:%40|@)ss-w0rd|app-login|"another"|"args"/.test(line);

// They wait most of the time.
t.jobs = 4;

for (const [name, [url, reason]] of Object.entries(REFUSED)) {
  t.test(`a refused login is logged without it: ${name}`, { buffered: true }, async (t) => {
    const env = { ...LOGGED, CACHE_URL: url, LOG_REQUESTS: 'on', ADMIN_TOKEN: 'admin-t0ken' };
    const service = await startService(t, { env });
    t.match(JSON.parse(await service.logged(/is down/)), { msg: reason, err: { message: reason } });
    const headers = { authorization: 'Bearer admin-t0ken' };
    const purge = await fetch(`${service.url}/cache/6.4.png`, { method: 'DELETE', headers });
    t.equal(purge.status, 503);
    t.notOk(isToldIn(await purge.text()));
    t.equal((await fetch(`${service.url}/image/6x4?text=admin-t0ken`)).status, 200);
    await service.stop('SIGKILL');
    t.strictSame(
      service.lines.filter((line) => isToldIn(line) || line.includes('admin-t0ken')),
      [],
    );
    t.ok(service.lines.filter((line) => line.includes('is down')).length === 1, 'it is told once');
  });
}

t.test('workers, and faults at the start', async (t) => {
  const env = { ...LOGGED, CACHE_URL: `redis://${LOGIN}@127.0.0.1:${redis.port}`, WORKERS: '2' };
  const service = await startService(t, { env });
  await service.logged(/is down.*WRONGPASS/);
  await service.stop('SIGKILL');
  t.strictSame(service.lines.filter(isToldIn), []);
  for (const more of [
    { PORT: String(redis.port) },
    { PORT: 'x' },
    { WORKERS: '1', PORT: String(redis.port) },
  ]) {
    const { code, stdout, stderr } = await runCli(t, ['serve'], { ...env, ...more });
    t.not(code, 0);
    t.notOk(isToldIn(stdout + stderr));
  }
  for (const url of [
    `redis://${LOGIN}@:x`,
    `http://${LOGIN}@h`,
    `redis+sentinel://${LOGIN}@h`,
    `memcached://${LOGIN}@h:1`,
  ]) {
    const { code, stderr } = await runCli(t, ['serve', '--cache-url', url]);
    t.equal(code, 2, stderr);
    t.notOk(isToldIn(stderr));
  }
});
