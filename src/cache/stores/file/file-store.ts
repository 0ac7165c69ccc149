import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../../make-folder.ts';
import { globMatcher } from '../../glob.ts';
import { Repetition } from '../../repetition.ts';
import {
  EntryRefusedError,
  NO_BOUND,
  type SharedStore,
  type Stored,
  type StoreSize,
  UNUSABLE,
  WriteRefusedError,
} from '../../store.ts';
import { PolledBus } from '../polled-bus.ts';
import { BoundedCalls } from './bounded-calls.ts';
import { fileLog } from './file-log.ts';
import { keyOf, nameOf } from './names.ts';

/** How often expired files are removed, in ms. */
const SWEEP = 600_000;
/** Most file system calls at a time: half of libuv's default threads. */
const MAX_CALLS = 2;
/** The extension of unfinished files. */
const UNFINISHED = '.part';
/** A folder for our files only, inside the URL's folder: everything in it is removed when it expires. */
const OWN_FOLDER = 'greybox-cache';
/** Inside it: the messages between instances. */
const MESSAGES = '.messages';

/** Errors of a file system that can be read but refuses to write. */
const REFUSALS: ReadonlySet<unknown> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
  'EROFS',
  'EACCES',
  'EPERM',
  'ENOENT',
]);

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

/** @throws WriteRefusedError if the write was refused, otherwise the error itself */
function refuse(error: unknown): never {
  throw REFUSALS.has(codeOf(error)) ? new WriteRefusedError(String(error)) : error;
}

const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

const isFolder = (error: unknown): boolean => codeOf(error) === 'EISDIR';

/** A folder that somebody made is no entry. */
const isNoEntry = (error: unknown): boolean => isMissing(error) || isFolder(error);

/**
 * A folder, for one machine that should keep its cache over a restart. Each key has a file that holds its bytes and
 * nothing else; the modification time is when it expires. Several processes may share it.
 */
export class FileStore implements SharedStore {
  readonly name = 'file';
  readonly bus: PolledBus;
  readonly #folder: string;
  readonly #calls: BoundedCalls;
  readonly #now: () => number;
  readonly #listeners: ((up: boolean, error?: Error) => void)[] = [];
  readonly #sweeps = new Repetition(() => this.#sweep(), SWEEP);

