import { LRUCache } from 'lru-cache';
import type { MemoryStore } from '../cache/memory-store.ts';
import type { Entry } from '../cache/store.ts';
import { foundInMemory } from '../cache/tiered-cache.ts';
import { type Conditions, type Form, formOf, STATUS } from './answer.ts';
import type { Fields } from './fields.ts';
import type { ImageFields, Picture } from './image-fields.ts';
import { type KeepAlive, sizeOf, type WireContext, type WireMessage, writeMessage } from './wire-message.ts';

/** All of a GET or HEAD that decides what a hit in memory is answered with. */
export interface HitRequest extends Omit<Conditions, 'ifMatch'> {
  readonly method: 'GET' | 'HEAD';
  /** As it was sent, in origin form. */
  readonly target: string;
  /** The authority that was asked, with its port if any. */
  readonly host: string;
  readonly accept: string | undefined;
}

/** Longest target that is remembered, in characters. */
const MAX_TARGET = 2048;
/** What all that is remembered may take, in bytes. */
const BUDGET = 8 * 2 ** 20;
/** What one response takes beside its target and its messages, in bytes: strings and arrays, measured roughly. */
const OVERHEAD = 2048;

/** Stands for a target whose format depends on `Accept`. */
const VARIES = 'varies';

/** The second of now, since 1970: what is ready is ready for one. */
export const currentSecond = (): number => Math.floor(Date.now() / 1000);

/** No target has a space. */
const variant = (name: string, accept = ''): string => `${name} ${accept}`;

/** A hit in memory, ready to be sent: its messages are written once a second, for `Date` and `ttl`. */
export class ReadyResponse {
  /** What it is remembered by. */
  readonly name: string;
  /** Of the picture. */
  readonly key: string;
  readonly etag: string;
  /** Where its answers are counted, by status. */
  readonly counts: Float64Array;
  readonly #source: ImageFields;
  /** Raw fields of a 200 and of a 304, and where both have the value that changes with time. */
  readonly #whole: Fields;
  readonly #unchanged: Fields;
  readonly #statusAt: number;
  #second = -1;
  #messages: Partial<Record<Form, WireMessage>> = {};

  /** @param picture a hit in memory */
  constructor(name: string, picture: Picture, counts: Float64Array, source: ImageFields) {
    const { etag, common, content } = source.represent(picture);
    this.name = name;
    this.key = picture.key;
    this.etag = etag;
    this.counts = counts;
    this.#source = source;
    this.#whole = [...common, ...content];
    this.#unchanged = common;
    this.#statusAt = common.indexOf('cache-status') + 1;
  }

  /** Bytes of the messages that are written. */
  get size(): number {
    return Object.values(this.#messages).reduce((sum, message) => sum + sizeOf(message), 0);
  }

  /** How a request is answered. */
  formFor(request: HitRequest): Form {
    return formOf(request, this.etag);
  }

  /** Raw fields that are true for this second; to be used at once. */
  fields(form: Form, entry: Entry, second = currentSecond()): Readonly<Fields> {
    if (second !== this.#second) {
      this.forget();
      this.#second = second;
      const status = this.#source.cacheStatus(foundInMemory(entry));
      this.#whole[this.#statusAt] = status;
      this.#unchanged[this.#statusAt] = status;
    }
    return form === 'unchanged' ? this.#unchanged : this.#whole;
  }

  /** The message of a second, where it is written. */
  written(form: Form, second: number): WireMessage | undefined {
    return second === this.#second ? this.#messages[form] : undefined;
  }

  /** Writes the message of a second. */
  write(form: Form, entry: Entry, context: WireContext): WireMessage {
    const fields = this.fields(form, entry, context.second);
    const message = writeMessage(STATUS[form], fields, form === 'whole' ? entry.body : undefined, context);
    this.#messages[form] = message;
    return message;
  }

  /** Lets go of what is written. */
  forget(): void {
    this.#messages = {};
    this.#second = -1;
  }
}

export interface ReadyOptions {
  readonly memory: MemoryStore;
  readonly fields: ImageFields;
  /** What sets the targets of a host apart from those of others: the same word for hosts whose targets mean the same. */
  readonly scopeOf: (host: string) => string;
}

/**
 * Ready responses by request target as it was sent, so that a hit is looked up and nothing is parsed. They are bounded
 * in bytes, and answer nothing but what memory has at that moment.
 */
export class ReadyResponses {
  readonly #options: ReadyOptions;
  readonly #ready: LRUCache<string, ReadyResponse | typeof VARIES>;

  constructor(options: ReadyOptions) {
    this.#options = options;
    this.#ready = new LRUCache({
      maxSize: BUDGET,
      sizeCalculation: (ready, name) => name.length + OVERHEAD + (ready === VARIES ? 0 : ready.size),
      // The lane may remember it longer.
      dispose: (ready) => ready !== VARIES && ready.forget(),
    });
  }

  /** The response to a request that was answered like this before. */
  find(request: HitRequest): ReadyResponse | undefined {
    const name = this.#nameOf(request);
    const ready = this.#ready.get(name);
    if (ready !== VARIES) return ready;
    return this.#ready.get(variant(name, request.accept)) as ReadyResponse | undefined;
  }

  /** What memory has now of a response's picture, counted as a hit; undefined where it has other bytes, or none. */
  entryOf({ key, etag }: ReadyResponse): Entry | undefined {
    const entry = this.#options.memory.hit(key);
    return entry?.etag === etag ? entry : undefined;
  }

  /** The message of this second, for a connection that stays open. */
  messageOf(ready: ReadyResponse, form: Form, entry: Entry, keepAlive: KeepAlive): WireMessage {
    const second = currentSecond();
    const written = ready.written(form, second);
    if (written) return written;
    const message = ready.write(form, entry, { second, keepAlive: keepAlive() });
    // It takes another size now.
    this.#ready.set(ready.name, ready);
    return message;
  }

  /** Remembers the answer to a request that was a hit in memory: most pictures of a flood are never asked for again. */
  remember(
    request: Pick<HitRequest, 'target' | 'host' | 'accept'>,
    picture: Picture,
    counts: Float64Array,
  ): void {
    if (picture.found.from !== 'memory' || request.target.length > MAX_TARGET) return;
    const base = this.#nameOf(request);
    if (picture.varies) this.#ready.set(base, VARIES);
    const name = picture.varies ? variant(base, request.accept) : base;
    this.#ready.set(name, new ReadyResponse(name, picture, counts, this.#options.fields));
  }

  /** No field of a request can hold a newline. */
  #nameOf({ target, host }: Pick<HitRequest, 'target' | 'host'>): string {
    const scope = this.#options.scopeOf(host);
    return scope === '' ? target : `${scope}\n${target}`;
  }
}
