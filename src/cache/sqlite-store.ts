import { createRequire } from 'node:module';
import { globMatcher } from './glob.ts';
import { type SharedStore, type Stored, WriteRefusedError } from './store.ts';
import { unreferencedTimer } from './time-limit.ts';

/** The part of `node:sqlite` that is used here; the types of Node 20 do not know it. */
interface Database {
  exec(sql: string): void;
  prepare(sql: string): {
    get(...values: unknown[]): Record<string, unknown> | undefined;
    all(...values: unknown[]): Record<string, unknown>[];
    run(...values: unknown[]): { readonly changes: number | bigint };
  };
  close(): void;
}

/** How often rows whose time is over are removed, in ms. */
const SWEEP = 600_000;

type OpenDatabase = new (path: string) => Database;

/** @throws Error that says what to do, where this Node has no SQLite */
function loadSqlite(): OpenDatabase {
  try {
    return (createRequire(import.meta.url)('node:sqlite') as { DatabaseSync: OpenDatabase }).DatabaseSync;
  } catch (cause) {
    const detail = `sqlite: needs Node 22.13 or later, this is ${process.version}; file: keeps a cache over a restart too`;
    throw new Error(detail, { cause });
  }
}

/** What is done to a database, prepared. */
function prepare(database: Database) {
  const one = (sql: string) => database.prepare(sql);
  return {
    get: one('SELECT body, ends FROM greybox WHERE key = ?'),
    set: one('INSERT OR REPLACE INTO greybox (key, body, ends) VALUES (?, ?, ?)'),
    delete: one('DELETE FROM greybox WHERE key = ?'),
    keys: one('SELECT key FROM greybox'),
    sweep: one('DELETE FROM greybox WHERE ends <= ?'),
  };
}

/**
 * A file of SQLite, for one machine that should keep its cache over a restart, through Node's own module. A row has a
 * key, the bytes, and when they end. Processes that share it do not hear of each other's purges.
 */
export class SqliteStore implements SharedStore {
  readonly name = 'sqlite';
  readonly #path: string;
  readonly #timeout: number;
  readonly #now: () => number;
  readonly #Database = loadSqlite();
  readonly #listeners: ((up: boolean, error?: Error) => void)[] = [];
  #database: Database | undefined;
  #calls: ReturnType<typeof prepare> | undefined;
  #cancel = (): void => {};

  /**
   * @param url `sqlite:` and the path of the file: `sqlite:/var/cache/greybox.db`
   * @param timeout longest wait for another process that writes, in ms
   * @param now the time of day, in ms since 1970
   * @throws Error where this Node has no SQLite
   */
  constructor(url: string, timeout: number, now: () => number = Date.now) {
    this.#path = decodeURIComponent(url.replace(/^sqlite:(?:\/\/(?=\/))?/, ''));
    this.#timeout = timeout;
    this.#now = now;
  }

  async connect(): Promise<void> {
    try {
      this.#database = new this.#Database(this.#path);
      this.#database.exec(`PRAGMA busy_timeout = ${this.#timeout}`);
      // Readers and the writer do not wait for each other, and a crash loses the last rows at most.
      this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      this.#database.exec(
        'CREATE TABLE IF NOT EXISTS greybox (key TEXT PRIMARY KEY, body BLOB NOT NULL, ends REAL NOT NULL)',
      );
      this.#calls = prepare(this.#database);
      this.#sweep();
      for (const listener of this.#listeners) listener(true);
    } catch (error) {
      for (const listener of this.#listeners) listener(false, error as Error);
    }
  }

  async get(key: string): Promise<Stored | undefined> {
    const row = this.#ready().get.get(key) as { body: Uint8Array; ends: number } | undefined;
    const ttl = (row?.ends ?? 0) - this.#now();
    if (!row || ttl <= 0) return undefined;
    return { body: Buffer.from(row.body.buffer, row.body.byteOffset, row.body.byteLength), ttl };
  }

  async set(key: string, body: Buffer, ttl: number): Promise<void> {
    const { set } = this.#ready();
    try {
      set.run(key, body, this.#now() + ttl);
    } catch (error) {
      throw new WriteRefusedError(String(error), { cause: error });
    }
  }

  async delete(key: string): Promise<boolean> {
    return Number(this.#ready().delete.run(key).changes) > 0;
  }

  async deleteMatching(glob: string, passes: (key: string) => boolean): Promise<number> {
    const matches = globMatcher(glob);
    const keys = this.#ready()
      .keys.all()
      .map(({ key }) => String(key))
      .filter((key) => matches(key) && passes(key));
    let removed = 0;
    for (const key of keys) removed += Number(await this.delete(key));
    return removed;
  }

  async ping(): Promise<void> {
    this.#ready().get.get('');
  }

  onConnection(listener: (up: boolean, error?: Error) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.#cancel();
    this.#calls = undefined;
    this.#database?.close();
    this.#database = undefined;
  }

  #ready(): ReturnType<typeof prepare> {
    if (!this.#calls) throw new Error('the database is not open');
    return this.#calls;
  }

  #sweep(): void {
    this.#calls?.sweep.run(this.#now());
    this.#cancel = unreferencedTimer(() => this.#sweep(), SWEEP);
  }
}
