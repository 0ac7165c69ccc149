import type { SharedStore } from '../store.ts';
import { FileStore } from './file/file-store.ts';
import { MemcachedStore } from './memcached/memcached-store.ts';
import { RedisStore } from './redis/redis-store.ts';
import { readRedisUrl } from './redis/redis-url.ts';
import { findSqlite } from './sqlite/sqlite.ts';
import { SqliteStore } from './sqlite/sqlite-store.ts';

type Open = (url: string, timeout: number) => SharedStore;
type Check = (url: string) => unknown;

/** The kinds of store: how their URLs begin, how they are opened, and what would make that fail. */
const STORES: readonly (readonly [RegExp, Open, Check])[] = [
  [/^rediss?(?:\+\w+)?:/, (url, timeout) => new RedisStore(url, timeout), readRedisUrl],
  [/^memcached:/, (url, timeout) => new MemcachedStore(url, timeout), (url) => new URL(url)],
  [
    /^sqlite:/,
    (url, timeout) => new SqliteStore(url, timeout),
    (url) => [decodeURIComponent(url), findSqlite()],
  ],
  [/^file:/, (url, timeout) => new FileStore(url, timeout), decodeURIComponent],
];

/** @throws Error, without the URL in it, if there is no such store */
function storeOf(url: string): (typeof STORES)[number] {
  const store = STORES.find(([pattern]) => pattern.test(url));
  if (!store) throw new Error('the URL of the cache is of no store that there is');
  return store;
}

/** Does a task that decodes a URL. @throws Error that says what is wrong with an escape */
function decoding<T>(task: () => T): T {
  try {
    return task();
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new Error('the URL of the cache is malformed: % begins an escape of two hex digits, such as %25');
  }
}

/**
 * Checks that {@link openStore} would open a store, without opening it.
 * @throws Error, without the URL in it, for a malformed URL, or if this Node lacks what the store needs
 */
export function checkStore(url: string): void {
  const [, , check] = storeOf(url);
  decoding(() => check(url));
}

/**
 * The store at a URL, not yet connected.
 * @param timeout bound on one call, in ms
 * @throws Error, without the URL in it, if there is no such store, or if this Node lacks what it needs
 */
export function openStore(url: string, timeout: number): SharedStore {
  const [, open] = storeOf(url);
  return decoding(() => open(url, timeout));
}
