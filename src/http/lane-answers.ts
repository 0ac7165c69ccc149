import { LRUCache } from 'lru-cache';
import { GreyboxError } from '../errors.ts';
import { prefersPicture } from './error-picture.ts';
import { matchesEtag } from './headers.ts';
import { type RecognisedHit, recognise } from './hit-grammar.ts';
import type { ImageAnswer, ImageFields } from './image-fields.ts';
import { currentSecond, type ReadyResponse } from './ready-responses.ts';
import { Refusals } from './refusals.ts';
import { countAnswer } from './request-counts.ts';
import type { HitOptions } from './routed-hit.ts';
import { type WireMessage, writeMessage } from './wire-message.ts';

/** What requests and the messages that answer them may take, in bytes, and what one takes beside them. */
const BUDGET = 8 * 2 ** 20;
const OVERHEAD = 512;

export interface LaneOptions extends HitOptions {
  readonly fields: ImageFields;
  /**
   * Finds or draws what is not in memory; undefined where the router has to answer.
   * @throws GreyboxError at once or as a rejection
   */
  readonly find: (hit: RecognisedHit) => Promise<ImageAnswer> | undefined;
}

/** How long the connection may be idle from now on, see `WireContext`. */
export type KeepAlive = () => number | undefined;

/** A request whose bytes were seen before, and its answer as of one second. */
interface Remembered {
  /** The request, as text and as it came. */
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly hit: RecognisedHit;
  readonly ready: ReadyResponse;
  readonly status: 200 | 304;
  second: number;
  message: WireMessage;
}

const NOTHING: WireMessage = { bytes: Buffer.alloc(0), rest: undefined };

/**
 * The answers of the fast lane, by the bytes of whole requests (latin1): a request decides its answer, so that one that
 * was seen before is looked up and not read again.
 */
export class LaneAnswers {
  readonly #options: LaneOptions;
  readonly #remembered = new LRUCache<string, Remembered>({
    maxSize: BUDGET,
    sizeCalculation: ({ message: { bytes, rest } }, request) =>
      request.length + bytes.length + (rest?.length ?? 0) + OVERHEAD,
  });

  readonly #refusals = new Refusals();
  /** What was asked for last is asked for most. */
  #last: Remembered | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /**
   * The answer to a whole request, counted: at once for a hit in memory or a refusal, else when the picture has been found
   * or drawn. Undefined where the router has to give it: for bytes that are no such request, and all other errors.
   * @param keepAlive asked when the answer is there, see `WireContext`
   */
  to(request: Buffer, keepAlive: KeepAlive): WireMessage | Promise<WireMessage | undefined> | undefined {
    if (this.#last && request.equals(this.#last.bytes)) {
      const message = this.#messageOf(this.#last, keepAlive);
      if (message) return message;
    }
    const text = request.toString('latin1');
    const known = this.#remembered.get(text);
    const message = known && this.#messageOf(known, keepAlive);
    if (message) return message;
    const hit = known?.hit ?? recognise(text);
    if (!hit) return undefined;
    // What was known of a picture that memory has let go of, or replaced, is of no use.
    return this.#recognised(hit, text, request, keepAlive) ?? this.#find(hit, keepAlive);
  }

  /** The message of a request that is new to the lane, where its response is ready. */
  #recognised(
    hit: RecognisedHit,
    text: string,
    request: Buffer,
    keepAlive: KeepAlive,
  ): WireMessage | undefined {
    const ready = this.#options.ready.find(hit);
    if (!ready) return undefined;
    const status = ready.isUnchanged(hit.ifNoneMatch) ? 304 : 200;
    const bytes = new Uint8Array(request);
    return this.#messageOf({ text, bytes, hit, ready, status, second: -1, message: NOTHING }, keepAlive);
  }

  /** The message of this second, where memory still has the picture. */
  #messageOf(answer: Remembered, keepAlive: KeepAlive): WireMessage | undefined {
    const entry = this.#options.ready.entryOf(answer.ready);
    this.#last = entry && answer;
    if (!entry) return undefined;
    const { status, hit, ready } = answer;
    const second = currentSecond();
    if (answer.second !== second) {
      const body = hasBody(status, hit) ? entry.body : undefined;
      const fields = ready.fields(entry, status === 304, second);
      answer.message = writeMessage(status, fields, body, { second, keepAlive: keepAlive() });
      answer.second = second;
      this.#remembered.set(answer.text, answer);
    }
    countAnswer(this.#options.counts, status);
    return answer.message;
  }

  /** Finds or draws a picture, or refuses to at once. */
  #find(
    hit: RecognisedHit,
    keepAlive: KeepAlive,
  ): WireMessage | Promise<WireMessage | undefined> | undefined {
    const refuse = (error: unknown): WireMessage | undefined => this.#refuse(hit, error, keepAlive());
    try {
      return this.#options.find(hit)?.then((found) => this.#write(hit, found, keepAlive()), refuse);
    } catch (error) {
      return refuse(error);
    }
  }

  /** Refusals come by the thousand, just when time is short; all other errors are the router's. */
  #refuse(hit: RecognisedHit, error: unknown, keepAlive: number | undefined): WireMessage | undefined {
    if (!(error instanceof GreyboxError) || error.code !== 'overloaded' || prefersPicture(hit.accept))
      return undefined;
    countAnswer(this.#options.counts, error.status);
    const context = { second: currentSecond(), keepAlive };
    return this.#refusals.write(error, hit.target, hit.method === 'GET', context);
  }

  #write(hit: RecognisedHit, answer: ImageAnswer, keepAlive: number | undefined): WireMessage {
    const { ready, fields } = this.#options;
    const { entry } = answer.found;
    ready.remember(hit, answer);
    const status = matchesEtag(hit.ifNoneMatch, entry.etag) ? 304 : 200;
    const body = hasBody(status, hit) ? entry.body : undefined;
    countAnswer(this.#options.counts, status);
    const written = status === 304 ? fields.unchanged(answer) : fields.whole(answer);
    return writeMessage(status, written, body, { second: currentSecond(), keepAlive });
  }
}

const hasBody = (status: number, { method }: RecognisedHit): boolean => status === 200 && method === 'GET';
