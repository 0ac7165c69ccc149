import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../test/helper/ports.ts';
import { type Server, startServer } from './servers.ts';

/** A redis-server that keeps nothing on disk, on the core of the load: servers have theirs to themselves. */
export async function startRedis(): Promise<Server & { readonly url: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-bench-'));
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no', loglevel: 'warning' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const redis = await startServer(['redis-server', ...args], { port, place: 'load' });
  const stop = async (): Promise<void> => {
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...redis, url: `redis://127.0.0.1:${port}`, stop };
}
