import { LRUCache } from 'lru-cache';
import { GreyboxError } from '../errors.ts';
import { matchesEtag } from './headers.ts';
import type { ImageAnswer, ImageFields } from './image-fields.ts';
import type { Search } from './image-lookup.ts';
import { recognise } from './lane/hit-grammar.ts';
import { Refusals } from './lane/refusals.ts';
import type { HitOptions } from './lane/routed-hit.ts';
import { type KeepAlive, type WireMessage, writeMessage } from './lane/wire-message.ts';
import { prefersPicture } from './protocol/accept.ts';
import type { HitRequest } from './protocol/hit-request.ts';
import { currentSecond, type Form, type ReadyResponse, STATUS } from './ready-responses.ts';
import { countAnswer } from './request-counts.ts';

/** What requests that are remembered may take, in bytes, and what one takes beside its own bytes. */
const BUDGET = 4 * 2 ** 20;
const OVERHEAD = 512;

export interface LaneOptions extends HitOptions {
  readonly fields: ImageFields;
  /**
   * Finds or draws what is not in memory, or refuses to; undefined where the router has to answer.
   * @throws GreyboxError at once, or as a rejection of what is found
   */
  readonly find: (hit: HitRequest) => Search | GreyboxError | undefined;
}

/** A request whose bytes were seen before, and how it is answered. */
interface Remembered {
  /** The request. */
  readonly bytes: Uint8Array;
  readonly hit: HitRequest;
  readonly ready: ReadyResponse;
  readonly form: Form;
}

/**
 * The answers of the fast lane, by the bytes of whole requests (latin1): a request decides its answer, so that one that
 * was seen before is looked up and not read again.
 */
export class LaneAnswers {
  readonly #options: LaneOptions;
  readonly #remembered = new LRUCache<string, Remembered>({
    maxSize: BUDGET,
    sizeCalculation: ({ bytes }, text) => bytes.length + text.length + OVERHEAD,
  });

  readonly #refusals = new Refusals();
  /** What was asked for last is asked for most. */
  #last: Remembered | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** The message for a request that was seen before and is a hit in memory, counted; undefined for any other. */
  known(request: Buffer, keepAlive: KeepAlive): WireMessage | undefined {
    if (this.#last && request.equals(this.#last.bytes)) {
      const message = this.#messageOf(this.#last, keepAlive);
      if (message) return message;
    }
    const known = this.#remembered.get(request.toString('latin1'));
    return known && this.#messageOf(known, keepAlive);
  }

  /**
   * The answer to any whole request, counted: at once for a hit in memory or a refusal, else when the picture has been
   * found or drawn. Undefined where the router has to give it: for what is no such request, and all other errors.
   * @param request its bytes, as latin1
   * @param keepAlive asked when the answer is there
   */
  to(request: string, keepAlive: KeepAlive): WireMessage | Promise<WireMessage | undefined> | undefined {
    // What was known of a picture that memory has let go of, or replaced, is of no use.
    const hit = this.#remembered.get(request)?.hit ?? recognise(request);
    if (!hit) return undefined;
    return this.#recognised(hit, request, keepAlive) ?? this.#find(hit, keepAlive);
  }

  /** The message of a request that is new to the lane, where its response is ready. */
  #recognised(hit: HitRequest, request: string, keepAlive: KeepAlive): WireMessage | undefined {
    const ready = this.#options.ready.find(hit);
    if (!ready) return undefined;
    const bytes = new Uint8Array(Buffer.from(request, 'latin1'));
    const answer = { bytes, hit, ready, form: ready.formFor(hit) };
    const message = this.#messageOf(answer, keepAlive);
    if (message) this.#remembered.set(request, answer);
    return message;
  }

  /** The message of this second, where memory still has the picture. */
  #messageOf(answer: Remembered, keepAlive: KeepAlive): WireMessage | undefined {
    const { ready, counts } = this.#options;
    const entry = ready.entryOf(answer.ready);
    this.#last = entry && answer;
    if (!entry) return undefined;
    countAnswer(counts, STATUS[answer.form]);
    return ready.messageOf(answer.ready, answer.form, entry, keepAlive);
  }

  /** Finds or draws a picture, or refuses to at once. */
  #find(hit: HitRequest, keepAlive: KeepAlive): WireMessage | Promise<WireMessage | undefined> | undefined {
    const search = this.#search(hit);
    if (search === undefined) return undefined;
    if (search instanceof GreyboxError) return this.#refuse(hit, search, keepAlive());
    const { placeholder, negotiated, found } = search;
    return found.then(
      (one) => this.#write(hit, { placeholder, negotiated, found: one }, keepAlive()),
      (error) => this.#refuse(hit, error, keepAlive()),
    );
  }

  /** What is wrong with a URL, or an `Accept`, is for the router to say. */
  #search(hit: HitRequest): ReturnType<LaneOptions['find']> {
    try {
      return this.#options.find(hit);
    } catch {
      return undefined;
    }
  }

  /** Refusals come by the thousand, just when time is short; all other errors are the router's. */
  #refuse(hit: HitRequest, error: unknown, keepAlive: number | undefined): WireMessage | undefined {
    if (!(error instanceof GreyboxError) || error.code !== 'overloaded' || prefersPicture(hit.accept))
      return undefined;
    countAnswer(this.#options.counts, error.status);
    const context = { second: currentSecond(), keepAlive };
    return this.#refusals.write(error, hit.target, hit.method === 'GET', context);
  }

  #write(hit: HitRequest, answer: ImageAnswer, keepAlive: number | undefined): WireMessage {
    const { ready, fields, counts } = this.#options;
    const { entry } = answer.found;
    ready.remember(hit, answer);
    const isUnchanged = matchesEtag(hit.ifNoneMatch, entry.etag);
    const status = isUnchanged ? 304 : 200;
    countAnswer(counts, status);
    const written = isUnchanged ? fields.unchanged(answer) : fields.whole(answer);
    const body = isUnchanged || hit.method === 'HEAD' ? undefined : entry.body;
    return writeMessage(status, written, body, { second: currentSecond(), keepAlive });
  }
}
