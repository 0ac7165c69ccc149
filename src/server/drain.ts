import type { FastifyInstance } from 'fastify';
import type { Lifecycle } from '../http/protocol/lifecycle.ts';
import { stopListening } from './stop-listening.ts';

/** How long requests may take to end after the server stopped listening; ms. */
const REQUESTS_LIMIT = 10_000;

/** The longest time that a drain may take before the process ends with 1; ms. @param seconds `DRAIN_SECONDS` */
export const longestDrain = (seconds: number): number => seconds * 1000 + REQUESTS_LIMIT;

/** Signals that end the service: from a process manager, from Ctrl-C, from a closed terminal. */
export const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Begins to drain, and then ends the process. @returns false if it had already begun */
export type Drain = (why: string) => boolean;

export interface DrainOptions {
  /** `DRAIN_SECONDS`: how long the server is unready before it stops listening. */
  readonly seconds: number;
  /** Whether this is one of several workers. */
  readonly hasPeers: boolean;
}

/**
 * Makes the function that drains a server. First the server is unready but still answers for a while, so that a
 * balancer notices. Then it stops listening, and ends the process after the last answer.
 */
export function createDrain(
  app: FastifyInstance,
  lifecycle: Lifecycle,
  { seconds, hasPeers }: DrainOptions,
): Drain {
  return (why) => {
    if (lifecycle.phase === 'draining') return false;
    lifecycle.phase = 'draining';
    app.log.info(`${why}: draining`);
    setTimeout(async () => {
      setTimeout(() => process.exit(1), REQUESTS_LIMIT).unref();
      await stopListening(app.server, hasPeers);
      // This ends idle connections.
      await app.close();
      process.exit(0);
    }, seconds * 1000);
    return true;
  };
}

/** Drains at the first signal, and ends the process at the second. */
export function drainOnSignal(drain: Drain): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!drain(signal)) process.exit(1);
    });
  }
}
