import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { quote } from './errors.ts';
import {
  cacheUrl,
  integer,
  integerOr,
  networks,
  oneOf,
  type Setting,
  setting,
  text,
  toggle,
  workers,
} from './setting-readers.ts';

/** Every setting, in the order of the README. */
export const SETTINGS = {
  port: setting(['PORT'], 3000, integer(0, 65535), 'TCP port to listen on; 0 takes a free one'),
  host: setting(['HOST'], '127.0.0.1', text(/^\S+$/, 'a host name or address'), 'address to listen on'),
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
    'budget of the first cache tier, in MiB, of each worker',
  ),
  redisTimeoutMs: setting(
    ['REDIS_TIMEOUT_MS'],
    100,
    integer(20, 60_000),
    'bound on one call to the second tier',
  ),
  maxDimension: setting(['MAX_DIMENSION'], 2000, integer(1, 16_383), 'largest width and height'),
  maxPixels: setting(['MAX_PIXELS'], 16_000_000, integer(1, 268_000_000), 'most output pixels after scaling'),
  workers: setting(['WORKERS'], 1, workers, 'processes that serve; auto is one per core'),
  renderConcurrency: setting(
    ['RENDER_CONCURRENCY'],
    availableParallelism(),
    integer(1, 1024),
    'pictures that each worker draws at a time; by default they share the cores',
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
  logLevel: setting(
    ['LOG_LEVEL'],
    'info',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    'least level that is logged',
  ),
  logRequests: setting(['LOG_REQUESTS'], false, toggle, 'log a line for each request'),
} satisfies Record<string, Setting<unknown>>;

type SettingName = keyof typeof SETTINGS;

/** Defaults that follow from other settings. */
const DERIVED: { readonly [Name in SettingName]?: (config: Config) => Config[Name] } = {
  renderConcurrency: ({ workers, renderConcurrency }) => Math.max(1, Math.floor(renderConcurrency / workers)),
};

/** Settings whose values are not repeated: a token, and a URL that may hold a password. */
const SECRET: readonly string[] = ['adminToken', 'cacheUrl'] satisfies SettingName[];

/** All settings, read and checked; frozen. */
export type Config = { readonly [Name in SettingName]: (typeof SETTINGS)[Name]['fallback'] };

/** The flag of a setting: `--cache-url` for `CACHE_URL`. */
export function flagOf({ env }: Pick<Setting<unknown>, 'env'>): string {
  return env[0].toLowerCase().replaceAll('_', '-');
}

/** Everything that is wrong with the settings, one sentence each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/** Where settings come from. */
export interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Flags as typed: `--port 80`, `--port=80`. */
  readonly args?: readonly string[];
}

/** An argument as it may be repeated: a URL that follows a misspelt flag may hold a password. */
const withoutPassword = (value: string): string => value.replace(/\/\/.*@/s, '//…@');

/** What was given for each setting, and the name it was given by; empty variables count as unset. */
function collect(
  { env, args = [] }: Sources,
  faults: string[],
): Map<string, { name: string; value: string }> {
  const given = new Map<string, { name: string; value: string }>();
  const names = new Map<string, SettingName>();
  for (const [key, one] of Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]) {
    names.set(flagOf(one), key);
    const name = one.env.find((candidate) => env[candidate]);
    if (name) given.set(key, { name, value: env[name] as string });
  }
  const options = Object.fromEntries([...names.keys()].map((flag) => [flag, { type: 'string' as const }]));
  for (const token of parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens) {
    if (token.kind === 'positional')
      faults.push(`unexpected argument ${quote(withoutPassword(token.value))}`);
    if (token.kind !== 'option') continue;
    const key = names.get(token.name);
    // The next flag is not the value of this one.
    const value = token.inlineValue || !token.value?.startsWith('-') ? token.value : undefined;
    if (!key) faults.push(`unknown flag ${quote(token.rawName)}`);
    else if (value === undefined)
      faults.push(`${token.rawName} must be ${SETTINGS[key].allowed}, got nothing`);
    else given.set(key, { name: token.rawName, value });
  }
  return given;
}

/**
 * The one reader of the environment and of the flags of `greybox serve`; a flag wins over a variable.
 * @throws ConfigError that names every fault at once
 */
export function readConfig(sources: Sources): Config {
  const faults: string[] = [];
  const given = collect(sources, faults);
  const read = Object.entries(SETTINGS).map(([key, { read, fallback, allowed }]) => {
    const found = given.get(key);
    if (!found) return [key, fallback];
    const value = read(found.value);
    const got = SECRET.includes(key) ? '' : `, got ${found.value === '' ? 'nothing' : quote(found.value)}`;
    if (value === undefined) faults.push(`${found.name} must be ${allowed}${got}`);
    return [key, value];
  });
  if (faults.length > 0) throw new ConfigError(faults);
  const config = Object.fromEntries(read) as Config;
  const derived = Object.entries(DERIVED).filter(([key]) => !given.has(key));
  return Object.freeze({
    ...config,
    ...Object.fromEntries(derived.map(([key, derive]) => [key, derive(config)])),
  });
}
