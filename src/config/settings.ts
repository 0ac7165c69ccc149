import { availableParallelism } from 'node:os';
import {
  cacheUrl,
  decimal,
  headerName,
  hostName,
  integer,
  integerOr,
  listenHost,
  networks,
  oneOf,
  type Setting,
  setting,
  text,
  toggle,
  workers,
} from './readers.ts';

/** Every setting, in the order of the README. */
export const SETTINGS = {
  port: setting(['PORT'], 3000, integer(0, 65535), 'TCP port to listen on; 0 takes a free one'),
  host: setting(['HOST'], '127.0.0.1', listenHost, 'address to listen on'),
  opsPort: setting<number | undefined>(
    ['OPS_PORT'],
    undefined,
    integer(0, 65535),
    'port of its own for metrics, status and purging, which PORT then does not answer; 0 takes a free one',
  ),
  cacheUrl: setting<string | undefined>(
    ['CACHE_URL', 'REDIS_URL'],
    undefined,
    cacheUrl,
    'second cache tier, shared by processes',
  ),
  cacheTtlSeconds: setting(
    ['CACHE_TTL_SECONDS'],
    3600,
    integer(1, 31_536_000),
    'life of an image in every tier',
  ),
  cacheKeyPrefix: setting(
    ['CACHE_KEY_PREFIX'],
    '',
    text(/^[\x21-\x7e]{0,100}$/, 'at most 100 printable ASCII characters'),
    'put before each key',
  ),
  memoryCacheMb: setting(
    ['MEMORY_CACHE_MB'],
    64,
    integer(0, 1_000_000),
    'budget of the first cache tier, in MiB, of each worker; by default at most a sixteenth of a memory limit',
  ),
  redisTimeoutMs: setting(
    ['REDIS_TIMEOUT_MS'],
    100,
    integer(20, 60_000),
    'bound on one call to the shared tier',
  ),
  maxDimension: setting(['MAX_DIMENSION'], 2000, integer(1, 16_383), 'largest width and height'),
  maxPixels: setting(['MAX_PIXELS'], 16_000_000, integer(1, 268_000_000), 'most output pixels after scaling'),
  workers: setting(['WORKERS'], 1, workers, 'processes that serve; auto is one per core'),
  renderConcurrency: setting(
    ['RENDER_CONCURRENCY'],
    availableParallelism(),
    integer(1, 1024),
    'pictures that each worker draws at a time; by default they share the cores, and fit a memory limit',
  ),
  renderQueue: setting(
    ['RENDER_QUEUE'],
    256,
    integer(0, 1_000_000),
    'pictures that may wait in each worker; more are refused with 503',
  ),
  rateLimit: setting<number | 'off'>(
    ['RATE_LIMIT'],
    'off',
    integerOr('off', 1, 1_000_000),
    'new pictures drawn per minute and client; hits are never limited',
  ),
  drainSeconds: setting(
    ['DRAIN_SECONDS'],
    0.5,
    decimal(0, 3600),
    'seconds that a stop goes on accepting and answering, unready, before it closes the port',
  ),
  trustProxy: setting<readonly string[] | undefined>(
    ['TRUST_PROXY'],
    undefined,
    networks,
    'proxies whose X-Forwarded-* headers are believed',
  ),
  adminToken: setting<string | undefined>(
    ['ADMIN_TOKEN'],
    undefined,
    text(/^[\x21-\x7e]{1,500}$/, 'at most 500 printable ASCII characters without spaces'),
    'bearer token that may purge the cache; without it nothing can',
  ),
  fastLane: setting(['FAST_LANE'], true, toggle, 'answer hits in memory ahead of the HTTP parser'),
  dialect: setting<string | undefined>(
    ['DIALECT'],
    undefined,
    hostName,
    'host name of the placeholder service whose URLs the root answers',
  ),
  cdnMaxAge: setting<number | 'off'>(
    ['CDN_MAX_AGE'],
    'off',
    integerOr('off', 0, 31_536_000),
    'seconds that a CDN may keep a picture: adds CDN-Cache-Control',
  ),
  cacheTagHeader: setting<string>(
    ['CACHE_TAG_HEADER'],
    'off',
    headerName,
    'header that names the cache tags of a picture to a CDN, such as Cache-Tag or Surrogate-Key',
  ),
  otelTraces: setting(
    ['OTEL_TRACES'],
    false,
    toggle,
    'make traces with OpenTelemetry, whose SDK is loaded with node --import',
  ),
  logLevel: setting(
    ['LOG_LEVEL'],
    'info',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    'least level that is logged',
  ),
  logRequests: setting(['LOG_REQUESTS'], false, toggle, 'log a line for each request'),
} satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;

/** MiB that a worker takes without its cache and its drawing: fonts and render threads are in it. */
export const BASE_MB = 205;
/** MiB that drawing one of the largest pictures takes. */
const DRAWING_MB = 200;
/** The cache's share of a limit. */
const CACHE_SHARE = 1 / 16;

/** Defaults that depend on other settings, and on the MiB that each worker may use. */
export const DERIVED: {
  readonly [Name in SettingName]?: (config: Config, workerMb: number) => Config[Name];
} = {
  renderConcurrency: ({ workers, renderConcurrency }, workerMb) => {
    const fitting = Math.floor((workerMb - BASE_MB) / DRAWING_MB);
    return Math.max(1, Math.min(Math.floor(renderConcurrency / workers), fitting));
  },
  memoryCacheMb: ({ memoryCacheMb }, workerMb) => Math.min(memoryCacheMb, Math.floor(workerMb * CACHE_SHARE)),
};

/** Settings whose values are never quoted: a token, and a URL that may contain a password. */
export const SECRET: readonly string[] = ['adminToken', 'cacheUrl'] satisfies SettingName[];

/** All settings, read and checked; frozen. */
export type Config = { readonly [Name in SettingName]: (typeof SETTINGS)[Name]['fallback'] };

/** The flag that says the same as a variable, without dashes: `cache-url` for `CACHE_URL`. */
export const flagNamed = (variable: string): string => variable.toLowerCase().replaceAll('_', '-');

/** The flag of a setting, named after its first variable. */
export const flagOf = ({ env }: Pick<Setting<unknown>, 'env'>): string => flagNamed(env[0]);
