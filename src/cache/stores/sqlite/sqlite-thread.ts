import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import { WriteRefusedError } from '../../store.ts';
import { unreferencedTimer, within } from '../../time-limit.ts';
import { endDespiteHang } from '../hung-exit.ts';
import type { Calls } from './database.ts';
import type { Call, Outcome } from './thread.ts';

/** With this many given-up calls still running, the thread counts as hung: other calls fail at once. */
const MAX_OVERDUE = 3;
/** Most calls at a time. */
const MAX_CALLS = 1000;
/** The part of a call's time in which the thread retries it; after that it reports what was in the way. */
const TRYING = 0.8;
/** How long the thread may take to start, in ms. */
const START_LIMIT = 5000;

/** The thread's module: the built file, as seen from a chunk of the build, or its source under a TypeScript loader. */
function threadFile(): string {
  const built = fileURLToPath(new URL('../cache/stores/sqlite/thread.js', import.meta.url));
  return existsSync(built) ? built : fileURLToPath(new URL('./thread.ts', import.meta.url));
}

export type ThreadSettings = Pick<Call, 'path' | 'kind'> & {
  /** Bound on one call, in ms. */
  readonly timeout: number;
};

/**
 * A database in its own thread: SQLite's calls block, so a lock, a slow disk or a hung file system would hold up all
 * requests. Every call ends within the timeout.
 */
export class SqliteThread {
  readonly #settings: ThreadSettings;
  #pool: Promise<Piscina> | undefined;
  #calls = 0;
  #overdue = 0;
  #hasHung = false;
  #closed = false;

  constructor(settings: ThreadSettings) {
    this.#settings = settings;
  }

  /** Starts the thread. Resolves when it has started or failed. */
  async start(): Promise<void> {
    await this.#perform('ping', [], START_LIMIT).catch(() => {});
  }

  /**
   * Makes a call.
   * @throws WriteRefusedError (as a rejection) if the database can be read but not written; Error if it does not answer
   * in time
   */
  async call<Name extends keyof Calls>(
    name: Name,
    ...args: Parameters<Calls[Name]>
  ): Promise<ReturnType<Calls[Name]>> {
    if (this.#closed) throw new Error('the store is closed');
    if (this.#overdue >= MAX_OVERDUE || this.#calls >= MAX_CALLS)
      throw new Error('the database does not answer');
    const outcome = await this.#perform(name, args, this.#settings.timeout);
    if ('value' in outcome) return outcome.value as ReturnType<Calls[Name]>;
    throw outcome.isRefusal ? new WriteRefusedError(outcome.error) : new Error(outcome.error);
  }

  /** Ends the thread, without waiting for one that hangs. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (!this.#pool) return;
    const { timeout } = this.#settings;
    await this.#perform('close', [], timeout).catch(() => {});
    const ended = this.#pool.then((pool) => pool.destroy());
    await within(ended, timeout, () => new Error('it hangs'), unreferencedTimer).catch(() => {});
  }

  #perform(name: keyof Calls, args: readonly unknown[], limit: number): Promise<Outcome> {
    const { path, kind, timeout } = this.#settings;
    const until = performance.timeOrigin + performance.now() + limit * TRYING;
    const call: Call = { name, args, until, path, kind, patience: timeout };
    let isOverdue = false;
    this.#pool ??= this.#start();
    this.#calls += 1;
    const outcome = this.#pool.then((pool) => pool.run(call) as Promise<Outcome>);
    const ended = (): void => {
      this.#calls -= 1;
      if (isOverdue) this.#overdue -= 1;
    };
    outcome.then(ended, ended);
    const giveUp = (): Error => {
      isOverdue = true;
      this.#onOverdue();
      return new Error('timed out');
    };
    return within(outcome, limit, giveUp, unreferencedTimer);
  }

  #onOverdue(): void {
    this.#overdue += 1;
    if (this.#hasHung) return;
    this.#hasHung = true;
    endDespiteHang(() => this.#overdue > 0);
  }

  async #start(): Promise<Piscina> {
    const { Piscina } = await import('piscina');
    const pool = new Piscina({
      filename: threadFile(),
      minThreads: 1,
      maxThreads: 1,
      concurrentTasksPerWorker: MAX_CALLS,
      // The thread's own event loop keeps running between calls.
      atomics: 'disabled',
    });
    // If a thread dies, its calls fail, and the next call starts another thread.
    pool.on('error', () => {});
    return pool;
  }
}
