import type { Database, OpenDatabase } from './sqlite.ts';

/** Message numbers are never reused, even after their rows are gone. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS greybox (key TEXT PRIMARY KEY, body BLOB NOT NULL, ends REAL NOT NULL);
  CREATE TABLE IF NOT EXISTS greybox_messages
    (number INTEGER PRIMARY KEY AUTOINCREMENT, message TEXT NOT NULL, ends REAL NOT NULL)`;

/** The length of a value is known without reading it. */
const GET = `
  SELECT ends, length(body) AS length, CASE WHEN length(body) <= ? THEN body END AS body
  FROM greybox WHERE key = ?`;

/** Counting reads only the index of keys; the bytes are those of all pages in use. */
const SIZE = `
  SELECT (SELECT count(*) FROM greybox) AS entries, (page_count - freelist_count) * page_size AS bytes
  FROM pragma_page_count, pragma_freelist_count, pragma_page_size`;

/** A row from the thread; `body` is undefined if it is longer than the limit. */
export interface Row {
  readonly body: Uint8Array | undefined;
  /** ms since 1970 */
  readonly ends: number;
}

/** The calls on a database; each is atomic. */
function calls(database: Database) {
  const one = (sql: string) => database.prepare(sql);
  const statements = {
    get: one(GET),
    set: one('INSERT OR REPLACE INTO greybox (key, body, ends) VALUES (?, ?, ?)'),
    delete: one('DELETE FROM greybox WHERE key = ?'),
    keys: one('SELECT key FROM greybox'),
    size: one(SIZE),
    sweep: ['greybox', 'greybox_messages'].map((table) => one(`DELETE FROM ${table} WHERE ends <= ?`)),
    last: one("SELECT seq FROM sqlite_sequence WHERE name = 'greybox_messages'"),
    append: one('INSERT INTO greybox_messages (message, ends) VALUES (?, ?)'),
    read: one('SELECT message FROM greybox_messages WHERE number > ? AND number <= ? ORDER BY number'),
  };
  return {
    get: (key: string, maxBytes: number): Row | undefined => {
      const row = statements.get.get(maxBytes, key);
      if (!row) return undefined;
      return { body: (row['body'] as Uint8Array | null) ?? undefined, ends: Number(row['ends']) };
    },
    set: (key: string, body: Uint8Array, ends: number): void => void statements.set.run(key, body, ends),
    delete: (key: string): boolean => Number(statements.delete.run(key).changes) > 0,
    keys: (): string[] => statements.keys.all().map(({ key }) => String(key)),
    size: (): { entries: number; bytes: number } => {
      const { entries, bytes } = statements.size.get() ?? {};
      return { entries: Number(entries), bytes: Number(bytes) };
    },
    sweep: (now: number): void => {
      for (const sweep of statements.sweep) sweep.run(now);
    },
    last: (): number => Number(statements.last.get()?.['seq'] ?? 0),
    append: (message: string, ends: number): void => void statements.append.run(message, ends),
    read: (after: number, upTo: number): string[] =>
      statements.read.all(after, upTo).map(({ message }) => String(message)),
    /** Moves the write-ahead log into the database, as far as there is room, and truncates the log. */
    checkpoint: (): void => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
    ping: (): void => {},
    close: (): void => database.close(),
  };
}

/** The calls of a database that is open. */
export type Calls = ReturnType<typeof calls>;

/** Calls that must also work on a full disk: they make room, or announce a purge. */
export const PURGES: ReadonlySet<keyof Calls> = new Set(['delete', 'append', 'sweep'] as const);

/** Calls that write: they run in order, and wait for other processes that write. */
export const WRITES: ReadonlySet<keyof Calls> = new Set(['set', 'delete', 'sweep', 'append'] as const);

/**
 * Opens an SQLite file, and creates it if needed.
 * @param patience how long opening may wait for another process, in ms; later calls never wait
 * @throws Error if it cannot be opened
 */
export function openDatabase(Database: OpenDatabase, path: string, patience: number): Calls {
  const database = new Database(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${patience}`);
    // Readers and the writer do not wait for each other, and a crash loses at most the last rows.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    // The log stays smaller than the reserve.
    database.exec('PRAGMA wal_autocheckpoint = 256');
    database.exec(SCHEMA);
    const prepared = calls(database);
    database.exec('PRAGMA busy_timeout = 0');
    return prepared;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite's primary result codes (sqlite.org/rescode.html) that mean "not now" or "not here". */
const BUSY: readonly number[] = [5, 6];
const REFUSED: readonly number[] = [3, 8, 13, 23];
const NAMES: Readonly<Record<string, number>> = {
  SQLITE_PERM: 3,
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_READONLY: 8,
  SQLITE_FULL: 13,
  SQLITE_AUTH: 23,
};

/** `node:sqlite` gives an error's number, `libsql` its name; both are extended codes. */
function codeOf(error: unknown): number | undefined {
  const { errcode, code = '' } = error as { errcode?: number; code?: string };
  return errcode === undefined ? NAMES[/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? ''] : errcode & 0xff;
}

/** Whether another process holds the lock. */
export const isBusy = (error: unknown): boolean => BUSY.includes(codeOf(error) ?? 0);

/** Whether the database can be read but not written: it is locked, full or read-only. */
export const isRefusal = (error: unknown): boolean => isBusy(error) || REFUSED.includes(codeOf(error) ?? 0);

export const isFull = (error: unknown): boolean => codeOf(error) === NAMES['SQLITE_FULL'];
