import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import type { Lifecycle } from './http/ops.ts';

/** How long a draining server still takes new connections, so that a balancer can see that it is not ready; ms. */
const UNREADY = 500;
/** How long requests may take to end once the server has closed; ms. */
const DRAIN_LIMIT = 10_000;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Goes unready, lets the balancer see it, stops listening, and ends when the last request has.
 * A second signal ends the process at once.
 */
function drainOnSignal(app: FastifyInstance, lifecycle: Lifecycle): void {
  const drain = (signal: NodeJS.Signals): void => {
    if (lifecycle.phase === 'draining') process.exit(1);
    lifecycle.phase = 'draining';
    app.log.info(`${signal}: draining`);
    setTimeout(() => {
      setTimeout(() => process.exit(1), DRAIN_LIMIT).unref();
      app.close().then(() => process.exit(0));
    }, UNREADY);
  };
  for (const signal of SIGNALS) process.on(signal, drain);
}

/**
 * Listens until a signal ends it.
 * @throws what `listen` throws, such as EADDRINUSE
 */
export async function serve(config: Config): Promise<FastifyInstance> {
  const lifecycle: Lifecycle = { phase: 'starting' };
  const app = buildApp(config, { lifecycle });
  drainOnSignal(app, lifecycle);
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await app.close();
    throw error;
  }
  // A signal may have come while it started.
  if (lifecycle.phase === 'starting') lifecycle.phase = 'ready';
  return app;
}
