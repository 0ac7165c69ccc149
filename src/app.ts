import { METHODS } from 'node:http';
import { promisify } from 'node:util';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Config } from './config/settings.ts';
import { type Core, type CoreOptions, createCore } from './core.ts';
import { OWN } from './dialects/table.ts';
import { GreyboxError } from './errors.ts';
import { ClientErrors } from './http/lane/client-errors.ts';
import { connectionRules } from './http/lane/connection-rules.ts';
import { Connections } from './http/lane/connections.ts';
import { FastLane } from './http/lane/fast-lane.ts';
import { createHttpServer, type ServerParts } from './http/lane/node-server.ts';
import { type ReadyOptions, ReadyResponses } from './http/lane/ready-responses.ts';
import { routedHits } from './http/lane/routed-hit.ts';
import { adminRoutes } from './http/ops/admin.ts';
import { createReports, healthRoutes, OPS_PATHS, statusRoutes } from './http/ops/ops.ts';
import { requestIds } from './http/ops/request-id.ts';
import { logRequests } from './http/ops/request-log.ts';
import { assetRoute, pageRoutes } from './http/pages/routes.ts';
import { ALL_PAGES, PUBLIC_PAGES } from './http/pages/site.ts';
import { OPS_PICTURES, statusPage } from './http/pages/status-page.ts';
import { pictureHandler, pictureRoutes } from './http/plugin.ts';
import type { Lifecycle } from './http/protocol/lifecycle.ts';
import { routeTarget } from './http/protocol/target.ts';
import { fieldsOf, sendAnswer } from './http/reply.ts';
import { safeLogger } from './log/safe.ts';
import { loadRenderer } from './render/threads.ts';
import { NO_ROUTE } from './stats/request-counts.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The server for `OPS_PORT`, if that is set. */
    ops: FastifyInstance | undefined;
  }
}

/** Options of the app in addition to its settings. */
export interface AppOptions extends Omit<CoreOptions, 'log'> {
  readonly lifecycle?: Lifecycle;
  /** Default: lines of JSON on stdout. */
  readonly log?: FastifyBaseLogger | undefined;
}

