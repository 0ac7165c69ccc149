import { MemoryStore } from './cache/memory-store.ts';
import { TieredCache } from './cache/tiered-cache.ts';
import { ConfigError, configOf, type Settings } from './config/config.ts';
import type { Config } from './config/settings.ts';
import type { Dialect } from './dialects/dialect.ts';
import { DialectTable } from './dialects/table.ts';
import { Door, type DoorRequest } from './http/door.ts';
import { ErrorPictures } from './http/errors/error-picture.ts';
import { ErrorAnswers } from './http/errors/problem.ts';
import { type FetchHandler, fetchHandler } from './http/fetch-door.ts';
import type { Answer } from './http/images/answer.ts';
import { ImageFields } from './http/images/image-fields.ts';
import { ImageLookup } from './http/images/image-lookup.ts';
import { ReadyResponses } from './http/lane/ready-responses.ts';
import { type NodeHandler, nodeHandler } from './http/node-door.ts';
import { loggableError, Redactor } from './log/safe.ts';
import { PlaceholderService } from './placeholder.ts';
import { RenderBudget, RenderLimiter } from './rate-limit.ts';
import { RenderQueue } from './render/queue.ts';
import { RenderThreads } from './render/threads.ts';
import { createSharedTier } from './shared-tier.ts';
import type { Peers } from './stats/peers.ts';
import { RequestCounts } from './stats/request-counts.ts';

/** Where greybox says what happens to it: pino, the logger of Fastify, or `console`. */
export interface Log {
  info(message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

export interface CoreOptions {
  /** Called when there is something to log, not before. */
  readonly log: () => Log;
  /** The other processes of this service, where it has several. */
  readonly peers?: Peers | undefined;
  /** The grammars that it knows; default: all. */
  readonly dialects?: readonly Dialect[] | undefined;
}

/** All that answers requests for pictures, whoever takes them in. */
export interface Core {
  readonly service: PlaceholderService;
  readonly table: DialectTable;
  readonly fields: ImageFields;
  readonly lookup: ImageLookup;
  readonly requests: RequestCounts;
  readonly ready: ReadyResponses;
  readonly errors: ErrorAnswers;
  readonly door: Door;
}

const now = (): number => performance.now();

/** The cache and what fills it. */
function createService(config: Config, { peers, log }: CoreOptions): PlaceholderService {
  const memory = new MemoryStore(config.memoryCacheMb * 2 ** 20, now);
  const cache = new TieredCache(memory, createSharedTier(config, log), config.cacheTtlSeconds * 1000, now);
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

/** The grammar of the root. @throws ConfigError for one that there is not */
function rootOf({ dialect }: Config, table: DialectTable): Dialect | undefined {
  if (dialect === undefined) return undefined;
  const fault = table.faultOf(dialect);
  if (fault) throw new ConfigError([`DIALECT ${fault}`]);
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
    root: rootOf(config, table),
    limiter,
  });
  const ready = new ReadyResponses({
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
  const door = new Door({ lookup, fields, errors, requests, ready: config.logRequests ? undefined : ready });
  return { service, table, fields, lookup, requests, ready, errors, door };
}

/** The settings of the server in camelCase; those of a port, a process or its log mean nothing here. */
export interface GreyboxSettings extends Settings {
  /** Default: nothing is logged. */
  readonly log?: Log | undefined;
}

/** Placeholder pictures inside of another program. */
export interface Greybox extends AsyncDisposable {
  /**
   * Answers a request of the Fetch API: in Next and SvelteKit routes, in Hono, Bun and Deno. It does not say who asks: with
   * `rateLimit` all share one account.
   */
  readonly fetch: FetchHandler;
  /** A listener of node:http, or middleware: with `next` it passes on what is not its own, else that gets a 404. */
  readonly node: NodeHandler;
  /** Answers a request that any other server has taken in. It never fails: an error is an answer. */
  readonly answer: (request: DoorRequest) => Promise<Answer>;
  /** The paths that it answers below wherever it is mounted. */
  readonly mounts: readonly string[];
  /** Ends its threads and the connections of its cache. */
  readonly close: () => Promise<void>;
}

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** A log that is told nothing secret. */
function withoutSecrets(log: Log, config: Config): Log {
  const redactor = new Redactor(config);
  const hide = (about: { readonly err?: unknown }): object => {
    const err = about.err instanceof Error ? loggableError(about.err, { stack: true }) : about.err;
    return JSON.parse(redactor.line(JSON.stringify({ ...about, err })));
  };
  return {
    info: (message) => log.info(redactor.text(message)),
    warn: (about, message) => log.warn(hide(about), redactor.text(message)),
    error: (about, message) => log.error(hide(about), redactor.text(message)),
  };
}

/**
 * Makes a greybox for another program. Neither the process nor its environment is changed or read.
 * @throws ConfigError naming every setting that is wrong
 */
export function createGreybox({ log = SILENT, ...settings }: GreyboxSettings = {}): Greybox {
  const config = configOf(settings);
  const safe = withoutSecrets(log, config);
  const { service, table, door } = createCore(config, { log: () => safe });
  const connected = service.cache.shared?.connect();
  const answer = async (request: DoorRequest): Promise<Answer> => {
    await connected;
    return door.answer(request);
  };
  const ours = { answer, owns: door.owns.bind(door) };
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= service.close();
    return closing;
  };
  return {
    fetch: fetchHandler(ours),
    node: nodeHandler(ours),
    answer,
    mounts: table.mounts,
    close,
    [Symbol.asyncDispose]: close,
  };
}
