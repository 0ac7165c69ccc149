import { MemoryStore } from './cache/memory-store.ts';
import { TieredCache } from './cache/tiered-cache.ts';
import { ConfigError } from './config/config.ts';
import { drawingMemory, memoryLeft } from './config/memory-limit.ts';
import { type Config, SETTINGS, type SettingName } from './config/settings.ts';
import type { Dialect } from './dialects/dialect.ts';
import { DialectTable } from './dialects/table.ts';
import { Door } from './http/door.ts';
import { ErrorPictures } from './http/errors/error-picture.ts';
import { ErrorAnswers } from './http/errors/problem.ts';
import { ImageFields } from './http/images/image-fields.ts';
import { ImageLookup } from './http/images/image-lookup.ts';
import type { ReadyOptions, ReadyResponses } from './http/lane/ready-responses.ts';
import { bears } from './http/protocol/bearer.ts';
import type { Log } from './log/told.ts';
import { PlaceholderService } from './placeholder.ts';
import { RenderBudget, RenderLimiter } from './rate-limit.ts';
import { RenderQueue } from './render/queue.ts';
import { RenderThreads } from './render/threads.ts';
import { createSharedTier } from './shared-tier.ts';
import type { Peers } from './stats/peers.ts';
import { RequestCounts } from './stats/request-counts.ts';
import { Tracing } from './tracing.ts';

export interface CoreOptions {
  /** Called only when there is something to log. */
  readonly log: () => Log;
  /** The other processes of this service, if it has several. */
  readonly peers?: Peers | undefined;
  /** The supported grammars; default: all. */
  readonly dialects?: readonly Dialect[] | undefined;
  /** Creates the store of ready answers, for servers that can send them at once; default: none. */
  readonly createReady?: ((options: ReadyOptions) => ReadyResponses) | undefined;
  /** The name of a setting where it was given, for errors; default: its variable. */
  readonly nameOf?: ((setting: SettingName) => string) | undefined;
}

/** Everything that answers picture requests, independent of the server in front. */
export interface Core {
  readonly service: PlaceholderService;
  readonly table: DialectTable;
  readonly fields: ImageFields;
  readonly lookup: ImageLookup;
  readonly requests: RequestCounts;
  readonly ready: ReadyResponses | undefined;
  readonly errors: ErrorAnswers;
  readonly door: Door;
  /** Makes no spans until it is loaded; undefined if tracing is off. */
  readonly tracing: Tracing | undefined;
}

const now = (): number => performance.now();
const variableOf = (setting: SettingName): string => SETTINGS[setting].env[0];

/** The cache and what fills it. */
function createService(config: Config, { peers, log, nameOf = variableOf }: CoreOptions): PlaceholderService {
  const memory = new MemoryStore(config.memoryCacheMb * 2 ** 20, now);
  const cache = new TieredCache(
    memory,
    createSharedTier(config, log, nameOf('cacheUrl')),
    config.cacheTtlSeconds * 1000,
    now,
  );
  if (peers) {
    peers.onForget = (purge) => cache.forget(purge);
    cache.forgetElsewhere = (purge) => peers.forget(purge);
  }
  return new PlaceholderService(
    cache,
    new RenderQueue(config.renderConcurrency, config.renderQueue, {
      memory: drawingMemory(config),
      memoryLeft: () => memoryLeft(config),
    }),
    new RenderThreads(config.renderConcurrency),
  );
}

function createLimiter({ rateLimit }: Config, peers: Peers | undefined): RenderLimiter | undefined {
  if (rateLimit === 'off') return undefined;
  const budget = peers ?? new RenderBudget(rateLimit, now);
  return new RenderLimiter(rateLimit, (client, weight) => budget.take(client, weight));
}

/** The grammar of the root. @throws ConfigError for an unknown one */
function rootOf(
  { dialect }: Config,
  table: DialectTable,
  { nameOf = variableOf }: CoreOptions,
): Dialect | undefined {
  if (dialect === undefined) return undefined;
  const fault = table.faultOf(dialect);
  if (fault) throw new ConfigError([`${nameOf('dialect')} ${fault}`]);
  return table.named(dialect);
}

/**
 * Assembles the parts that answer requests. It does not connect to anything yet, and does not change the process.
 * @throws ConfigError for an unknown `dialect`, or if this machine lacks what `cacheUrl` needs
 */
export function createCore(config: Config, options: CoreOptions): Core {
  const service = createService(config, options);
  const table = new DialectTable(options.dialects);
  const fields = new ImageFields(service.cache, config);
  const requests = new RequestCounts();
  const limiter = createLimiter(config, options.peers);
  const lookup = new ImageLookup({
    service,
    limits: config,
    table,
    root: rootOf(config, table, options),
    limiter,
  });
  const ready = options.createReady?.({
    memory: service.cache.memory,
    fields,
    requests,
    scopeOf: (host) => lookup.scopeOf(host),
  });
  const pictures = new ErrorPictures({
    draw: (picture) => service.drawUncached(picture),
    limits: config,
    limiter,
  });
  const errors = new ErrorAnswers(pictures, options.log);
  const tracing = config.otelTraces ? new Tracing() : undefined;
  const isOperator = config.adminToken === undefined ? undefined : bears(config.adminToken);
  const door = new Door({ lookup, fields, errors, requests, ready, isOperator, tracing });
  return { service, table, fields, lookup, requests, ready, errors, door, tracing };
}

/** The core of each greybox: for adapters that show more of it than pictures. It is no part of the public types. */
export const CORES = new WeakMap<object, Core>();
