import { globMatcher } from '../../glob.ts';
import { type SharedStore, type Stored, type StoreSize, WriteRefusedError } from '../../store.ts';
import { unreferencedTimer } from '../../time-limit.ts';
import { PolledBus } from '../polled-bus.ts';
import { type Database, loadSqlite, type OpenDatabase } from './sqlite.ts';

/** How often rows whose time is over are removed, in ms. */
const SWEEP = 600_000;

/** Numbers of messages are never given again, also where their rows are gone. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS greybox (key TEXT PRIMARY KEY, body BLOB NOT NULL, ends REAL NOT NULL);
  CREATE TABLE IF NOT EXISTS greybox_messages
    (number INTEGER PRIMARY KEY AUTOINCREMENT, message TEXT NOT NULL, ends REAL NOT NULL)`;

/** Counting goes over the index of keys alone; bytes are those of all pages in use. */
const SIZE = `
  SELECT (SELECT count(*) FROM greybox) AS entries, (page_count - freelist_count) * page_size AS bytes
  FROM pragma_page_count, pragma_freelist_count, pragma_page_size`;

/** What is done to a database, prepared. */
function prepare(database: Database) {
  const one = (sql: string) => database.prepare(sql);
  return {
    get: one('SELECT body, ends FROM greybox WHERE key = ?'),
    set: one('INSERT OR REPLACE INTO greybox (key, body, ends) VALUES (?, ?, ?)'),
    delete: one('DELETE FROM greybox WHERE key = ?'),
    keys: one('SELECT key FROM greybox'),
    size: one(SIZE),
    sweep: ['greybox', 'greybox_messages'].map((table) => one(`DELETE FROM ${table} WHERE ends <= ?`)),
    last: one("SELECT seq FROM sqlite_sequence WHERE name = 'greybox_messages'"),
    append: one('INSERT INTO greybox_messages (message, ends) VALUES (?, ?)'),
    read: one('SELECT message FROM greybox_messages WHERE number > ? AND number <= ? ORDER BY number'),
  };
}

/**
 * A file of SQLite, for one machine that should keep its cache over a restart; several processes may share it. A row
 * has a key, the bytes, and when they end.
 */
export class SqliteStore implements SharedStore {
  readonly name = 'sqlite';
  readonly bus: PolledBus;
  readonly #path: string;
  readonly #timeout: number;
  readonly #now: () => number;
  readonly #Database: OpenDatabase;
  readonly #listeners: ((up: boolean, error?: Error) => void)[] = [];
  #database: Database | undefined;
  #calls: ReturnType<typeof prepare> | undefined;
  #cancel = (): void => {};
  #closed = false;

  /**
   * @param url `sqlite:` and the path of the file: `sqlite:/var/cache/greybox.db`
   * @param timeout longest wait for another process that writes, in ms
   * @param now the time of day, in ms since 1970
   * @throws Error that names the package to install, where this Node has no SQLite of its own
   */
  constructor(url: string, timeout: number, now: () => number = Date.now, load = loadSqlite) {
    this.#path = decodeURIComponent(url.replace(/^sqlite:(?:\/\/(?=\/))?/, ''));
    this.#timeout = timeout;
    this.#now = now;
    this.#Database = load();
    this.bus = new PolledBus({
      last: async () => Number(this.#ready().last.get()?.['seq'] ?? 0),
      append: async (message) => void this.#ready().append.run(message, this.#now() + SWEEP),
      read: async (after, upTo) =>
        this.#ready()
          .read.all(after, upTo)
          .map(({ message }) => String(message)),
    });
  }

  async connect(): Promise<void> {
    try {
      this.#open();
      for (const listener of this.#listeners) listener(true);
    } catch (error) {
      for (const listener of this.#listeners) listener(false, error as Error);
    }
    await this.bus.start();
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

  /** Opens the file where that was in vain before. */
  async ping(): Promise<void> {
    if (!this.#calls) this.#open();
    this.#ready().get.get('');
  }

  async size(): Promise<StoreSize> {
    const { entries, bytes } = this.#ready().size.get() ?? {};
    return { entries: Number(entries), bytes: Number(bytes) };
  }

  onConnection(listener: (up: boolean, error?: Error) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.bus.close();
    this.#cancel();
    this.#calls = undefined;
    this.#database?.close();
    this.#database = undefined;
  }

  #open(): void {
    if (this.#closed) return;
    const database = new this.#Database(this.#path);
    try {
      database.exec(`PRAGMA busy_timeout = ${this.#timeout}`);
      // Readers and the writer do not wait for each other, and a crash loses the last rows at most.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      database.exec(SCHEMA);
      this.#calls = prepare(database);
    } catch (error) {
      database.close();
      throw error;
    }
    this.#database = database;
    this.#sweep();
  }

  #ready(): ReturnType<typeof prepare> {
    if (!this.#calls) throw new Error('the database is not open');
    return this.#calls;
  }

  #sweep(): void {
    this.#cancel = unreferencedTimer(() => this.#sweep(), SWEEP);
    try {
      for (const sweep of this.#calls?.sweep ?? []) sweep.run(this.#now());
    } catch {
      // Another process writes: the next one will do.
    }
  }
}
