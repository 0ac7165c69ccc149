import type { Redis } from 'ioredis';
import { type SharedStore, type Stored, type StoreSize, WriteRefusedError } from '../../store.ts';
import { unreferencedTimer, within } from '../../time-limit.ts';
import { ioredis } from './client.ts';
import { InvalidationBus } from './invalidation-bus.ts';
import { openTopology, type Topology } from './redis-topology.ts';
import { ServerClock } from './server-clock.ts';

/** How many keys one step of a SCAN looks at. */
const SCAN_PAGE = 1000;

/** What a cluster says after its servers have said why. */
const VAGUE = /^(?:Connection is closed|Failed to refresh slots cache)/;

/** A server's time in ms since 1970. */
async function timeOf(server: Redis): Promise<number> {
  const [seconds, micros] = await server.time();
  return Number(seconds) * 1000 + Number(micros) / 1000;
}

/** All of a server's keys and memory; who asks may not be allowed to see the memory. */
async function sizeOf(server: Redis): Promise<StoreSize> {
  const [entries, memory] = await Promise.all([server.dbsize(), server.info('memory').catch(() => '')]);
  const used = /^used_memory:(\d+)/m.exec(memory)?.[1];
  return { entries, bytes: used === undefined ? undefined : Number(used) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const answered = (error: unknown): Error =>
  error instanceof ioredis().ReplyError
    ? new WriteRefusedError(String(error), { cause: error })
    : (error as Error);

/**
 * Redis 6.2 or later through ioredis: one server, the master that sentinels name, or a cluster. Every call ends within
 * `timeout` ms, and one without a connection fails at once.
 */
export class RedisStore implements SharedStore {
  readonly name = 'redis';
  readonly bus: InvalidationBus;
  readonly #topology: Topology;
  readonly #client: Topology['client'];
  readonly #timeout: number;
  readonly #clock: ServerClock;

  /**
   * @param url see {@link openTopology}
   * @param timeout ms, from 20
   */
  constructor(url: string, timeout: number) {
    this.#timeout = timeout;
    this.#topology = openTopology(url, timeout);
    const { client } = this.#topology;
    this.#client = client;
    // Of several servers the one that is behind: what expires early by the others' clocks never does so late.
    this.#clock = new ServerClock(async () => Math.min(...(await this.#onMasters(timeOf))));
    client.on('ready', () => this.#clock.reset());
    this.bus = new InvalidationBus(this.#topology.subscriber, (channel, message) =>
      this.#bounded(client.publish(channel, message)),
    );
  }

  async connect(): Promise<void> {
    const tooLate = new Promise<void>((resolve) => unreferencedTimer(resolve, this.#timeout));
    const connected = this.#client.connect().then(() => this.#onMasters((master) => master.ping()));
    await Promise.race([Promise.allSettled([connected, this.bus.connect()]), tooLate]);
  }

  /** The time left is asked before the value: a value replaced in between then gets too little of it, never too much. */
  async get(key: string): Promise<Stored | undefined> {
    const reply = Promise.all([this.#client.pttl(key), this.#client.getBuffer(key)]);
    const [ttl, body] = await this.#bounded(reply);
    return body && ttl > 0 ? { body, ttl } : undefined;
  }

  /** The expiry is a point in time: a server that wakes from a long sleep and finds this command keeps nothing too long. */
  set(key: string, body: Buffer, ttl: number): Promise<void> {
    const write = async (): Promise<void> => {
      await this.#client.set(key, body, 'PXAT', await this.#clock.after(ttl));
    };
    return this.#writing(write());
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#writing(this.#client.unlink(key))) > 0;
  }

  /** SCAN sees one server, so each is scanned; KEYS would stop it. */
  async deleteMatching(glob: string, passes: (key: string) => boolean): Promise<number> {
    const counts = await this.#onMasters(async (master) => {
      let removed = 0;
      let cursor = '0';
      do {
        const [next, page] = await this.#bounded(master.scan(cursor, 'MATCH', glob, 'COUNT', SCAN_PAGE));
        // One by one, through the client: keys of several slots cannot be in one command, and a slot may just have moved.
        const replies = page.filter(passes).map((key) => this.#writing(this.#client.unlink(key)));
        for (const count of await Promise.all(replies)) removed += count;
        cursor = next;
      } while (cursor !== '0');
      return removed;
    });
    return sum(counts);
  }

  async ping(): Promise<void> {
    await this.#bounded(this.#client.ping());
  }

  /** Of the whole database, and the memory of its servers. */
  async size(): Promise<StoreSize> {
    const sizes = await this.#bounded(this.#onMasters(sizeOf));
    const bytes = sizes.flatMap((size) => size.bytes ?? []);
    return {
      entries: sum(sizes.map(({ entries }) => entries)),
      bytes: bytes.length === sizes.length ? sum(bytes) : undefined,
    };
  }

  onConnection(listener: (up: boolean, error?: Error) => void): void {
    let error: Error | undefined;
    const learn = (reason: Error): void => {
      if (!error || !VAGUE.test(reason.message)) error = reason;
    };
    for (const event of ['error', 'node error']) this.#client.on(event, learn);
    this.#client.on('ready', () => {
      error = undefined;
      listener(true);
    });
    this.#client.on('close', () => listener(false, error));
  }

  async close(): Promise<void> {
    this.bus.close();
    this.#client.disconnect();
  }

  /** @throws Error where there is none: a cluster that is not connected knows of no server */
  #onMasters<T>(ask: (master: Redis) => Promise<T>): Promise<T[]> {
    const masters = this.#topology.masters();
    if (masters.length === 0) return Promise.reject(new Error('no server is known'));
    return Promise.all(masters.map(ask));
  }

  /** ioredis bounds a command per server; a cluster may send one on to another. */
  #bounded<T>(reply: Promise<T>): Promise<T> {
    return within(reply, this.#timeout, () => new Error('Command timed out'), unreferencedTimer);
  }

  #writing<T>(reply: Promise<T>): Promise<T> {
    return this.#bounded(reply).catch((error: unknown) => Promise.reject(answered(error)));
  }
}
