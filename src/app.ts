import { METHODS } from 'node:http';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { MemoryStore } from './cache/memory-store.ts';
import { TieredCache } from './cache/tiered-cache.ts';
import type { Config } from './config.ts';
import { GreyboxError } from './errors.ts';
import { adminRoutes } from './http/admin.ts';
import { answerClientError } from './http/client-error.ts';
import { connectionRules } from './http/connection.ts';
import { ErrorPictures } from './http/error-picture.ts';
import { FastLane } from './http/fast-lane.ts';
import { ImageFields } from './http/image-fields.ts';
import { IMAGE_PREFIX, ImageLookup } from './http/image-lookup.ts';
import { imageHandler } from './http/image-route.ts';
import type { LaneOptions } from './http/lane-answers.ts';
import { createHttpServer, type Shortcuts } from './http/node-server.ts';
import { type Lifecycle, opsRoutes, statusRoutes } from './http/ops.ts';
import type { Peers } from './http/peers.ts';
import { errorSender } from './http/problem.ts';
import { RenderBudget, RenderLimiter } from './http/rate-limit.ts';
import { ReadyResponses } from './http/ready-responses.ts';
import { RequestCounts } from './http/request-counts.ts';
import { routedHits } from './http/routed-hit.ts';
import { countRequests, getRoute, NO_ROUTE } from './http/routes.ts';
import { routeTarget } from './http/target.ts';
import type { Placeholder } from './options/options.ts';
import { PlaceholderService } from './placeholder.ts';
import { RenderQueue } from './render/queue.ts';
import { RenderThreads } from './render/threads.ts';
import { createSecondTier } from './second-tier.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What pictures wait in for their turn to be drawn. */
    renderQueue: RenderQueue;
  }
}

/** What the app is built with beside its settings. */
export interface AppOptions {
  readonly lifecycle?: Lifecycle;
  /** The other processes of this service, where it has several. */
  readonly peers?: Peers | undefined;
}

const now = (): number => performance.now();

/** The cache and what fills it. @param log see `createSecondTier` */
function createService(
  config: Config,
  peers: Peers | undefined,
  log: Parameters<typeof createSecondTier>[1],
): PlaceholderService {
  const memory = new MemoryStore(config.memoryCacheMb * 2 ** 20, now);
  const cache = new TieredCache(memory, createSecondTier(config, log), config.cacheTtlSeconds * 1000, now);
  if (peers) {
    peers.onForget = (purge) => cache.forget(purge);
    cache.forgetElsewhere = (purge) => peers.forget(purge);
  }
  return new PlaceholderService(
    cache,
    new RenderQueue(config.renderConcurrency, config.renderQueue),
    new RenderThreads(config.renderConcurrency),
  );
}

function createLimiter({ rateLimit }: Config, peers: Peers | undefined): RenderLimiter | undefined {
  if (rateLimit === 'off') return undefined;
  const budget = peers ?? new RenderBudget(rateLimit, now);
  return new RenderLimiter(rateLimit, (client, weight) => budget.take(client, weight));
}

function noSchemas(): never {
  throw new Error('a route with a schema needs a compiler of schemas');
}

/** What answers hits ahead of the router. A log line for each request takes the router. */
function createShortcuts(config: Config, options: LaneOptions): Partial<Shortcuts & LaneOptions> {
  if (config.logRequests) return {};
  const lane = config.fastLane ? new FastLane(options) : undefined;
  return { ready: options.ready, answerHit: routedHits(options), lane };
}

/**
 * Builds the service from its settings: cache, renderer, routes. It does not listen; closing it closes its cache.
 * A second tier that cannot be reached delays `ready()` by at most `REDIS_TIMEOUT_MS` and fails nothing.
 */
export function buildApp(
  config: Config,
  { lifecycle = { phase: 'ready' }, peers }: AppOptions = {},
): FastifyInstance {
  const service = createService(config, peers, () => app.log);
  const { cache } = service;
  const requests = new RequestCounts();
  const fields = new ImageFields(cache);
  const limiter = createLimiter(config, peers);
  const lookup = new ImageLookup({ service, limits: config, limiter });
  const { ready, lane, answerHit } = createShortcuts(config, {
    ready: new ReadyResponses(cache.memory, fields),
    fields,
    lifecycle,
    counts: requests.of(IMAGE_PREFIX),
    find: (hit, isWaiting) => lookup.findPicture(hit, isWaiting),
  });
  const app: FastifyInstance = Fastify({
    logger: { level: config.logLevel },
    logController: new LogController({ disableRequestLogging: !config.logRequests }),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, requests),
    trustProxy: config.trustProxy ? [...config.trustProxy] : false,
    serverFactory: (route) => createHttpServer(route, { answerHit, lane }),
    // No route has a schema: the compilers of schemas need not be loaded.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    rewriteUrl: routeTarget,
    return503OnClosing: false,
    // A target that no route can be looked up for, such as an absolute one without a host.
    frameworkErrors: (error, request, reply) => {
      requests.add(NO_ROUTE, 400);
      void sendError(error, request, reply);
    },
  });
  const draw = (placeholder: Placeholder): Promise<Buffer> => service.drawUncached(placeholder);
  const sendError = errorSender(new ErrorPictures({ draw, limits: config, limiter }));

  const unrouted = METHODS.filter((method) => !app.supportedMethods.includes(method));
  for (const method of unrouted) app.addHttpMethod(method);
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => {
    const detail = `nothing is here; images are at ${IMAGE_PREFIX}/{width}x{height}, such as ${IMAGE_PREFIX}/600x400`;
    requests.add(NO_ROUTE, 404);
    return sendError(new GreyboxError('not-found', detail), request, reply);
  });
  app.decorate('renderQueue', service.queue);
  countRequests(app, requests);
  connectionRules(app, lifecycle);
  app.addHook('preClose', async () => lane?.close());
  const answerImage = imageHandler({ lookup, fields, ready });
  getRoute(app, IMAGE_PREFIX, answerImage);
  getRoute(app, `${IMAGE_PREFIX}/*`, answerImage);
  opsRoutes(app, service, lifecycle);
  statusRoutes(app, service, config.memoryCacheMb * 2 ** 20, peers);
  adminRoutes(app, cache, config.adminToken);
  app.addHook('onReady', async () => cache.shared?.connect());
  app.addHook('onClose', () => service.close());
  return app;
}
