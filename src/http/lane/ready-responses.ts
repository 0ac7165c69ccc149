import { LRUCache } from 'lru-cache';
import type { MemoryStore } from '../../cache/memory-store.ts';
import type { Entry } from '../../cache/store.ts';
import { foundInMemory } from '../../cache/tiered-cache.ts';
import type { RequestCounts } from '../../stats/request-counts.ts';
import { type Form, formOf, STATUS } from '../images/answer.ts';
import type { ImageFields, Picture } from '../images/image-fields.ts';
import type { Fields } from '../protocol/fields.ts';
import type { HitRequest } from '../protocol/hit-request.ts';
import {
  type KeepAlive,
  MAX_COPY,
  type WireContext,
  type WireMessage,
  writeMessage,
} from './wire-message.ts';

/** The longest target that is remembered, in characters. */
const MAX_REMEMBERED_TARGET = 2048;
/** Bytes that all remembered responses and their targets may take. */
const BUDGETS = { responses: 6 * 2 ** 20, targets: 2 * 2 ** 20 };
/** Roughly measured overhead of a response beyond its copied body, and of a target beyond its characters; bytes. */
const OVERHEADS = { response: 6144, target: 256 };

/** Stands for a target whose format depends on `Accept`. */
const VARIES = 'varies';

/** The current second since 1970. A ready response is valid for one second. */
export const currentSecond = (): number => Math.floor(Date.now() / 1000);

/** No target has a space. */
const variant = (name: string, accept = ''): string => `${name} ${accept}`;

/**
 * A hit in memory, ready to be sent. Its messages are written once a second, for `Date` and `ttl`. A large body is not
 * part of them: it belongs to the memory tier and lives only as long as its entry there.
 */
export class ReadyResponse {
  /** The same for all requests that get the same answer. */
  readonly id: string;
  /** The most bytes that it ever takes. */
  readonly size: number;
  /** The picture's cache key. */
  readonly key: string;
  readonly etag: string;
  /** The counts of its answers, by status. */
  readonly counts: Float64Array;
  readonly #source: ImageFields;
  /** Raw fields of a 200 and of a 304, and the position of the value that changes with time. */
  readonly #whole: Fields;
  readonly #unchanged: Fields;
  readonly #statusAt: number;
  #second = -1;
  /** When the entry of the messages expires: the same bytes may have been drawn anew since. */
  #expiresAt = -1;
  #messages: Partial<Record<Form, WireMessage>> = {};

  /**
   * @param picture a hit in memory
   * @param route under which its answers are counted
   */
  constructor(picture: Picture, route: string, { fields, requests }: ReadyOptions) {
    const { etag, common, content } = fields.represent(picture);
    this.key = picture.key;
    this.etag = etag;
    this.counts = requests.of(route);
    this.#source = fields;
    this.#whole = [...common, ...content];
    this.#unchanged = common;
    this.#statusAt = common.indexOf('cache-status') + 1;
    this.id = [route, this.key, ...this.#whole.toSpliced(this.#statusAt, 1)].join('\n');
    const { length } = picture.found.entry.body;
    this.size = OVERHEADS.response + (length <= MAX_COPY ? length : 0);
  }

  /** Which form answers a request. */
  formFor(request: HitRequest): Form {
    return formOf(request, this.etag);
  }

  /** Raw fields that are valid for this second; use them at once. */
  fields(form: Form, entry: Entry, second = currentSecond()): Readonly<Fields> {
    if (!this.#tells(entry, second)) {
      this.forget();
      this.#second = second;
      this.#expiresAt = entry.expiresAt;
      const status = this.#source.cacheStatus(foundInMemory(entry));
      this.#whole[this.#statusAt] = status;
      this.#unchanged[this.#statusAt] = status;
    }
    return form === 'unchanged' ? this.#unchanged : this.#whole;
  }

  /** The message of a second, if it has been written. */
  written(form: Form, entry: Entry, second: number): WireMessage | undefined {
    const message = this.#tells(entry, second) ? this.#messages[form] : undefined;
    return message && form === 'whole' && entry.body.length > MAX_COPY
      ? { ...message, rest: entry.body }
      : message;
  }

  /** Writes the message of a second. */
  write(form: Form, entry: Entry, context: WireContext): WireMessage {
    const fields = this.fields(form, entry, context.second);
    const message = writeMessage(STATUS[form], fields, form === 'whole' ? entry.body : undefined, context);
    this.#messages[form] = message.rest ? { ...message, rest: undefined } : message;
    return message;
  }

  /** Whether the written messages belong to this entry and this second. */
  #tells(entry: Entry, second: number): boolean {
    return second === this.#second && entry.expiresAt === this.#expiresAt;
  }

