import type { FastifyInstance } from 'fastify';
import type { PlaceholderService } from '../placeholder.ts';
import { getRoute } from './routes.ts';

/** Where a process is in its life; it is changed by whoever listens and drains. */
export interface Lifecycle {
  phase: 'starting' | 'ready' | 'draining';
}

/** `/healthz`: the process is alive. `/readyz`: it wants requests; without its second tier it is degraded but ready. */
export function opsRoutes(app: FastifyInstance, service: PlaceholderService, lifecycle: Lifecycle): void {
  const { shared } = service.cache;

  getRoute(app, '/healthz', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );

  getRoute(app, '/readyz', (_request, reply) => {
    const ready = lifecycle.phase === 'ready';
    const degraded = shared !== undefined && shared.state !== 'closed';
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status: ready && degraded ? 'degraded' : lifecycle.phase,
        tiers: { memory: 'up', ...(shared && { [shared.name]: degraded ? 'down' : 'up' }) },
      });
  });
}
