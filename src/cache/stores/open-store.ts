import type { SharedStore } from '../store.ts';
import { FileStore } from './file/file-store.ts';
import { MemcachedStore } from './memcached/memcached-store.ts';
import { RedisStore } from './redis/redis-store.ts';
import { SqliteStore } from './sqlite/sqlite-store.ts';

type Open = (url: string, timeout: number) => SharedStore;

/** The kinds of store, by how their URLs begin. */
const STORES: readonly (readonly [RegExp, Open])[] = [
  [/^rediss?(?:\+\w+)?:/, (url, timeout) => new RedisStore(url, timeout)],
  [/^memcached:/, (url, timeout) => new MemcachedStore(url, timeout)],
  [/^sqlite:/, (url, timeout) => new SqliteStore(url, timeout)],
  [/^file:/, (url, timeout) => new FileStore(url, timeout)],
];

/**
 * The store at a URL, not yet connected.
 * @param timeout bound on one call, in ms
 * @throws Error, without the URL in it, if there is no such store, or if this Node lacks what it needs
 */
export function openStore(url: string, timeout: number): SharedStore {
  const [, open] = STORES.find(([pattern]) => pattern.test(url)) ?? [];
  if (!open) throw new Error('the URL of the cache is of no store that there is');
  return open(url, timeout);
}
