import type { FastifyInstance } from 'fastify';
import type { Lifecycle } from './http/protocol/lifecycle.ts';

/** How long a draining server still takes new connections, so that a balancer can see that it is not ready; ms. */
const UNREADY = 500;
/** How long requests may take to end once the server has closed; ms. */
const DRAIN_LIMIT = 10_000;

/** The longest that draining takes before it ends the process with 1; ms. */
export const LONGEST_DRAIN = UNREADY + DRAIN_LIMIT;

export const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Begins to drain, and then ends the process. @returns false where it had begun */
export type Drain = (why: string) => boolean;

/** Goes unready, lets the balancer see it, stops listening, and ends the process when the last request has ended. */
export function createDrain(app: FastifyInstance, lifecycle: Lifecycle): Drain {
  return (why) => {
    if (lifecycle.phase === 'draining') return false;
    lifecycle.phase = 'draining';
    app.log.info(`${why}: draining`);
    setTimeout(() => {
      setTimeout(() => process.exit(1), DRAIN_LIMIT).unref();
      app.close().then(() => process.exit(0));
    }, UNREADY);
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
