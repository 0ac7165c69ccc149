import type { FastifyInstance } from 'fastify';
import type { Lifecycle } from '../http/protocol/lifecycle.ts';
import { stopListening } from './stop-listening.ts';

/** How long requests may take to end once nothing listens any more; ms. */
const REQUESTS_LIMIT = 10_000;

/** The longest that a drain takes before it ends the process with 1; ms. @param seconds `DRAIN_SECONDS` */
export const longestDrain = (seconds: number): number => seconds * 1000 + REQUESTS_LIMIT;

/** What ends the service: of a process manager, of a terminal's Ctrl-C, of a terminal that is closed. */
export const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Begins to drain, and then ends the process. @returns false where it had begun */
export type Drain = (why: string) => boolean;

export interface DrainOptions {
  /** `DRAIN_SECONDS`: how long it is unready before it stops listening. */
  readonly seconds: number;
  /** Whether it is one of several workers. */
  readonly hasPeers: boolean;
}

/**
 * Makes what drains a server: it goes unready, accepts and answers for a while, so that a balancer can see that; then
 * it stops listening, and ends the process when the last request has its answer.
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
      // It ends connections that wait for a request.
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
