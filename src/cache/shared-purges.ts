import { randomBytes } from 'node:crypto';
import { escapeGlob, globMatcher } from './glob.ts';
import { type Purge, purgeChannel, readPurge, writePurge } from './purge.ts';
import { type SharedStore, WriteRefusedError } from './store.ts';

export interface SharedPurgesOptions {
  readonly store: SharedStore;
  /** Prepended to each key. */
  readonly prefix: string;
  /** Whether a key (without the prefix) is ours: a purge removes no others. */
  readonly owns: (key: string) => boolean;
  /** Whether the store answers, as far as we know. */
  readonly isUp: () => boolean;
  /** Called once each time that purges of other instances no longer arrive (`error` says why), or arrive again. */
  readonly onHearing: (state: 'hears' | 'deaf', error: Error | undefined) => void;
}

/** A write that has not been answered yet. */
interface Write {
  readonly key: string;
  readonly ended: Promise<unknown>;
  /** Whether another instance has since purged its key: the store may have handled either one first. */
  isStale: boolean;
}

/** Failed attempts in a row before `onHearing` is called. One or two can fail while the whole tier goes down. */
const DEAF = 3;

const EVERYTHING: Purge = { match: '*' };

const matcherOf = (purge: Purge): ((key: string) => boolean) =>
  'key' in purge ? (key) => key === purge.key : globMatcher(purge.match);

/**
 * Passes purges between the instances that share a store. None may be missed: an instance that cannot receive them
 * while the store can be read must not use its memory.
 */
export class SharedPurges {
  /** Marks this instance's own purges, so that it does not act on them twice. */
  readonly #id = randomBytes(6).toString('hex');
  readonly #options: SharedPurgesOptions;
  readonly #channel: string;
  readonly #writes = new Set<Write>();
  /** Failed attempts in a row to receive purges while the tier was up. */
  #unheard = 0;
  #hasHeard = false;
  #forget: (purge: Purge) => void = () => {};

  constructor(options: SharedPurgesOptions) {
    this.#options = options;
    this.#channel = purgeChannel(options.prefix);
  }

  /**
   * Whether purges from other instances reach this one. Also true while the store is down: nothing can be purged then
   * and only memory is left, which is cleared when the store is back.
   */
  get areHeard(): boolean {
    const { store, isUp } = this.#options;
    return store.bus === undefined || store.bus.hears || !isUp();
  }

  /** Calls back for each purge by another instance, and with `*` when one may have been missed. */
  listen(forget: (purge: Purge) => void): void {
    this.#forget = forget;
    const { store, isUp, onHearing } = this.#options;
    store.bus?.subscribe(this.#channel, {
      heard: (message) => {
        const { sender, purge } = readPurge(message);
        if (sender !== this.#id) this.#obey(purge);
      },
      gap: () => {
        // At the start there is nothing to purge yet.
        if (this.#hasHeard) this.#obey(EVERYTHING);
        else forget(EVERYTHING);
        this.#hasHeard = true;
      },
      lost: () => void this.#look(),
      hears: () => {
        if (this.#unheard >= DEAF) onHearing('hears', undefined);
        this.#unheard = 0;
      },
      deaf: (error) => {
        if (!isUp()) return;
        this.#unheard += 1;
        if (this.#unheard === DEAF) onHearing('deaf', error);
      },
    });
  }

  /** The store is back: others may have purged in the meantime. */
  back(): void {
    if (!this.areHeard) this.#forget(EVERYTHING);
  }

  /** Tracks a write: if another instance purges its key before the write ends, the key is purged again. */
  track(key: string, write: Promise<unknown>): void {
    const ended = write
      .catch(() => {})
      .then(() => {
        this.#writes.delete(one);
        if (one.isStale) void this.purge({ key }).catch(() => {});
      });
    const one: Write = { key, ended, isStale: false };
    this.#writes.add(one);
  }

  /**
   * Removes the purged keys and tells the instances that share the store, twice: before, so that an instance that is
   * making a value does not write it after the removal; and after, so that none keeps a value that it read in between.
   * @returns how many keys there were
   * @throws the store's error (as a rejection) if keys cannot be removed or the instances cannot be told
   */
  async purge(purge: Purge): Promise<number> {
    const made = await this.#tellOrMakeRoom(purge);
    const removed = made + (await this.#remove(purge));
    await this.#tell(purge);
    return removed;
  }

  #obey(purge: Purge): void {
    const isMeant = matcherOf(purge);
    for (const write of this.#writes) if (isMeant(write.key)) write.isStale = true;
    this.#forget(purge);
  }

  /** Messages no longer arrive. If the store is lost too, nothing is forgotten, because only memory is left. */
  async #look(): Promise<void> {
    try {
      await this.#options.store.ping();
    } catch {
      return;
    }
    this.back();
  }

  /** Announces a purge. A full store may need some keys removed first. @returns how many keys were removed */
  async #tellOrMakeRoom(purge: Purge): Promise<number> {
    try {
      await this.#tell(purge);
      return 0;
    } catch (error) {
      if (!(error instanceof WriteRefusedError)) throw error;
      const removed = await this.#remove(purge);
      await this.#tell(purge);
      return removed;
    }
  }

  async #tell(purge: Purge): Promise<void> {
    await this.#options.store.bus?.publish(this.#channel, writePurge(this.#id, purge));
  }

  async #remove(purge: Purge): Promise<number> {
    const { store, prefix, owns } = this.#options;
    // This instance's own writes must arrive before they are removed.
    const isMeant = matcherOf(purge);
    await Promise.all([...this.#writes].map(({ key, ended }) => (isMeant(key) ? ended : undefined)));
    if ('key' in purge) return owns(purge.key) ? Number(await store.delete(prefix + purge.key)) : 0;
    return store.deleteMatching(escapeGlob(prefix) + purge.match, (key) => owns(key.slice(prefix.length)));
  }
}
