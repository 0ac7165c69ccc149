import { freePort } from '../../test/helper/ports.ts';
import { scratchFolder } from './scratch.ts';
import { type Server, startServer } from './servers.ts';

/** A redis-server that keeps nothing on disk, on the core of the load: servers have theirs to themselves. */
export async function startRedis(): Promise<Server & { readonly url: string }> {
  const port = await freePort();
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: scratchFolder(),
    save: '',
    appendonly: 'no',
    loglevel: 'warning',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const redis = await startServer(['redis-server', ...args], { port, place: 'load' });
  return { ...redis, url: `redis://127.0.0.1:${port}` };
}
