import { LRUCache } from 'lru-cache';
import type { MemoryStore } from '../cache/memory-store.ts';
import type { Entry } from '../cache/store.ts';
import { foundInMemory } from '../cache/tiered-cache.ts';
import { cacheKey } from '../options/cache-key.ts';
import type { Fields } from './fields.ts';
import { matchesEtag } from './headers.ts';
import type { ImageAnswer, ImageFields } from './image-fields.ts';
import {
  type KeepAlive,
  MAX_COPY,
  type WireContext,
  type WireMessage,
  writeMessage,
} from './lane/wire-message.ts';
import type { HitRequest } from './protocol/hit-request.ts';

/** How a hit is answered: with the picture, with its head only, or with a 304. */
export type Form = 'whole' | 'head' | 'unchanged';

export const STATUS = { whole: 200, head: 200, unchanged: 304 } as const satisfies Record<Form, number>;

/** Longest target that is remembered, in characters. */
const MAX_REMEMBERED_TARGET = 2048;
/** What all responses that are remembered may take, and all targets that they are remembered by; bytes. */
const BUDGETS = { responses: 6 * 2 ** 20, targets: 2 * 2 ** 20 };
/** What a response takes beside a body that is copied, and a target beside its characters, in bytes, measured roughly. */
const OVERHEADS = { response: 6144, target: 256 };

/** Stands for a target whose format depends on `Accept`. */
const VARIES = 'varies';

/** The second of now, since 1970: what is ready is ready for one. */
export const currentSecond = (): number => Math.floor(Date.now() / 1000);

/** No target has a space. */
const variant = (target: string, accept = ''): string => `${target} ${accept}`;

/**
 * A hit in memory, ready to be sent: its messages are written once a second, for `Date` and `ttl`. A large body is no part
 * of them: it is memory's, and stays there no longer than memory keeps it.
 */
export class ReadyResponse {
  /** The same for all requests that get the same answer. */
  readonly id: string;
  /** Most bytes that it ever takes. */
  readonly size: number;
  /** Of the picture. */
  readonly key: string;
  readonly etag: string;
  readonly #source: ImageFields;
  /** Raw fields of a 200 and of a 304, and where both have the value that changes with time. */
  readonly #whole: Fields;
  readonly #unchanged: Fields;
  readonly #statusAt: number;
  #second = -1;
  #messages: Partial<Record<Form, WireMessage>> = {};

  /** @param answer of a hit in memory */
  constructor(answer: ImageAnswer, source: ImageFields) {
    this.key = cacheKey(answer.placeholder);
    this.etag = answer.found.entry.etag;
    this.#source = source;
    this.#whole = source.whole(answer);
    this.#unchanged = source.unchanged(answer);
    this.#statusAt = this.#whole.indexOf('cache-status') + 1;
    this.id = [this.key, ...this.#whole.toSpliced(this.#statusAt, 1)].join('\n');
    const { length } = answer.found.entry.body;
    this.size = OVERHEADS.response + (length <= MAX_COPY ? length : 0);
  }

  /** What a request is answered with: as `matchesEtag`, with the one form that nearly all clients send first. */
  formFor({ method, ifNoneMatch }: HitRequest): Form {
    if (ifNoneMatch !== undefined && (ifNoneMatch === this.etag || matchesEtag(ifNoneMatch, this.etag)))
      return 'unchanged';
    return method === 'GET' ? 'whole' : 'head';
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
  written(form: Form, entry: Entry, second: number): WireMessage | undefined {
    const message = second === this.#second ? this.#messages[form] : undefined;
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

  /** Lets go of what is written. */
  forget(): void {
    this.#messages = {};
    this.#second = -1;
  }
}

/**
 * Ready responses by request target as it was sent, so that a hit is looked up and nothing is parsed. They are bounded
 * in bytes, and answer nothing but what memory has at that moment.
 */
export class ReadyResponses {
  readonly #memory: MemoryStore;
  readonly #fields: ImageFields;
  readonly #byTarget = new LRUCache<string, ReadyResponse | typeof VARIES>({
    maxSize: BUDGETS.targets,
    sizeCalculation: (_ready, target) => target.length + OVERHEADS.target,
  });
  readonly #byId = new LRUCache<string, ReadyResponse>({
    maxSize: BUDGETS.responses,
    sizeCalculation: ({ size }) => size,
    // A target, or the lane, may remember it longer.
    dispose: (ready) => ready.forget(),
  });

  constructor(memory: MemoryStore, fields: ImageFields) {
    this.#memory = memory;
    this.#fields = fields;
  }

  /** The response to a request that was answered like this before. */
  find({ target, accept }: HitRequest): ReadyResponse | undefined {
    const ready = this.#byTarget.get(target);
    if (ready !== VARIES) return ready;
    return this.#byTarget.get(variant(target, accept)) as ReadyResponse | undefined;
  }

  /** What memory has now of a response's picture, counted as a hit; undefined where it has other bytes, or none. */
  entryOf({ key, etag }: ReadyResponse): Entry | undefined {
    const entry = this.#memory.hit(key);
    return entry?.etag === etag ? entry : undefined;
  }

  /** The message of this second, for a connection that stays open. */
  messageOf(ready: ReadyResponse, form: Form, entry: Entry, keepAlive: KeepAlive): WireMessage {
    const second = currentSecond();
    const written = ready.written(form, entry, second);
    if (written) return written;
    // What has messages counts.
    this.#byId.set(ready.id, ready);
    return ready.write(form, entry, { second, keepAlive: keepAlive() });
  }

  /** Remembers the answer to a request that was a hit in memory: most pictures of a flood are never asked for again. */
  remember({ target, accept }: Pick<HitRequest, 'target' | 'accept'>, answer: ImageAnswer): void {
    if (answer.found.from !== 'memory' || target.length > MAX_REMEMBERED_TARGET) return;
    if (answer.negotiated) this.#byTarget.set(target, VARIES);
    const ready = new ReadyResponse(answer, this.#fields);
    const known = this.#byId.get(ready.id) ?? ready;
    this.#byId.set(ready.id, known);
    this.#byTarget.set(answer.negotiated ? variant(target, accept) : target, known);
  }
}
