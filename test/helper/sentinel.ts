import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Test } from 'tap';
import { endServer, type ServerProcess } from './process.ts';
import { launchAnywhere, launchRedis, type RedisServer, startRedis } from './redis.ts';
import { eventually } from './wait.ts';

/** A master, a replica of it, and three sentinels that watch both. */
export interface SentinelTrio {
  readonly url: string;
  readonly master: RedisServer;
  readonly replica: RedisServer;
}

const NAME = 'mymaster';

/** Starts a real Sentinel trio on free ports of the loopback; `t` ends it. */
export async function startSentinels(t: Test): Promise<SentinelTrio> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-sentinel-'));
  const sentinels: { port: number; server: ServerProcess }[] = [];
  t.teardown(async () => {
    await Promise.all(sentinels.map(({ server }) => endServer(server)));
    await rm(folder, { recursive: true, force: true });
  });
  const master = await startRedis(t, { 'repl-diskless-sync-delay': 0 });
  const replica = await startRedis(t, { replicaof: `127.0.0.1 ${master.port}` });
  await eventually('replication', async () => /master_link_status:up/.test(await replica.client.info()));
  for (const index of [1, 2, 3]) {
    const conf = join(folder, `${index}.conf`);
    const lines = [
      `sentinel monitor ${NAME} 127.0.0.1 ${master.port} 2`,
      `sentinel down-after-milliseconds ${NAME} 500`,
      `sentinel failover-timeout ${NAME} 3000`,
    ];
    await writeFile(conf, `${lines.join('\n')}\n`);
    sentinels.push(await launchAnywhere((port) => launchRedis(port, folder, {}, conf)));
  }
  for (const { port } of sentinels) {
    const client = new Redis(port, '127.0.0.1');
    await eventually(`the other sentinels at ${port}`, async () => {
      const facts = (await client.call('sentinel', 'master', NAME)) as Record<string, string> | string[];
      const value = (name: string) => (Array.isArray(facts) ? facts[facts.indexOf(name) + 1] : facts[name]);
      return value('num-other-sentinels') === '2' && value('num-slaves') === '1';
    });
    client.disconnect();
  }
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${NAME}`,
    master,
    replica,
  };
}
