import { buildApp } from '../app.ts';
import type { Config } from '../config/settings.ts';
import type { Lifecycle } from '../http/protocol/lifecycle.ts';
import { createLog } from '../log/log.ts';
import { ownSharp } from '../render/raster.ts';
import type { Peers } from '../stats/peers.ts';
import { createDrain, type Drain, drainOnSignal } from './drain.ts';
import { explainListenError } from './listen-fault.ts';

export interface ServeOptions {
  readonly peers?: Peers;
  /** Called with what drains it before it listens. */
  readonly onStart?: (drain: Drain) => void | Promise<void>;
}

/**
 * Listens until it is drained, by default by a signal.
 * @throws Error (as a rejection) that says why it cannot listen and what to do
 */
export async function serve(
  config: Config,
  { peers, onStart = drainOnSignal }: ServeOptions = {},
): Promise<void> {
  const lifecycle: Lifecycle = { phase: 'starting' };
  ownSharp();
  const app = buildApp(config, { lifecycle, peers, log: createLog(config) });
  const drainOptions = { seconds: config.drainSeconds, hasPeers: peers !== undefined };
  try {
    await onStart(createDrain(app, lifecycle, drainOptions));
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await app.close();
    throw explainListenError(error as Error, config);
  }
  // A signal may have come while it started.
  if (lifecycle.phase === 'starting') lifecycle.phase = 'ready';
}
