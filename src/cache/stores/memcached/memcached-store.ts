import { globMatcher } from '../../glob.ts';
import {
  EntryRefusedError,
  type SharedStore,
  type Stored,
  type StoreSize,
  UNUSABLE,
  WriteRefusedError,
} from '../../store.ts';
import { unreferencedTimer, within } from '../../time-limit.ts';
import { firstNumber, PolledBus } from '../polled-bus.ts';
import { MemcachedConnection } from './memcached-connection.ts';
import { listing } from './memcached-listing.ts';
import type { Reply } from './replies.ts';

/** Longest key, in bytes. */
const MAX_KEY = 250;
/** The longest expiry that memcached does not take for a date, in s. */
const LONGEST = 30 * 86_400;
/** The start of our dates, in ms since 1970: tenths of a second since 2020 fit into 32 bits until 2033. */
const EPOCH = Date.UTC(2020, 0, 1);
const TENTH = 100;
/** How long listing all keys may take, in ms. */
const LISTING_LIMIT = 30_000;
/** The key of the newest message's number, and the prefix of the messages' own keys. */
const NEWEST = 'greybox:newest';
const MESSAGE = 'greybox:message:';
/** How long a message is kept, in s. */
const MESSAGE_LIFE = 600;

/** A key as the protocol spells it. */
interface Spelled {
  readonly key: string;
  /** The flag that belongs to it. */
  readonly flag: '' | ' b';
}

/** In Base64 unless it is all printable ASCII; undefined if it is too long. */
function spell(name: string): Spelled | undefined {
  const plain = /^[\x21-\x7e]+$/.test(name);
  const key = plain ? name : Buffer.from(name).toString('base64');
  return key.length > MAX_KEY ? undefined : { key, flag: plain ? '' : ' b' };
}

const flagOf = ({ line }: Reply, flag: string): number =>
  Number(new RegExp(` ${flag}(-?\\d+)`).exec(line)?.[1] ?? 0);

/**
 * memcached 1.6 or later, through its meta commands. Its expiry counts whole seconds from when it reads a command, so
 * the client flags of each value hold its exact end, in tenths of a second by the writer's clock. Machines that share
 * it must synchronize their clocks. Values are the bytes and nothing else.
 */
export class MemcachedStore implements SharedStore {
  readonly name = 'memcached';
  readonly bus: PolledBus;
  readonly #connection: MemcachedConnection;
  readonly #address: { readonly host: string; readonly port: number };
  readonly #timeout: number;
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
    this.#timeout = timeout;
    this.#now = now;
    this.bus = new PolledBus({
      last: () => this.#count(0),
      append: (message) => this.#append(Buffer.from(message)),
      read: (after, upTo) => this.#read(after, upTo),
    });
  }

  async connect(): Promise<void> {
    const late = (): Error => new Error('timed out');
    await within(this.#connection.connect(), this.#timeout, late, unreferencedTimer).catch(() => {});
    await this.bus.start();
  }

  async get(key: string, maxBytes?: number): Promise<Stored | undefined> {
    const request = ({ key, flag }: Spelled) => [`mg ${key} v f t${flag}\r\n`];
    const reply = await this.#send(key, request, maxBytes);
    if (reply?.isTooLong) return UNUSABLE;
    if (!reply?.body) return undefined;
    // The earlier end counts: the server may have read the value late, or the writer's clock may have been ahead.
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
    if (reply && !/too large/.test(reply.line)) throw new WriteRefusedError(reply.line);
    throw new EntryRefusedError(reply?.line ?? `the key is longer than ${MAX_KEY} bytes`);
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
    await this.#connection.send(['mn\r\n']);
  }

  /** The size of the whole server. */
  async size(): Promise<StoreSize> {
    const stats = await listing(this.#address, 'stats', this.#timeout);
    const figure = (name: string): number => Number(new RegExp(`^STAT ${name} (\\d+)`, 'm').exec(stats)?.[1]);
    return { entries: figure('curr_items'), bytes: figure('bytes') };
  }

  onConnection(listener: (up: boolean, error?: Error) => void): void {
    this.#connection.onConnection(listener);
  }

  async close(): Promise<void> {
    this.bus.close();
    this.#connection.close();
  }

  /** @returns undefined if the key cannot be sent */
  async #send(
    key: string,
    request: (spelled: Spelled) => readonly (string | Buffer)[],
    maxBytes?: number,
  ): Promise<Reply | undefined> {
    const spelled = spell(key);
    return spelled && this.#ask(request(spelled), maxBytes);
  }

  async #ask(request: readonly (string | Buffer)[], maxBytes?: number): Promise<Reply> {
    const reply = await this.#connection.send(request, maxBytes);
    if (/^(?:ERROR|CLIENT_ERROR)/.test(reply.line)) throw new Error(reply.line);
    return reply;
  }

  async #keys(): Promise<string[]> {
    const text = await listing(this.#address, 'lru_crawler metadump all', LISTING_LIMIT);
    return [...text.matchAll(/^key=(\S+) /gm)].map(([, key = '']) => decodeURIComponent(key));
  }

  /** Adds to the number of the newest message, and returns it. */
  async #count(more: number): Promise<number> {
    const first = firstNumber(this.#now());
    const { body, line } = await this.#ask([`ma ${NEWEST} N0 J${first} D${more} v\r\n`]);
    if (!body) throw new WriteRefusedError(line);
    return Number(body);
  }

  /**
   * Takes the number first. A number without a message, read too early or because a full server refused the message,
   * counts as a missed message: the others forget everything.
   */
  async #append(message: Buffer): Promise<void> {
    const key = `${MESSAGE}${await this.#count(1)}`;
    await this.#ask([`ms ${key} ${message.length} T${MESSAGE_LIFE}\r\n`, message, '\r\n']);
  }

  async #read(after: number, upTo: number): Promise<string[]> {
    const numbers = Array.from({ length: upTo - after }, (_, index) => after + index + 1);
    const replies = await Promise.all(numbers.map((number) => this.#ask([`mg ${MESSAGE}${number} v\r\n`])));
    return replies.flatMap(({ body }) => (body ? [body.toString()] : []));
  }
}