  /**
   * @param url `file:` and the path of the folder: `file:/var/cache/greybox`, `file:./cache`
   * @param timeout bound on one call, in ms
   * @param now the time of day, in ms since 1970
   */
  constructor(url: string, timeout: number, now: () => number = Date.now) {
    this.#folder = join(decodeURIComponent(url.replace(/^file:(?:\/\/(?=\/))?/, '')), OWN_FOLDER);
    this.#calls = new BoundedCalls({ most: MAX_CALLS, timeout });
    this.#now = now;
    const log = fileLog(join(this.#folder, MESSAGES), now);
    this.bus = new PolledBus({
      last: () => this.#bounded(() => log.last()),
      append: (message) => this.#bounded(() => log.append(message).catch(refuse)),
      read: (after, upTo) => this.#bounded(() => log.read(after, upTo)),
    });
  }

  /** Creates the folder if needed. */
  async connect(): Promise<void> {
    try {
      await this.ping();
      for (const listener of this.#listeners) listener(true);
    } catch (error) {
      for (const listener of this.#listeners) listener(false, error as Error);
    }
    void this.#sweeps.start();
    await this.bus.start();
  }

  get(key: string, maxBytes: number = NO_BOUND): Promise<Stored | undefined> {
    return this.#bounded(async () => {
      const path = this.#path(key);
      if (path === undefined) return undefined;
      try {
        // The time is read before the bytes: if the value is replaced in between, the earlier expiry counts.
        const { mtimeMs, size } = await stat(path);
        const ttl = mtimeMs - this.#now();
        if (ttl <= 0) return undefined;
        return size > maxBytes ? UNUSABLE : { body: await readFile(path), ttl };
      } catch (error) {
        if (isNoEntry(error)) return undefined;
        throw error;
      }
    });
  }

  /** Atomic: writes a temporary file, sets its time, then renames it. */
  set(key: string, body: Buffer, ttl: number): Promise<void> {
    const ends = (this.#now() + ttl) / 1000;
    return this.#bounded(async () => {
      const path = this.#path(key);
      if (path === undefined) throw new EntryRefusedError('the key is too long for the name of a file');
      const unfinished = join(this.#folder, `.${randomBytes(9).toString('hex')}${UNFINISHED}`);
      try {
        await writeFile(unfinished, body);
        await utimes(unfinished, ends, ends);
        await rename(unfinished, path);
      } catch (error) {
        await unlink(unfinished).catch(() => {});
        if (isMissing(error)) await this.#make().catch(() => {});
        if (isFolder(error)) throw new EntryRefusedError('a folder has the name of the file');
        return refuse(error);
      }
    });
  }

  delete(key: string): Promise<boolean> {
    const name = nameOf(key);
    return this.#bounded(async () => name !== undefined && this.#remove(name));
  }

  async deleteMatching(glob: string, passes: (key: string) => boolean): Promise<number> {
    const matches = globMatcher(glob);
    let removed = 0;
    for (const name of await this.#names()) {
      const key = keyOf(name);
      if (matches(key) && passes(key)) removed += Number(await this.#bounded(() => this.#remove(name)));
    }
    return removed;
  }

  /** Creates the folder if it is missing. */
  async ping(): Promise<void> {
    await this.#bounded(() => this.#make());
  }

  /** Reads one file after the other, so that other calls need not wait. */
  async size(): Promise<StoreSize> {
    let [entries, bytes] = [0, 0];
    for (const name of await this.#names()) {
      const size = await this.#bounded(() => this.#sizeOf(name));
      if (size === undefined) continue;
      entries += 1;
      bytes += size;
    }
    return { entries, bytes };
  }

  onConnection(listener: (up: boolean, error?: Error) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.bus.close();
    this.#sweeps.end();
  }

  /** Undefined if the key is too long for a file name. */
  #path(key: string): string | undefined {
    const name = nameOf(key);
    return name === undefined ? undefined : join(this.#folder, name);
  }

  async #make(): Promise<void> {
    await makeFolder(join(this.#folder, MESSAGES));
  }

  async #names(): Promise<string[]> {
    const found = await this.#bounded(() => readdir(this.#folder, { withFileTypes: true }));
    return found.filter((one) => one.isFile() && !one.name.startsWith('.')).map(({ name }) => name);
  }

  /** Undefined if it is gone. */
  async #sizeOf(name: string): Promise<number | undefined> {
    try {
      return (await stat(join(this.#folder, name))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async #remove(name: string): Promise<boolean> {
    try {
      await unlink(join(this.#folder, name));
      return true;
    } catch (error) {
      if (isNoEntry(error)) return false;
      throw error;
    }
  }

  /** Removes expired files, and those that a process left unfinished. */
  async #sweep(): Promise<void> {
    for (const name of await this.#bounded(() => readdir(this.#folder))) {
      // Another process may have removed it.
      if (name !== MESSAGES) await this.#bounded(() => this.#removeIfOver(name)).catch(() => {});
      if (this.#calls.isHung || this.#sweeps.hasEnded) break;
    }
  }

  async #removeIfOver(name: string): Promise<void> {
    const path = join(this.#folder, name);
    const { mtimeMs } = await stat(path);
    const ends = name.endsWith(UNFINISHED) ? mtimeMs + SWEEP : mtimeMs;
    if (ends <= this.#now()) await unlink(path);
  }

  #bounded<T>(call: () => Promise<T>): Promise<T> {
    if (this.#sweeps.hasEnded) return Promise.reject(new Error('the store is closed'));
    return this.#calls.run(call);
  }
}