  /** Drops the written messages. */
  forget(): void {
    this.#messages = {};
    this.#second = -1;
  }
}

export interface ReadyOptions {
  readonly memory: MemoryStore;
  readonly fields: ImageFields;
  readonly requests: RequestCounts;
  /** Distinguishes the targets of a host from those of others: the same word for hosts whose targets mean the same. */
  readonly scopeOf: (host: string) => string;
}

/**
 * Ready responses by request target as sent, so that a hit is looked up without any parsing. They are bounded in bytes,
 * and answer only with entries that are in memory at that moment.
 */
export class ReadyResponses {
  readonly #options: ReadyOptions;
  readonly #byTarget = new LRUCache<string, ReadyResponse | typeof VARIES>({
    maxSize: BUDGETS.targets,
    sizeCalculation: (_ready, target) => target.length + OVERHEADS.target,
  });
  readonly #byId = new LRUCache<string, ReadyResponse>({
    maxSize: BUDGETS.responses,
    sizeCalculation: ({ size }) => size,
    // A target or the lane may keep a reference to it for longer.
    dispose: (ready) => ready.forget(),
  });

  constructor(options: ReadyOptions) {
    this.#options = options;
  }

  /** The response to a request that was answered before. */
  find(request: HitRequest): ReadyResponse | undefined {
    const name = this.#nameOf(request);
    const ready = this.#byTarget.get(name);
    if (ready !== VARIES) return ready;
    return this.#byTarget.get(variant(name, request.accept)) as ReadyResponse | undefined;
  }

  /** The entry of a response's picture in memory, counted as a hit; undefined if it is gone or has other bytes. */
  entryOf({ key, etag }: ReadyResponse): Entry | undefined {
    const entry = this.#options.memory.hit(key);
    return entry?.etag === etag ? entry : undefined;
  }

  /** The message of this second, for a connection that may stay open. */
  messageOf(ready: ReadyResponse, form: Form, entry: Entry, keepAlive: KeepAlive): WireMessage {
    const second = currentSecond();
    const written = ready.written(form, entry, second);
    if (written) return written;
    // Only a response with messages counts.
    this.#byId.set(ready.id, ready);
    return ready.write(form, entry, { second, keepAlive: keepAlive() });
  }

  /** Remembers the answer to a request that was a hit in memory: in a flood, most pictures are requested only once. */
  remember(request: Pick<HitRequest, 'target' | 'host' | 'accept'>, picture: Picture, route: string): void {
    if (picture.found.from !== 'memory' || request.target.length > MAX_REMEMBERED_TARGET) return;
    const name = this.#nameOf(request);
    if (picture.varies) this.#byTarget.set(name, VARIES);
    const ready = new ReadyResponse(picture, route, this.#options);
    const known = this.#byId.get(ready.id) ?? ready;
    this.#byId.set(ready.id, known);
    this.#byTarget.set(picture.varies ? variant(name, request.accept) : name, known);
  }

  /** No field of a request can contain a newline. */
  #nameOf({ target, host }: Pick<HitRequest, 'target' | 'host'>): string {
    const scope = this.#options.scopeOf(host);
    return scope === '' ? target : `${scope}\n${target}`;
  }
}
