import type { SharedStore } from '../store.ts';
import { FileStore } from './file/file-store.ts';
import { MemcachedStore } from './memcached/memcached-store.ts';
import { RedisStore } from './redis/redis-store.ts';
import { findSqlite } from './sqlite/sqlite.ts';
import { SqliteStore } from './sqlite/sqlite-store.ts';

type Open = (url: string, timeout: number) => SharedStore;

/** The kinds of store: how their URLs begin, how they are opened, and what looks for a module that they need. */
const STORES: readonly (readonly [RegExp, Open, (() => unknown)?])[] = [
  [/^rediss?(?:\+\w+)?:/, (url, timeout) => new RedisStore(url, timeout)],
  [/^memcached:/, (url, timeout) => new MemcachedStore(url, timeout)],
  [/^sqlite:/, (url, timeout) => new SqliteStore(url, timeout), findSqlite],
  [/^file:/, (url, timeout) => new FileStore(url, timeout)],
];

/** @throws Error, without the URL in it, if there is no such store */
function storeOf(url: string): (typeof STORES)[number] {
  const store = STORES.find(([pattern]) => pattern.test(url));
  if (!store) throw new Error('the URL of the cache is of no store that there is');
  return store;
}

/** @throws Error if this Node lacks what the store at a URL needs */
export function checkStore(url: string): void {
  const [, , findModule] = storeOf(url);
  findModule?.();
}

/**
 * The store at a URL, not yet connected.
 * @param timeout bound on one call, in ms
 * @throws Error, without the URL in it, if there is no such store, or if this Node lacks what it needs
 */
export function openStore(url: string, timeout: number): SharedStore {
  const [, open] = storeOf(url);
  return open(url, timeout);
}
