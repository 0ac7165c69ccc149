import type { FastifyInstance } from 'fastify';
import { buildApp } from '../app.ts';
import { drawingMemory, memoryLimit } from '../config/memory-limit.ts';
import type { Config } from '../config/settings.ts';
import type { Lifecycle } from '../http/protocol/lifecycle.ts';
import { createLog } from '../log/log.ts';
import { ownSharp } from '../render/raster.ts';
import type { Peers } from '../stats/peers.ts';
import { createDrain, type Drain, drainOnSignal } from './drain.ts';
import { explainListenError, type Place } from './listen-fault.ts';

export interface ServeOptions {
  readonly peers?: Peers;
  /** Called before it listens, with the function that drains it. */
  readonly onStart?: (drain: Drain) => void | Promise<void>;
}

const LISTENING: Readonly<Record<Place['name'], string>> = {
  PORT: 'Server listening at',
  OPS_PORT: 'Metrics and status at',
};

/** Describes the settings derived from a memory limit. @param limit in MiB */
function fitted(config: Config, limit: number): string {
  const { workers, memoryCacheMb, renderConcurrency } = config;
  const drawing = Math.floor(drawingMemory(config, limit) / 2 ** 20);
  return (
    `memory limit ${limit} MiB: ${memoryCacheMb} MiB of pictures are kept and ${renderConcurrency} drawn at a time` +
    ` with at most ${drawing} MiB${workers > 1 ? `, by each of ${workers} workers` : ''}`
  );
}

/** @throws Error (as a rejection) that says why it cannot listen and what to do */
async function listen(app: FastifyInstance, place: Place): Promise<void> {
  const { host, port, name } = place;
  try {
    await app.listen({ host, port, listenTextResolver: (address) => `${LISTENING[name]} ${address}` });
  } catch (error) {
    throw explainListenError(error as Error, place);
  }
}

/**
 * Serves until it is drained, by default on a signal.
 * @throws Error (as a rejection) that says why it cannot listen and what to do
 */
export async function serve(
  config: Config,
  { peers, onStart = drainOnSignal }: ServeOptions = {},
): Promise<void> {
  const { host, port, opsPort } = config;
  const lifecycle: Lifecycle = { phase: 'starting' };
  ownSharp();
  const app = buildApp(config, { lifecycle, peers, log: createLog(config) });
  const drainOptions = { seconds: config.drainSeconds, hasPeers: peers !== undefined };
  const limit = memoryLimit();
  if (limit !== undefined) app.log.info(fitted(config, limit));
  try {
    await onStart(createDrain(app, lifecycle, drainOptions));
    await listen(app, { host, port, name: 'PORT' });
    if (app.ops) await listen(app.ops, { host, port: opsPort ?? 0, name: 'OPS_PORT' });
  } catch (error) {
    await app.close();
    throw error;
  }
  // A signal may have arrived during the start.
  if (lifecycle.phase === 'starting') lifecycle.phase = 'ready';
}
