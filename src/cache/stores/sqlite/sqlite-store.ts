import { globMatcher } from '../../glob.ts';
import { Repetition } from '../../repetition.ts';
import { NO_BOUND, type SharedStore, type Stored, type StoreSize, UNUSABLE } from '../../store.ts';
import { PolledBus } from '../polled-bus.ts';
import { findSqlite } from './sqlite.ts';
import { SqliteThread } from './sqlite-thread.ts';

/** How often expired rows are removed, and the shortest time for which a message is kept; ms. */
const SWEEP = 600_000;

/**
 * An SQLite file, for one machine that should keep its cache over a restart; several processes may share it. A row has
 * a key, the bytes and their expiry.
 */
export class SqliteStore implements SharedStore {
  readonly name = 'sqlite';
  readonly bus: PolledBus;
  readonly #thread: SqliteThread;
  readonly #now: () => number;
  readonly #listeners: ((up: boolean, error?: Error) => void)[] = [];
  readonly #sweeps: Repetition;

  /**
   * @param url `sqlite:` and the path of the file: `sqlite:/var/cache/greybox.db`
   * @param timeout bound on one call, in ms; a write waits that long for another process that writes
   * @param now the time of day, in ms since 1970
   * @throws Error that names the package to install, if this Node has no built-in SQLite
   */
  constructor(url: string, timeout: number, now: () => number = Date.now, kind = findSqlite()) {
    const path = decodeURIComponent(url.replace(/^sqlite:(?:\/\/(?=\/))?/, ''));
    this.#thread = new SqliteThread({ path, kind, timeout });
    this.#now = now;
    this.#sweeps = new Repetition(() => this.#thread.call('sweep', this.#now()), SWEEP);
    this.bus = new PolledBus({
      last: () => this.#thread.call('last'),
      append: (message) => this.#thread.call('append', message, this.#now() + SWEEP),
      read: (after, upTo) => this.#thread.call('read', after, upTo),
    });
  }

  async connect(): Promise<void> {
    await this.#thread.start();
    try {
      await this.ping();
      for (const listener of this.#listeners) listener(true);
    } catch (error) {
      for (const listener of this.#listeners) listener(false, error as Error);
    }
    void this.#sweeps.start();
    await this.bus.start();
  }

  async get(key: string, maxBytes: number = NO_BOUND): Promise<Stored | undefined> {
    const row = await this.#thread.call('get', key, Math.min(maxBytes, Number.MAX_SAFE_INTEGER));
    const ttl = (row?.ends ?? 0) - this.#now();
    if (!row || ttl <= 0) return undefined;
    const { body } = row;
    return body ? { body: Buffer.from(body.buffer, body.byteOffset, body.byteLength), ttl } : UNUSABLE;
  }

  set(key: string, body: Buffer, ttl: number): Promise<void> {
    // Copies only these bytes: passing a slice to the thread would copy its whole underlying buffer.
    return this.#thread.call('set', key, new Uint8Array(body), this.#now() + ttl);
  }

  delete(key: string): Promise<boolean> {
    return this.#thread.call('delete', key);
  }

  async deleteMatching(glob: string, passes: (key: string) => boolean): Promise<number> {
    const matches = globMatcher(glob);
    const keys = (await this.#thread.call('keys')).filter((key) => matches(key) && passes(key));
    let removed = 0;
    for (const key of keys) removed += Number(await this.delete(key));
    return removed;
  }

  /** Also opens the file if that failed before. */
  ping(): Promise<void> {
    return this.#thread.call('ping');
  }

  size(): Promise<StoreSize> {
    return this.#thread.call('size');
  }

  onConnection(listener: (up: boolean, error?: Error) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.bus.close();
    this.#sweeps.end();
    await this.#thread.close();
  }
}
