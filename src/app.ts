import { METHODS } from 'node:http';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Config } from './config/settings.ts';
import { type Core, type CoreOptions, createCore } from './greybox.ts';
import { adminRoutes } from './http/admin.ts';
import { ClientErrors } from './http/client-error.ts';
import { connectionRules } from './http/connection.ts';
import { Connections } from './http/connections.ts';
import { FastLane } from './http/fast-lane.ts';
import { createHttpServer, type ServerParts } from './http/node-server.ts';
import { opsRoutes, statusRoutes } from './http/ops.ts';
import { assetRoute, pageRoutes } from './http/pages/routes.ts';
import { statusPage } from './http/pages/status-page.ts';
import { pictureHandler, pictureRoutes } from './http/plugin.ts';
import type { Lifecycle } from './http/protocol/lifecycle.ts';
import { NO_ROUTE } from './http/request-counts.ts';
import { routedHits } from './http/routed-hit.ts';
import { fieldsOf, sendAnswer } from './http/routes.ts';
import { routeTarget } from './http/target.ts';
import { safeLogger } from './logging.ts';
import { loadRenderer } from './render/threads.ts';

/** What the app is built with beside its settings. */
export interface AppOptions extends Omit<CoreOptions, 'log'> {
  readonly lifecycle?: Lifecycle;
}

type SendError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

function noSchemas(): never {
  throw new Error('a route with a schema needs a compiler of schemas');
}

/** What answers hits ahead of the router. A log line for each request takes the router. */
function createShortcuts(config: Config, core: Core, lifecycle: Lifecycle): Omit<ServerParts, 'connections'> {
  if (config.logRequests) return {};
  const { ready, fields, requests } = core;
  const lookup = config.rateLimit === 'off' ? core.lookup : undefined;
  const lane = config.fastLane ? new FastLane({ ready, fields, requests, lifecycle, lookup }) : undefined;
  return { answerHit: routedHits({ ready, lifecycle }), lane };
}

/**
 * Builds the standalone service from its settings: the picture routes, the rules of a whole server, and the fast lane.
 * It does not listen; closing it closes its cache.
 * A shared tier that cannot be reached delays `ready()` by at most `REDIS_TIMEOUT_MS` and fails nothing.
 */
export function buildApp(
  config: Config,
  { lifecycle = { phase: 'ready' }, peers, dialects }: AppOptions = {},
): FastifyInstance {
  const core = createCore(config, { log: () => app.log, peers, dialects });
  const { service, door, errors, requests } = core;
  const { cache } = service;
  const connections = new Connections();
  const clientErrors = new ClientErrors({ connections, counts: requests, errors });
  const shortcuts = createShortcuts(config, core, lifecycle);
  const sendError: SendError = async (error, request, reply) => {
    const { method, originalUrl: url } = request;
    return sendAnswer(reply, await door.refuse(error, { method, url, field: fieldsOf(request) }));
  };
  // Of a request that has got to no route and no grammar.
  const sendUnrouted: SendError = async (error, request, reply) => {
    await sendError(error, request, reply);
    requests.add(NO_ROUTE, reply.statusCode);
    return reply;
  };
  const app: FastifyInstance = Fastify({
    logger: safeLogger(config),
    logController: new LogController({ disableRequestLogging: !config.logRequests }),
    clientErrorHandler: (error, socket) => clientErrors.handle(error, socket),
    trustProxy: config.trustProxy ? [...config.trustProxy] : false,
    serverFactory: (route) => createHttpServer(route, { connections, ...shortcuts }),
    // No route has a schema: the compilers of schemas need not be loaded.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    rewriteUrl: routeTarget,
    return503OnClosing: false,
    // A target that no route can be looked up for, such as an absolute one without a host.
    frameworkErrors: (error, request, reply) => void sendUnrouted(error, request, reply),
  });
  const unrouted = METHODS.filter((method) => !app.supportedMethods.includes(method));
  for (const method of unrouted) app.addHttpMethod(method);
  app.setErrorHandler((error, request, reply) =>
    (request.is404 ? sendUnrouted : sendError)(error, request, reply),
  );
  app.decorate('requestCounts', requests);
  connectionRules(app, lifecycle, clientErrors);
  app.addHook('preClose', async () => shortcuts.lane?.close());
  app.register(async (pictures) => {
    pictures.setErrorHandler(sendUnrouted);
    await pictureRoutes(pictures, { door, mounts: ['/'] });
  });
  // What has no path, such as `*`.
  app.setNotFoundHandler(pictureHandler(app, door));
  opsRoutes(app, service, lifecycle);
  statusRoutes(app, service, config.memoryCacheMb * 2 ** 20, peers);
  adminRoutes(app, cache, config.adminToken);
  statusPage(app, config.adminToken !== undefined);
  assetRoute(app);
  pageRoutes(app, { door, lookup: core.lookup, hasStatus: config.opsPort === undefined });
  app.addHook('onReady', async () => {
    await Promise.all([loadRenderer(), cache.shared?.connect()]);
  });
  app.addHook('onClose', () => service.close());
  return app;
}
