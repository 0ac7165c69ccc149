import type { FastifyInstance } from 'fastify';
import type { PlaceholderService } from '../../placeholder.ts';
import { merge } from '../../stats/merge.ts';
import { metrics } from '../../stats/metrics.ts';
import type { Peers } from '../../stats/peers.ts';
import { createReporter, type Report, watchRecent } from '../../stats/report.ts';
import type { RequestCounts } from '../../stats/request-counts.ts';
import { status } from '../../stats/status.ts';
import { topPictures } from '../pages/pictures.ts';
import type { Lifecycle } from '../protocol/lifecycle.ts';
import { getRoute } from './routes.ts';

/** Whether this process is ready for requests, and whether its shared tier is missing. */
function stateOf(
  { cache: { shared } }: PlaceholderService,
  { phase }: Lifecycle,
): Lifecycle['phase'] | 'degraded' {
  const isDegraded = shared !== undefined && shared.state !== 'closed';
  return phase === 'ready' && isDegraded ? 'degraded' : phase;
}

/** `/healthz`: the process is alive. `/readyz`: it is ready for requests; degraded without its shared tier. */
export function healthRoutes(app: FastifyInstance, service: PlaceholderService, lifecycle: Lifecycle): void {
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
        status: stateOf(service, lifecycle),
        tiers: { memory: 'up', ...(shared && { [shared.name]: degraded ? 'down' : 'up' }) },
      });
  });
}

/** The sources of a report. */
export interface ReportSources {
  readonly service: PlaceholderService;
  readonly requests: RequestCounts;
  /** Budget of the first tier, in bytes. */
  readonly budget: number;
  readonly peers?: Peers | undefined;
}

/** The reports behind `/metrics` and the status pages. */
export interface Reports {
  /** Reads the report of this process and its peers. */
  readonly read: () => Promise<Report>;
  /** Leaves this process' counts to its peers. */
  readonly close: () => Promise<void>;
}

export function createReports({ service, requests, budget, peers }: ReportSources): Reports {
  const recent = watchRecent(service, requests);
  const ownReport = createReporter({ service, requests, recent, budget });
  if (peers) peers.onReport = ownReport;
  const together = peers ? async () => merge(await peers.reports()) : ownReport;
  return {
    // The shared tier is asked for its size only once, and only if somebody wants to see it.
    read: async () => {
      const [all, size] = await Promise.all([together(), service.cache.shared?.size()]);
      return { ...all, shared: all.shared && { ...all.shared, size } };
    },
    close: async () => {
      recent.stop();
      await peers?.leave(await ownReport());
    },
  };
}

/** The paths that `OPS_PORT` answers, if it is set. */
export const OPS_PATHS = ['/metrics', '/status', '/status.json', '/cache', '/healthz', '/readyz'] as const;

/** `/metrics` for Prometheus and `/status.json` for people. */
export function statusRoutes(
  app: FastifyInstance,
  reports: Reports,
  { service, lifecycle }: { service: PlaceholderService; lifecycle: Lifecycle },
): void {
  getRoute(app, '/metrics', async (_request, reply) => {
    const { text, type } = metrics(await reports.read());
    return reply.headers({ 'cache-control': 'no-store', 'content-type': type }).send(text);
  });

  getRoute(app, '/status.json', async (_request, reply) => {
    const report = await reports.read();
    const pictures = topPictures(report.holdings.top);
    return reply
      .header('cache-control', 'no-store')
      .send({ state: stateOf(service, lifecycle), ...status(report), pictures });
  });
}
