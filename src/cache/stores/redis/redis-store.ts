import type { Redis } from 'ioredis';
import {
  NO_BOUND,
  type SharedStore,
  type Stored,
  type StoreSize,
  UNUSABLE,
  WriteRefusedError,
} from '../../store.ts';
import { unreferencedTimer, within } from '../../time-limit.ts';
import { ioredis, plainError } from './client.ts';
import { InvalidationBus } from './invalidation-bus.ts';
import { openTopology, type Topology } from './redis-topology.ts';
import { ServerClock } from './server-clock.ts';

/** How many keys one step of a SCAN looks at. */
const SCAN_PAGE = 1000;

/** Vague errors, which follow the servers' own reasons: a cluster's, and that of commands after a refused password. */
const VAGUE = /^(?:Connection is closed|Failed to refresh slots cache|NOAUTH)/;

/** The client's own error for a command without a connection, which says nothing of the server. */
const UNCONNECTED = /^Stream isn't writeable/;

/** A server's time in ms since 1970. */
async function timeOf(server: Redis): Promise<number> {
  const [seconds, micros] = await server.time();
  return Number(seconds) * 1000 + Number(micros) / 1000;
}

/** A server's total keys and memory. The user may not be allowed to see the memory. */
async function sizeOf(server: Redis): Promise<StoreSize> {
  const [entries, memory] = await Promise.all([server.dbsize(), server.info('memory').catch(() => '')]);
  const used = /^used_memory:(\d+)/m.exec(memory)?.[1];
  return { entries, bytes: used === undefined ? undefined : Number(used) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Errors that mean that a server, or its cluster slot, is unavailable; every other error is a refusal. */
const NOT_THERE = /^(?:LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOAUTH|WRONGPASS|DENIED)\b/;

const isAnswer = (error: unknown): error is Error => error instanceof ioredis().ReplyError;

function writeError(error: unknown, plain: Error): Error {
  if (!isAnswer(error) || NOT_THERE.test(plain.message)) return plain;
  return new WriteRefusedError(plain.message);
}

/**
 * Redis 6.2 or later through ioredis: one server, the master that sentinels name, or a cluster. Every call ends within
 * `timeout` ms, and fails at once without a connection.
 */
export class RedisStore implements SharedStore {
  readonly name = 'redis';
  readonly bus: InvalidationBus;
  readonly #topology: Topology;
  readonly #client: Topology['client'];
  readonly #timeout: number;
  /** The reason for an error before there was any connection. */
  readonly #unconnected: string;
  readonly #clock: ServerClock;
  readonly #listeners: ((up: boolean, error?: Error) => void)[] = [];
  /** Why the connection was lost, or an attempt failed. */
  #reason: Error | undefined;
  /** Whether the server has accepted the database number, if not 0. Until then the connection uses database 0. */
  #isSelected: boolean;
  #isUp = false;

  /**
   * @param url see {@link openTopology}
   * @param timeout ms, from 20
   */
  constructor(url: string, timeout: number) {
    this.#timeout = timeout;
    this.#unconnected = `no connection yet: the server does not answer${url.startsWith('rediss') ? ' with TLS' : ''}`;
    this.#topology = openTopology(url, timeout);
    const { client } = this.#topology;
    this.#client = client;
    // The slowest clock of several servers counts: entries may expire early by the others' clocks, but never late.
    this.#clock = new ServerClock(async () => Math.min(...(await this.#onMasters(timeOf))));
    this.#isSelected = this.#topology.db === 0;
    client.on('ready', () => void this.#begin());
    client.on('close', () => {
      this.#isSelected = this.#topology.db === 0;
      this.#tell(false, this.#reason ?? new Error(this.#topology.silence));
    });
    for (const event of ['error', 'node error']) client.on(event, (error: Error) => this.#learn(error));
    this.bus = new InvalidationBus(this.#topology.subscriber, (channel, message) =>
      this.#bounded(client.publish(channel, message)),
    );
  }

  async connect(): Promise<void> {
    const tooLate = new Promise<void>((resolve) => unreferencedTimer(resolve, this.#timeout));
    const connected = this.#client.connect().then(() => this.ping());
    await Promise.race([Promise.allSettled([connected, this.bus.connect()]), tooLate]);
  }

  /**
   * Asks for the time left before the value: a value replaced in between gets too little time, never too much. Asks for
   * at most one byte above the limit, so longer values are never read in full.
   */
  async get(key: string, maxBytes = NO_BOUND): Promise<Stored | undefined> {
    this.#checkDatabase();
    const range = this.#client.getrangeBuffer(key, 0, maxBytes === NO_BOUND ? -1 : maxBytes);
    const reply = Promise.all([this.#client.pttl(key), range]);
    try {
      const [ttl, body] = await this.#bounded(reply);
      if (ttl <= 0) return undefined;
      // A missing key also reads as empty, but has no time left.
      return body.length === 0 || body.length > maxBytes ? UNUSABLE : { body, ttl };
    } catch (error) {
      // Another program's list, hash or set.
      if ((error as Error).message.startsWith('WRONGTYPE')) return UNUSABLE;
      throw error;
    }
  }

  /** The expiry is a point in time: a server that reads this command late, after a hang, keeps nothing too long. */
  set(key: string, body: Buffer, ttl: number): Promise<void> {
    const write = async (): Promise<void> => {
      this.#checkDatabase();
      await this.#client.set(key, body, 'PXAT', await this.#clock.after(ttl));
    };
    return this.#writing(write());
  }

  async delete(key: string): Promise<boolean> {
    this.#checkDatabase();
    return (await this.#writing(this.#client.unlink(key))) > 0;
  }

  /** SCAN covers only one server, so each is scanned; KEYS would block it. */
  async deleteMatching(glob: string, passes: (key: string) => boolean): Promise<number> {
    this.#checkDatabase();
    const counts = await this.#onMasters(async (master) => {
      let removed = 0;
      let cursor = '0';
      do {
        const [next, page] = await this.#bounded(master.scan(cursor, 'MATCH', glob, 'COUNT', SCAN_PAGE));
        // One by one, through the client: a command cannot have keys of several slots, and a slot may just have moved.
        const replies = page.filter(passes).map((key) => this.#writing(this.#client.unlink(key)));
        for (const count of await Promise.all(replies)) removed += count;
        cursor = next;
      } while (cursor !== '0');
      return removed;
    });
    return sum(counts);
  }

  /** Also selects the database if that failed before. */
  async ping(): Promise<void> {
    await this.#bounded(this.#client.ping());
    if (!this.#isSelected) await this.#select();
  }

  /** The keys of the whole database, and the memory of its servers. */
  async size(): Promise<StoreSize> {
    const sizes = await this.#bounded(this.#onMasters(sizeOf));
    const bytes = sizes.flatMap((size) => size.bytes ?? []);
    return {
      entries: sum(sizes.map(({ entries }) => entries)),
      bytes: bytes.length === sizes.length ? sum(bytes) : undefined,
    };
  }

  onConnection(listener: (up: boolean, error?: Error) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.bus.close();
    this.#client.disconnect();
  }

  /** The connection is new: it may lead to another server. */
  async #begin(): Promise<void> {
    this.#clock.reset();
    this.#reason = undefined;
    try {
      if (!this.#isSelected) await this.#select();
      this.#tell(true);
    } catch (error) {
      this.#tell(false, error as Error);
    }
  }

  #tell(up: boolean, error?: Error): void {
    this.#isUp = up;
    for (const listener of this.#listeners) listener(up, error);
  }

  /** Keeps the last meaningful reason. */
  #learn(error: Error): void {
    const cause = (error as { lastNodeError?: Error }).lastNodeError ?? error;
    if (!this.#reason || !VAGUE.test(cause.message)) this.#reason = plainError(cause);
    if (!this.#isUp) this.#tell(false, this.#reason);
  }

  async #select(): Promise<void> {
    const { db, client } = this.#topology;
    await this.#bounded((client as Redis).select(db));
    this.#isSelected = true;
  }

  /** @throws Error while the connection uses another database */
  #checkDatabase(): void {
    if (!this.#isSelected) throw new Error(`database ${this.#topology.db} is not selected`);
  }

  /** @throws Error if there is none: a cluster client without a connection knows no servers */
  #onMasters<T>(ask: (master: Redis) => Promise<T>): Promise<T[]> {
    const masters = this.#topology.masters();
    if (masters.length === 0) return Promise.reject(new Error('no server is known'));
    return Promise.all(masters.map(ask));
  }

  /** ioredis limits the time per server, but a cluster may redirect a command to another server. */
  #bounded<T>(reply: Promise<T>): Promise<T> {
    return this.#within(reply).catch((error: unknown) => {
      const plain = this.#plain(error);
      // The server may close the connection next without giving a reason.
      if (NOT_THERE.test(plain.message)) this.#reason = plain;
      throw plain;
    });
  }

  #writing<T>(reply: Promise<T>): Promise<T> {
    return this.#within(reply).catch((error: unknown) =>
      Promise.reject(writeError(error, this.#plain(error))),
    );
  }

  #plain(error: unknown): Error {
    const plain = plainError(error);
    if (UNCONNECTED.test(plain.message)) return this.#reason ?? new Error(this.#unconnected);
    return VAGUE.test(plain.message) ? (this.#reason ?? plain) : plain;
  }

  #within<T>(reply: Promise<T>): Promise<T> {
    return within(reply, this.#timeout, () => new Error('Command timed out'), unreferencedTimer);
  }
}
