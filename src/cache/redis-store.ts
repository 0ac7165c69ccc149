import { Redis, ReplyError } from 'ioredis';
import { type SharedStore, type Stored, WriteRefusedError } from './store.ts';

/** Longest wait between two attempts to connect, in ms. */
const RECONNECT_MAX = 2000;

/** How many keys one step of a SCAN looks at. */
const SCAN_PAGE = 1000;

/** A single Redis, through ioredis. Every call ends within `timeout` ms, and one without a connection fails at once. */
export class RedisStore implements SharedStore {
  readonly name = 'redis';
  readonly #client: Redis;
  readonly #timeout: number;

  /**
   * @param url `redis://` or `rediss://`
   * @param timeout ms, from 20: less cuts off the handshake (redis/ioredis#1431)
   */
  constructor(url: string, timeout: number) {
    this.#timeout = timeout;
    this.#client = new Redis(url, {
      lazyConnect: true,
      commandTimeout: timeout,
      connectTimeout: Math.max(timeout * 10, 1000),
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), RECONNECT_MAX),
    });
  }

  async connect(): Promise<void> {
    const tooLate = new Promise<void>((resolve) => setTimeout(resolve, this.#timeout).unref());
    await Promise.race([this.#client.connect().catch(() => {}), tooLate]);
  }

  /** The time left is asked before the value: a value replaced in between then gets too little of it, never too much. */
  async get(key: string): Promise<Stored | undefined> {
    const [ttl, body] = await Promise.all([this.#client.pttl(key), this.#client.getBuffer(key)]);
    return body && ttl > 0 ? { body, ttl } : undefined;
  }

  async set(key: string, body: Buffer, ttl: number): Promise<void> {
    await this.#writing(this.#client.set(key, body, 'PX', Math.ceil(ttl)));
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#writing(this.#client.unlink(key))) > 0;
  }

  /** SCAN, page by page: KEYS would stop the server, and SCAN ignores ioredis' own key prefix. */
  async deleteMatching(glob: string, passes: (key: string) => boolean): Promise<number> {
    let removed = 0;
    let cursor = '0';
    do {
      const [next, page] = await this.#client.scan(cursor, 'MATCH', glob, 'COUNT', SCAN_PAGE);
      const keys = page.filter(passes);
      if (keys.length > 0) removed += await this.#writing(this.#client.unlink(...keys));
      cursor = next;
    } while (cursor !== '0');
    return removed;
  }

  async ping(): Promise<void> {
    await this.#client.ping();
  }

  onConnection(listener: (up: boolean, error?: Error) => void): void {
    let error: Error | undefined;
    this.#client.on('error', (reason: Error) => {
      error = reason;
    });
    this.#client.on('ready', () => listener(true));
    this.#client.on('close', () => listener(false, error));
  }

  async close(): Promise<void> {
    this.#client.disconnect();
  }

  async #writing<T>(reply: Promise<T>): Promise<T> {
    try {
      return await reply;
    } catch (error) {
      throw error instanceof ReplyError ? new WriteRefusedError(String(error), { cause: error }) : error;
    }
  }
}
