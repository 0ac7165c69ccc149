import cluster from 'node:cluster';
import { ConfigError } from '../config/config.ts';
import type { Config } from '../config/settings.ts';
import { SIGNALS } from '../server/drain.ts';
import { serve } from '../server/serve.ts';
import { Link } from './link.ts';

/** Serves as one of several workers; tells the primary if it cannot start. */
export async function serveAsWorker(config: Config): Promise<void> {
  if (!cluster.worker) throw new Error('this process is no worker');
  const link = new Link(cluster.worker);
  try {
    await serve(config, {
      peers: link,
      onStart: async (drain) => {
        link.onDrain = drain;
        // A terminal sends Ctrl-C to the primary and to each worker.
        for (const signal of SIGNALS) process.on(signal, drain);
        await link.join();
      },
    });
  } catch (error) {
    const { message } = error as Error;
    await link.failed({ message, ...(error instanceof ConfigError && { faults: error.faults }) });
    process.exit(1);
  }
}
