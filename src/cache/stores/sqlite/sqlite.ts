import { createRequire } from 'node:module';

/** The part that `node:sqlite` and `libsql` share and that is used here; Node 20's types lack the former. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): {
    get(...values: unknown[]): Record<string, unknown> | undefined;
    all(...values: unknown[]): Record<string, unknown>[];
    run(...values: unknown[]): { readonly changes: number | bigint };
  };
  close(): void;
}

export type OpenDatabase = new (path: string) => Database;

const require = createRequire(import.meta.url);

/** Sources of SQLite; the first available one is used. */
export const SQLITES: Readonly<Record<string, () => OpenDatabase>> = {
  'node:sqlite': () => (require('node:sqlite') as { DatabaseSync: OpenDatabase }).DatabaseSync,
  libsql: () => require('libsql') as OpenDatabase,
};

/**
 * The first of them that this Node can load.
 * @throws Error that names the package to install, if there is none
 */
export function findSqlite(): string {
  let reason: unknown;
  for (const [kind, load] of Object.entries(SQLITES)) {
    try {
      load();
      return kind;
    } catch (error) {
      reason = error;
    }
  }
  const missing = (reason as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
  const detail = missing ? 'npm install libsql' : `it does not load here: ${(reason as Error).message}`;
  const needs = `sqlite: needs the package libsql with a Node before 22.13 (this is ${process.version})`;
  throw new Error(`${needs}: ${detail}`, { cause: reason });
}
