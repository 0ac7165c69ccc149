import { buildApp } from './app.ts';
import type { Config } from './config/settings.ts';
import { createDrain, type Drain, drainOnSignal } from './drain.ts';
import type { Peers } from './http/peers.ts';
import type { Lifecycle } from './http/protocol/lifecycle.ts';
import { ownSharp } from './render/raster.ts';

export interface ServeOptions {
  readonly peers?: Peers;
  /** Called with what drains it before it listens. */
  readonly onStart?: (drain: Drain) => void | Promise<void>;
}

/**
 * Listens until it is drained, by default by a signal.
 * @throws what `listen` throws (as a rejection), such as EADDRINUSE
 */
export async function serve(
  config: Config,
  { peers, onStart = drainOnSignal }: ServeOptions = {},
): Promise<void> {
  const lifecycle: Lifecycle = { phase: 'starting' };
  ownSharp();
  const app = buildApp(config, { lifecycle, peers });
  try {
    await onStart(createDrain(app, lifecycle));
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await app.close();
    throw error;
  }
  // A signal may have come while it started.
  if (lifecycle.phase === 'starting') lifecycle.phase = 'ready';
}
