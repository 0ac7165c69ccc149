import { connect } from 'node:net';
import { globMatcher } from './glob.ts';
import { MemcachedConnection, type Reply } from './memcached-connection.ts';
import { type SharedStore, type Stored, WriteRefusedError } from './store.ts';
import { unreferencedTimer, within } from './time-limit.ts';

/** Longest key, in bytes. */
const MAX_KEY = 250;
/** Longest life that memcached does not take for a date, in s. */
const LONGEST = 30 * 86_400;
/** Where our dates begin, in ms since 1970: tenths of a second from 2020 on fit into 32 bits until 2033. */
const EPOCH = Date.UTC(2020, 0, 1);
const TENTH = 100;
/** How long listing all keys may take, in ms. */
const LISTING_LIMIT = 30_000;

/** A key as the protocol has it. */
interface Spelled {
  readonly key: string;
  /** The flag that goes with it. */
  readonly flag: '' | ' b';
}

/** In Base64 where it is more than printable ASCII; undefined where it is too long. */
function spell(name: string): Spelled | undefined {
  const plain = /^[\x21-\x7e]+$/.test(name);
  const key = plain ? name : Buffer.from(name).toString('base64');
  return key.length > MAX_KEY ? undefined : { key, flag: plain ? '' : ' b' };
}

const flagOf = ({ line }: Reply, flag: string): number =>
  Number(new RegExp(` ${flag}(-?\\d+)`).exec(line)?.[1] ?? 0);

/**
 * memcached 1.6 or later, by its meta commands. It counts lives in whole seconds from when it reads a command, so the
 * client flags of each value hold the point in time at which it ends, in tenths of a second by the writer's clock:
 * machines that share it must keep their clocks together. Values are the bytes and nothing else.
 */
export class MemcachedStore implements SharedStore {
  readonly name = 'memcached';
  readonly #connection: MemcachedConnection;
  readonly #address: { readonly host: string; readonly port: number };
  readonly #now: () => number;

  /**
   * @param url `memcached://host:11211`
   * @param timeout bound on one call, in ms
   * @param now the time of day, in ms since 1970
   */
  constructor(url: string, timeout: number, now: () => number = Date.now) {
    const { hostname, port } = new URL(url);
    this.#address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 11_211) };
    this.#connection = new MemcachedConnection(this.#address.host, this.#address.port, timeout);
    this.#now = now;
  }

  async connect(): Promise<void> {
    await this.#connection.connect();
  }

  async get(key: string): Promise<Stored | undefined> {
    const reply = await this.#send(key, (spelled) => [`mg ${spelled.key} v f t${spelled.flag}\r\n`]);
    if (!reply?.body) return undefined;
    // Whichever ends first: a value that it read late, and one whose writer's clock was ahead.
    const ends = EPOCH + flagOf(reply, 'f') * TENTH - this.#now();
    const ttl = Math.min(ends, flagOf(reply, 't') * 1000);
    return ttl > 0 ? { body: reply.body, ttl } : undefined;
  }

  async set(key: string, body: Buffer, ttl: number): Promise<void> {
    const ends = Math.floor((this.#now() + ttl - EPOCH) / TENTH);
    const seconds = Math.min(LONGEST, Math.ceil(ttl / 1000) + 1);
    const reply = await this.#send(key, (spelled) => [
      `ms ${spelled.key} ${body.length} F${ends} T${seconds}${spelled.flag}\r\n`,
      body,
      '\r\n',
    ]);
    if (reply?.line.startsWith('HD')) return;
    throw new WriteRefusedError(reply?.line ?? `the key is longer than ${MAX_KEY} bytes`);
  }

  async delete(key: string): Promise<boolean> {
    const reply = await this.#send(key, (spelled) => [`md ${spelled.key}${spelled.flag}\r\n`]);
    return reply?.line.startsWith('HD') ?? false;
  }

  async deleteMatching(glob: string, passes: (key: string) => boolean): Promise<number> {
    const matches = globMatcher(glob);
    const keys = (await this.#keys()).filter((key) => matches(key) && passes(key));
    let removed = 0;
    for (const key of keys) removed += Number(await this.delete(key));
    return removed;
  }

  async ping(): Promise<void> {
    try {
      await this.#connection.send('mn\r\n');
    } catch (error) {
      this.#connection.renew();
      throw error;
    }
  }

  onConnection(listener: (up: boolean, error?: Error) => void): void {
    this.#connection.onConnection(listener);
  }

  async close(): Promise<void> {
    this.#connection.close();
  }

  /** @returns undefined where the key cannot be said */
  async #send(key: string, request: (spelled: Spelled) => (string | Buffer)[]): Promise<Reply | undefined> {
    const spelled = spell(key);
    if (spelled === undefined) return undefined;
    const reply = await this.#connection.send(...request(spelled));
    if (/^(?:ERROR|CLIENT_ERROR)/.test(reply.line)) throw new Error(reply.line);
    return reply;
  }

  /** Every key that there is, on a connection of its own: other answers need not wait for it. */
  async #keys(): Promise<string[]> {
    const socket = connect(this.#address);
    const listing = async (): Promise<string> => {
      let text = '';
      socket.write('lru_crawler metadump all\r\n');
      for await (const piece of socket.setEncoding('latin1')) {
        text += piece;
        if (/(?:^|\n)END\r?\n$/.test(text.slice(-6))) return text;
        if (!text.startsWith('key'.slice(0, text.length))) break;
      }
      throw new Error(`memcached does not list its keys: ${text.slice(0, 100)}`);
    };
    try {
      const late = (): Error => new Error('listing the keys took too long');
      const text = await within(listing(), LISTING_LIMIT, late, unreferencedTimer);
      return [...text.matchAll(/^key=(\S+) /gm)].map(([, key = '']) => decodeURIComponent(key));
    } finally {
      socket.destroy();
    }
  }
}
