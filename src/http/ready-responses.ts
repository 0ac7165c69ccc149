import { LRUCache } from 'lru-cache';
import type { MemoryStore } from '../cache/memory-store.ts';
import type { Entry } from '../cache/store.ts';
import type { Found } from '../cache/tiered-cache.ts';
import { cacheKey } from '../options/cache-key.ts';
import type { Placeholder } from '../options/options.ts';
import type { Fields } from './fields.ts';
import { matchesEtag } from './headers.ts';
import type { ImageAnswer, ImageFields } from './image-fields.ts';

/** All of a GET or HEAD that decides what a hit in memory is answered with. */
export interface HitRequest {
  /** As it was sent. */
  readonly target: string;
  readonly accept: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** Longest target that is remembered, in characters. */
const MAX_TARGET = 2048;
/** What all that is remembered may take, in bytes. */
const BUDGET = 4 * 2 ** 20;
/** What one response takes beside its target, in bytes: strings and arrays, measured roughly. */
const OVERHEAD = 2048;

/** Stands for a target whose format depends on `Accept`. */
const VARIES = 'varies';

/** The second of now, since 1970: what is ready is ready for one. */
export const currentSecond = (): number => Math.floor(Date.now() / 1000);

/** No target has a space. */
const variant = (target: string, accept = ''): string => `${target} ${accept}`;

const foundInMemory = (entry: Entry): Found => ({
  entry,
  from: 'memory',
  stored: false,
  collapsed: false,
  timings: {},
});

/** Raw fields, and where both kinds have the value that changes with time. */
interface Made {
  readonly whole: Fields;
  readonly unchanged: Fields;
  readonly statusAt: number;
}

/** The header fields of a hit in memory: those of one second are the same but for what depends on the request. */
export class ReadyResponse {
  readonly etag: string;
  readonly #placeholder: Placeholder;
  readonly #negotiated: boolean;
  readonly #fields: ImageFields;
  /** Made when they are asked for: most pictures of a flood are never asked for again. */
  #made: Made | undefined;
  #key: string | undefined;
  #second = -1;

  constructor({ placeholder, negotiated, found }: ImageAnswer, fields: ImageFields) {
    this.etag = found.entry.etag;
    this.#placeholder = placeholder;
    this.#negotiated = negotiated;
    this.#fields = fields;
  }

  get key(): string {
    this.#key ??= cacheKey(this.#placeholder);
    return this.#key;
  }

  /** Whether a 304 says it all: as `matchesEtag`, with the one form that nearly all clients send first. */
  isUnchanged(ifNoneMatch: string | undefined): boolean {
    return ifNoneMatch !== undefined && (ifNoneMatch === this.etag || matchesEtag(ifNoneMatch, this.etag));
  }

  /** Raw fields of a 304 or a 200 that are true for a second; to be used at once. @param second see `currentSecond` */
  fields(entry: Entry, isUnchanged: boolean, second: number): Readonly<Fields> {
    this.#made ??= this.#make(entry);
    const { whole, unchanged, statusAt } = this.#made;
    if (second !== this.#second) {
      this.#second = second;
      const status = this.#fields.cacheStatus(foundInMemory(entry));
      whole[statusAt] = status;
      unchanged[statusAt] = status;
    }
    return isUnchanged ? unchanged : whole;
  }

  #make(entry: Entry): Made {
    const found = foundInMemory(entry);
    const hit = { placeholder: this.#placeholder, negotiated: this.#negotiated, found };
    const whole = this.#fields.whole(hit);
    return { whole, unchanged: this.#fields.unchanged(hit), statusAt: whole.indexOf('cache-status') + 1 };
  }
}

/**
 * Ready responses by request target as it was sent, so that a hit is looked up and nothing is parsed. They are bounded
 * in bytes, hold no picture, and answer nothing but what memory has at that moment.
 */
export class ReadyResponses {
  readonly #memory: MemoryStore;
  readonly #fields: ImageFields;
  readonly #ready: LRUCache<string, ReadyResponse | typeof VARIES>;

  constructor(memory: MemoryStore, fields: ImageFields) {
    this.#memory = memory;
    this.#fields = fields;
    this.#ready = new LRUCache({
      maxSize: BUDGET,
      sizeCalculation: (_ready, target) => target.length + OVERHEAD,
    });
  }

  /** The response to a request that was answered like this before. */
  find({ target, accept }: HitRequest): ReadyResponse | undefined {
    const ready = this.#ready.get(target);
    if (ready !== VARIES) return ready;
    return this.#ready.get(variant(target, accept)) as ReadyResponse | undefined;
  }

  /** What memory has now of a response's picture, counted as a hit; undefined where it has other bytes, or none. */
  entryOf({ key, etag }: ReadyResponse): Entry | undefined {
    const entry = this.#memory.hit(key);
    return entry?.etag === etag ? entry : undefined;
  }

  /** Remembers the answer to a request, where memory has it now. */
  remember({ target, accept }: Omit<HitRequest, 'ifNoneMatch'>, answer: ImageAnswer): void {
    const inMemory = answer.found.from === 'memory' || answer.found.stored;
    if (!inMemory || target.length > MAX_TARGET) return;
    if (answer.negotiated) this.#ready.set(target, VARIES);
    const name = answer.negotiated ? variant(target, accept) : target;
    this.#ready.set(name, new ReadyResponse(answer, this.#fields));
  }
}
