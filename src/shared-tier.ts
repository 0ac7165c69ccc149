import { SharedTier } from './cache/shared-tier.ts';
import type { SharedStore } from './cache/store.ts';
import { openStore } from './cache/stores/open-store.ts';
import { ConfigError } from './config/config.ts';
import type { Config } from './config/settings.ts';
import { loggableError, reasonOf } from './log/safe.ts';
import { isCacheKey } from './options/cache-key.ts';

/** The log for the tier's changes. */
interface Log {
  info(message: string): void;
  warn(about: object, message: string): void;
}

/** @throws ConfigError if this machine lacks what the URL needs */
function openConfigured(url: string, timeout: number, name: string): SharedStore {
  try {
    return openStore(url, timeout);
  } catch (error) {
    throw new ConfigError([`${name}: ${(error as Error).message}`]);
  }
}

/**
 * The shared tier that the settings name; undefined for none. Its changes are logged, once each.
 * @param log called only when there is something to log
 * @param name the name of the URL's setting, as it was given
 * @throws ConfigError if this machine lacks what the URL needs
 */
export function createSharedTier(config: Config, log: () => Log, name: string): SharedTier | undefined {
  if (config.cacheUrl === undefined) return undefined;
  const store = openConfigured(config.cacheUrl, config.redisTimeoutMs, name);
  const warn = (what: string, error: Error | undefined): void => {
    if (error === undefined) log().warn({}, what);
    else log().warn({ err: loggableError(error) }, `${what} (${reasonOf(error)})`);
  };
  return new SharedTier(store, {
    prefix: config.cacheKeyPrefix,
    owns: isCacheKey,
    onChange: (state, error) => {
      if (state === 'open') warn(`${store.name} is down: serving without it`, error);
      else log().info(`${store.name} is back`);
    },
    onWriting: (state, error) => {
      if (state === 'refused') warn(`${store.name} refuses writes: it is only read`, error);
      else log().info(`${store.name} takes writes again`);
    },
    onHearing: (state, error) => {
      if (state === 'deaf') warn(`${store.name}: purges of other instances are not heard`, error);
      else log().info(`${store.name}: purges of other instances are heard again`);
    },
  });
}
