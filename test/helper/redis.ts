import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Test } from 'tap';
import { freePort } from './ports.ts';
import { endServer, pauseProcess, type ServerProcess, startServer } from './process.ts';

/** A redis-server of its own for one test file. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Put before every key, so that two files could share a server. */
  readonly prefix: string;
  /** A client without any of the product's settings, to look at what is really there. */
  readonly client: Redis;
  /** Kills it; its port then refuses. */
  stop(): Promise<void>;
  /** Stops it without closing anything (SIGSTOP): its port takes connections and never answers. */
  pause(): void;
  resume(): void;
  /** Kills it if it runs, and starts an empty one on the same port. */
  restart(): Promise<void>;
}

/** Attempts to find a port that stays free until the server has it. */
const ATTEMPTS = 5;

/** Further settings of a server, as in redis.conf. */
export type RedisSettings = Readonly<Record<string, string | number>>;

const READY = /Ready to accept connections|\+monitor/;

/** Starts redis-server, with a file of settings where `conf` names one, and waits until it is ready. */
export function launchRedis(port: number, folder: string, more: RedisSettings = {}, conf?: string) {
  const settings = { port, bind: '127.0.0.1', dir: folder, daemonize: 'no', ...more };
  const args = Object.entries(settings).flatMap(([name, value]) => [
    `--${name}`,
    ...String(value).split(' '),
  ]);
  return startServer('redis-server', [...(conf === undefined ? [] : [conf, '--sentinel']), ...args], READY);
}

/** Starts a server on a free port, and on another where that one has been taken meanwhile. */
export async function launchAnywhere(
  launch: (port: number) => Promise<ServerProcess>,
): Promise<{ port: number; server: ServerProcess }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return { port, server: await launch(port) };
    } catch (error) {
      const taken = /Address already in use|EADDRINUSE/i.test((error as Error).message);
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Nothing on disk. */
export const VOLATILE: RedisSettings = { save: '', appendonly: 'no' };

/** Starts a real redis-server on a free port of the loopback, without persistence; `t` ends it. */
export async function startRedis(t: Test, settings: RedisSettings = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-redis-'));
  const launch = (port: number): Promise<ServerProcess> =>
    launchRedis(port, folder, { ...VOLATILE, ...settings });
  let { port, server } = await launchAnywhere(launch);
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => 50 });
  client.on('error', () => {});
  t.teardown(async () => {
    client.disconnect();
    await endServer(server);
    await rm(folder, { recursive: true, force: true });
  });
  return {
    url,
    port,
    get pid() {
      return server.pid as number;
    },
    prefix: `${randomBytes(6).toString('hex')}:`,
    client,
    stop: () => endServer(server),
    pause: () => pauseProcess(server.pid as number),
    resume: () => void server.kill('SIGCONT'),
    async restart() {
      await endServer(server);
      server = await launch(port);
    },
  };
}
