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
  /** Called when there is something to log, not before. */
  readonly log: () => Log;
  /** The other processes of this service, where it has several. */
  readonly peers?: Peers | undefined;
  /** The grammars that it knows; default: all. */
  readonly dialects?: readonly Dialect[] | undefined;
  /** Makes what remembers answers, for who can send them at once; default: nothing remembers any. */
  readonly createReady?: ((options: ReadyOptions) => ReadyResponses) | undefined;
  /** What a setting is called where it was given, for errors; default: by its variable. */
  readonly nameOf?: ((setting: SettingName) => string) | undefined;
}

/** All that answers requests for pictures, whoever takes them in. */
export interface Core {
  readonly service: PlaceholderService;
  readonly table: DialectTable;
  readonly fields: ImageFields;
  readonly lookup: ImageLookup;
  readonly requests: RequestCounts;
  readonly ready: ReadyResponses | undefined;
  readonly errors: ErrorAnswers;
  readonly door: Door;
  /** Makes no spans until it is loaded; undefined where nobody wants any. */
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

/** The grammar of the root. @throws ConfigError for one that there is not */
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
 * Puts together what answers requests. It connects to nothing yet, and changes nothing of the process.
 * @throws ConfigError for a `dialect` that there is not, or where this machine lacks what `cacheUrl` asks for
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
