import { METHODS } from 'node:http';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { MemoryStore } from './cache/memory-store.ts';
import { openStore } from './cache/open-store.ts';
import { SharedTier } from './cache/shared-tier.ts';
import type { SharedStore } from './cache/store.ts';
import { TieredCache } from './cache/tiered-cache.ts';
import { type Config, ConfigError } from './config.ts';
import { GreyboxError } from './errors.ts';
import { adminRoutes } from './http/admin.ts';
import { connectionRules } from './http/connection.ts';
import { type Draw, ErrorPictures } from './http/error-picture.ts';
import { IMAGE_PREFIX, imageHandler } from './http/image-route.ts';
import { type Lifecycle, opsRoutes, statusRoutes } from './http/ops.ts';
import { answerClientError, errorSender } from './http/problem.ts';
import { RenderBudget, RenderLimiter } from './http/rate-limit.ts';
import { countRequests, getRoute, NO_ROUTE } from './http/routes.ts';
import { routeTarget } from './http/target.ts';
import { isCacheKey } from './options/cache-key.ts';
import { PlaceholderService } from './placeholder.ts';
import { RenderThreads } from './render/threads.ts';
import { RenderQueue } from './render/workers.ts';

/** How long a request may take to arrive, in ms: none has a body that anybody waits for. */
const REQUEST_TIMEOUT = 30_000;
/** How often that is looked at, in ms. */
const CHECK_INTERVAL = 1000;

/** What the app is built with beside its settings. */
export interface AppOptions {
  readonly lifecycle?: Lifecycle;
}

/** @throws ConfigError where this machine lacks what the URL asks for */
function openConfigured(url: string, timeout: number): SharedStore {
  try {
    return openStore(url, timeout);
  } catch (error) {
    throw new ConfigError([`CACHE_URL: ${(error as Error).message}`]);
  }
}

function createShared(config: Config, log: FastifyInstance['log']): SharedTier | undefined {
  if (config.cacheUrl === undefined) return undefined;
  const store = openConfigured(config.cacheUrl, config.redisTimeoutMs);
  return new SharedTier(store, {
    prefix: config.cacheKeyPrefix,
    owns: isCacheKey,
    onChange: (state, error) => {
      if (state === 'open') log.warn({ err: error }, `${store.name} is down: serving without it`);
      else log.info(`${store.name} is back`);
    },
    onWriting: (state, error) => {
      if (state === 'refused') log.warn({ err: error }, `${store.name} refuses writes: it is only read`);
      else log.info(`${store.name} takes writes again`);
    },
  });
}

function createLimiter({ rateLimit }: Config, now: () => number): RenderLimiter | undefined {
  if (rateLimit === 'off') return undefined;
  const budget = new RenderBudget(rateLimit, now);
  return new RenderLimiter(rateLimit, (client) => budget.take(client));
}

/**
 * Builds the service from its settings: cache, renderer, routes. It does not listen; closing it closes its cache.
 * A second tier that cannot be reached delays `ready()` by at most `REDIS_TIMEOUT_MS` and fails nothing.
 */
export function buildApp(
  config: Config,
  { lifecycle = { phase: 'ready' } }: AppOptions = {},
): FastifyInstance {
  const app: FastifyInstance = Fastify({
    logger: { level: config.logLevel },
    logController: new LogController({ disableRequestLogging: !config.logRequests }),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, app.requestCounts),
    requestTimeout: REQUEST_TIMEOUT,
    trustProxy: config.trustProxy ? [...config.trustProxy] : false,
    http: {
      requireHostHeader: false,
      headersTimeout: REQUEST_TIMEOUT,
      connectionsCheckingInterval: CHECK_INTERVAL,
    },
    rewriteUrl: routeTarget,
    return503OnClosing: false,
    // A target that no route can be looked up for, such as an absolute one without a host.
    frameworkErrors: (error, request, reply) => {
      app.requestCounts.add(NO_ROUTE, 400);
      void sendError(error, request, reply);
    },
  });
  const now = (): number => performance.now();
  const shared = createShared(config, app.log);
  const memory = new MemoryStore(config.memoryCacheMb * 2 ** 20, now);
  const cache = new TieredCache(memory, shared, config.cacheTtlSeconds * 1000, now);
  const service = new PlaceholderService(
    cache,
    new RenderQueue(config.renderConcurrency, config.renderQueue),
    new RenderThreads(config.renderConcurrency),
  );
  const draw: Draw = (placeholder, urgent) => service.drawUncached(placeholder, urgent);
  const sendError = errorSender(new ErrorPictures(draw, config));

  const unrouted = METHODS.filter((method) => !app.supportedMethods.includes(method));
  for (const method of unrouted) app.addHttpMethod(method);
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => {
    const detail = `nothing is here; images are at ${IMAGE_PREFIX}/{width}x{height}, such as ${IMAGE_PREFIX}/600x400`;
    app.requestCounts.add(NO_ROUTE, 404);
    return sendError(new GreyboxError('not-found', detail), request, reply);
  });
  countRequests(app);
  connectionRules(app, lifecycle);
  const answerImage = imageHandler({ service, limits: config, limiter: createLimiter(config, now) });
  getRoute(app, IMAGE_PREFIX, answerImage);
  getRoute(app, `${IMAGE_PREFIX}/*`, answerImage);
  opsRoutes(app, service, lifecycle);
  statusRoutes(app, service, config.memoryCacheMb * 2 ** 20);
  adminRoutes(app, cache, config.adminToken);
  app.addHook('onReady', async () => shared?.connect());
  app.addHook('onClose', () => service.close());
  return app;
}
