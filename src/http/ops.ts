import type { FastifyInstance } from 'fastify';
import type { PlaceholderService } from '../placeholder.ts';
import { merge } from './merge.ts';
import { metrics } from './metrics.ts';
import { picturesOf } from './pages/pictures.ts';
import type { Peers } from './peers.ts';
import type { Lifecycle } from './protocol/lifecycle.ts';
import { RecentRate } from './recent-rate.ts';
import { createReporter, type Report } from './report.ts';
import { getRoute } from './routes.ts';
import { status } from './status.ts';

/** How many of the pictures that were asked for last `/status.json` names. */
const PICTURES = 12;

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

/** `/metrics` for Prometheus and `/status.json` for people. @param budget of the first tier, in bytes */
export function statusRoutes(
  app: FastifyInstance,
  service: PlaceholderService,
  budget: number,
  peers?: Peers,
): void {
  const rate = new RecentRate(app.requestCounts);
  const ownReport = createReporter({ service, requests: app.requestCounts, rate, budget });
  if (peers) peers.onReport = ownReport;
  app.addHook('onClose', async () => {
    rate.stop();
    await peers?.leave(await ownReport());
  });
  const together = peers ? async () => merge(await peers.reports()) : ownReport;
  // What the second tier holds is asked of it once, and only where somebody wants to see it.
  const report = async (): Promise<Report> => {
    const [all, size] = await Promise.all([together(), service.cache.shared?.size()]);
    return { ...all, shared: all.shared && { ...all.shared, size } };
  };

  getRoute(app, '/metrics', async (_request, reply) => {
    const { text, type } = metrics(await report());
    return reply.headers({ 'cache-control': 'no-store', 'content-type': type }).send(text);
  });

  getRoute(app, '/status.json', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({
      ...status(await report()),
      pictures: picturesOf(service.cache.memory.latest(PICTURES)),
    }),
  );
}