type Refuse = (
  core: Core,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>;

const refuse: Refuse = async ({ door }, error, request, reply) => {
  const { method, originalUrl: url, ip: client } = request;
  return sendAnswer(reply, await door.refuse(error, { method, url, client, field: fieldsOf(request) }));
};

/** Refuses a request that matched no route and no grammar. */
const refuseUnrouted: Refuse = async (core, error, request, reply) => {
  await refuse(core, error, request, reply);
  core.requests.add(NO_ROUTE, reply.statusCode);
  return reply;
};

const NO_SDK =
  'OTEL_TRACES is on, but nothing takes the traces: load an SDK of OpenTelemetry first, with node --import';

function noSchemas(): never {
  throw new Error('a route with a schema needs a compiler of schemas');
}

/** Answers hits before the router. A log line for each request needs the router. */
function createShortcuts(config: Config, core: Core, lifecycle: Lifecycle): Omit<ServerParts, 'connections'> {
  const { ready, fields, requests } = core;
  if (!ready) return {};
  const isTracing = config.otelTraces;
  const lookup = config.rateLimit === 'off' && !isTracing ? core.lookup : undefined;
  const options = { ready, fields, requests, lifecycle, lookup, isTracing };
  return { answerHit: routedHits(options), lane: config.fastLane ? new FastLane(options) : undefined };
}

/** What all servers have in common. */
interface Shared {
  readonly config: Config;
  readonly core: Core;
  readonly lifecycle: Lifecycle;
  readonly log: FastifyBaseLogger | undefined;
}

/** A server without routes, with the rules for errors and invalid requests. */
function createServer(
  { config, core, lifecycle, log }: Shared,
  shortcuts: Omit<ServerParts, 'connections'> = {},
): FastifyInstance {
  const { errors, requests } = core;
  const connections = new Connections();
  const clientErrors = new ClientErrors({ connections, counts: requests, errors });
  const app: FastifyInstance = Fastify({
    ...(log ? { loggerInstance: log } : { logger: safeLogger(config) }),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(),
    clientErrorHandler: (error, socket) => clientErrors.handle(error, socket),
    trustProxy: config.trustProxy ? [...config.trustProxy] : false,
    serverFactory: (route) => createHttpServer(route, { connections, ...shortcuts }),
    // No route has a schema, so schema compilers need not be loaded.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    rewriteUrl: routeTarget,
    return503OnClosing: false,
    // For targets that the router cannot look up, such as an absolute one without a host.
    frameworkErrors: (error, request, reply) => void refuseUnrouted(core, error, request, reply),
  });
  const unrouted = METHODS.filter((method) => !app.supportedMethods.includes(method));
  for (const method of unrouted) app.addHttpMethod(method);
  app.setErrorHandler((error, request, reply) =>
    (request.is404 ? refuseUnrouted : refuse)(core, error, request, reply),
  );
  app.decorate('requestCounts', requests);
  app.decorate('ops', undefined);
  if (config.logRequests) logRequests(app);
  connectionRules(app, lifecycle, clientErrors);
  app.addHook('preClose', async () => shortcuts.lane?.close());
  return app;
}

/** Registers the picture routes at the root of an app. */
function servePictures(app: FastifyInstance, core: Core): void {
  app.register(async (pictures) => {
    pictures.setErrorHandler((error, request, reply) => refuseUnrouted(core, error, request, reply));
    await pictureRoutes(pictures, { door: core.door, mounts: ['/'] });
  });
  // For targets without a path, such as `*`.
  app.setNotFoundHandler(pictureHandler(app, core.door));
}

/** The server for `OPS_PORT`: routes for operators, separate from the public ones. */
function createOpsServer(shared: Shared): FastifyInstance {
  const ops = createServer(shared);
  ops.setNotFoundHandler(async () => {
    const detail = `nothing is here: this port answers ${OPS_PATHS.join(', ')}; pictures are at PORT`;
    throw new GreyboxError('not-found', detail);
  });
  return ops;
}

/**
 * Builds the standalone service from its settings: the picture routes, the rules of a whole server, and the fast lane.
 * It does not listen; closing it closes its cache. An unreachable shared tier delays `ready()` by at most
 * `REDIS_TIMEOUT_MS` and causes no failure.
 */
export function buildApp(
  config: Config,
  { lifecycle = { phase: 'ready' }, log, peers, dialects }: AppOptions = {},
): FastifyInstance {
  const createReady = config.logRequests ? undefined : (of: ReadyOptions) => new ReadyResponses(of);
  const core = createCore(config, { log: () => app.log, peers, dialects, createReady });
  const { service, requests } = core;
  const shared: Shared = { config, core, lifecycle, log };
  const app = createServer(shared, createShortcuts(config, core, lifecycle));
  requests.connections = promisify(app.server.getConnections.bind(app.server));
  servePictures(app, core);
  const ops = config.opsPort === undefined ? undefined : createOpsServer(shared);
  app.ops = ops;
  for (const one of [app, ...(ops ? [ops] : [])]) healthRoutes(one, service, lifecycle);
  const reports = createReports({ service, requests, budget: config.memoryCacheMb * 2 ** 20, peers });
  statusRoutes(ops ?? app, reports, { service, lifecycle });
  adminRoutes(ops ?? app, service.cache, config.adminToken);
  statusPage(ops ?? app, { isApart: ops !== undefined, canPurge: config.adminToken !== undefined });
  ops?.register(pictureRoutes, { prefix: OPS_PICTURES, door: core.door, mounts: OWN.paths });
  for (const one of [app, ...(ops ? [ops] : [])]) assetRoute(one);
  pageRoutes(app, { door: core.door, lookup: core.lookup, pages: ops ? PUBLIC_PAGES : ALL_PAGES });
  app.addHook('onReady', async () => {
    await Promise.all([loadRenderer(), service.cache.shared?.connect(), core.tracing?.load()]);
    if (core.tracing?.hasSdk === false) app.log.warn(NO_SDK);
  });
  app.addHook('onClose', async () => {
    await reports.close();
    await ops?.close();
    await service.close();
  });
  return app;
}
