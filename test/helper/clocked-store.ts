import type { SharedStore, Stored } from '../../src/cache/store.ts';

interface Value {
  readonly body: Buffer;
  /** On the clock of the server, in ms. */
  readonly until: number;
}

/**
 * A server whose clock a test moves: no real one lets it. It keeps what a store is promised to keep: values with the
 * point in time at which they end, and commands that it reads later than they were sent.
 */
export class ClockedServer {
  readonly #now: () => number;
  readonly #values = new Map<string, Value>();
  readonly #unread: (() => void)[] = [];
  /** While it hangs, writes lie unread, and everything else fails. */
  hangs = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Goes on, and reads what was sent meanwhile. */
  wake(): void {
    this.hangs = false;
    for (const write of this.#unread.splice(0)) write();
  }

  /** A connection of one process. */
  connect(): SharedStore {
    const alive = (): void => {
      if (this.hangs) throw new Error('timed out');
    };
    const live = (key: string): Stored | undefined => {
      const value = this.#values.get(key);
      const ttl = (value?.until ?? 0) - this.#now();
      return value && ttl > 0 ? { body: value.body, ttl } : undefined;
    };
    return {
      name: 'redis',
      connect: async () => {},
      get: async (key) => {
        alive();
        return live(key);
      },
      set: async (key, body, ttl) => {
        const until = this.#now() + ttl;
        const write = (): void => void this.#values.set(key, { body, until });
        if (!this.hangs) return write();
        this.#unread.push(write);
        alive();
      },
      delete: async (key) => {
        alive();
        return this.#values.delete(key);
      },
      deleteMatching: async (_glob, passes) => {
        alive();
        const keys = [...this.#values.keys()].filter(passes);
        for (const key of keys) this.#values.delete(key);
        return keys.length;
      },
      ping: async () => alive(),
      onConnection: () => {},
      close: async () => {},
    };
  }
}
