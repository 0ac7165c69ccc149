import { LRUCache } from 'lru-cache';
import { GreyboxError } from '../../errors.ts';
import { countAnswer, type RequestCounts } from '../../stats/request-counts.ts';
import { answerWith, type Form, STATUS } from '../images/answer.ts';
import type { ImageFields, Picture } from '../images/image-fields.ts';
import type { ImageLookup } from '../images/image-lookup.ts';
import { prefersPicture } from '../protocol/accept.ts';
import type { HitRequest } from '../protocol/hit-request.ts';
import { recognise } from './hit-grammar.ts';
import { currentSecond, type ReadyResponse } from './ready-responses.ts';
import { Refusals } from './refusals.ts';
import type { HitOptions } from './routed-hit.ts';
import { type KeepAlive, type WireMessage, writeMessage } from './wire-message.ts';

/** Bytes that remembered requests may take, and the overhead of each. */
const BUDGET = 4 * 2 ** 20;
const OVERHEAD = 512;

export interface LaneOptions extends HitOptions {
  readonly fields: ImageFields;
  readonly requests: RequestCounts;
  /**
   * Finds or draws pictures that are not in memory. Undefined if only the router may: it knows the client behind a
   * proxy, and makes spans.
   */
  readonly lookup: Pick<ImageLookup, 'resolve' | 'read' | 'find'> | undefined;
}

/** A request whose bytes were seen before, and its answer. */
interface Remembered {
  /** The request. */
  readonly bytes: Uint8Array;
  readonly hit: HitRequest;
  readonly ready: ReadyResponse;
  readonly form: Form;
}

/**
 * The answers of the fast lane, by the bytes of whole requests (latin1). The bytes decide the answer, so a request that
 * was seen before is looked up and not read again.
 */
export class LaneAnswers {
  readonly #options: LaneOptions;
  readonly #remembered = new LRUCache<string, Remembered>({
    maxSize: BUDGET,
    sizeCalculation: ({ bytes }, text) => bytes.length + text.length + OVERHEAD,
  });

  readonly #refusals = new Refusals();
  /** The last request is the most likely next one. */
  #last: Remembered | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** The message for a known request that is a hit in memory, counted; undefined for any other. */
  known(request: Buffer, keepAlive: KeepAlive): WireMessage | undefined {
    if (this.#last && request.equals(this.#last.bytes)) {
      const message = this.#messageOf(this.#last, keepAlive);
      if (message) return message;
    }
    const known = this.#remembered.get(request.toString('latin1'));
    return known && this.#messageOf(known, keepAlive);
  }

  /**
   * The answer to any whole request, counted: at once for a hit in memory or a refusal, otherwise when the picture has
   * been found or drawn. Undefined if the router must answer: for other requests, and all other errors.
   * @param request its bytes, as latin1
   * @param keepAlive called when the answer is there
   * @param isWaiting whether the client is still there
   */
  to(
    request: string,
    keepAlive: KeepAlive,
    isWaiting: () => boolean,
  ): WireMessage | Promise<WireMessage | undefined> | undefined {
    // What was known about a picture that memory has dropped or replaced is useless.
    const hit = this.#remembered.get(request)?.hit ?? recognise(request, this.#options);
    if (!hit) return undefined;
    return this.#recognised(hit, request, keepAlive) ?? this.#find(hit, keepAlive, isWaiting);
  }

  /** The message for a request that is new to the lane, if its response is ready. */
  #recognised(hit: HitRequest, request: string, keepAlive: KeepAlive): WireMessage | undefined {
    const ready = this.#options.ready.find(hit);
    if (!ready) return undefined;
    const bytes = new Uint8Array(Buffer.from(request, 'latin1'));
    const answer = { bytes, hit, ready, form: ready.formFor(hit) };
    const message = this.#messageOf(answer, keepAlive);
    if (message) this.#remembered.set(request, answer);
    return message;
  }

  /** The message of this second, if memory still has the picture. */
  #messageOf(answer: Remembered, keepAlive: KeepAlive): WireMessage | undefined {
    const { ready } = this.#options;
    const entry = ready.entryOf(answer.ready);
    this.#last = entry && answer;
    if (!entry) return undefined;
    countAnswer(answer.ready.counts, STATUS[answer.form]);
    return ready.messageOf(answer.ready, answer.form, entry, keepAlive);
  }

  /** Finds or draws a picture, or refuses to at once. */
  #find(
    hit: HitRequest,
    keepAlive: KeepAlive,
    isWaiting: () => boolean,
  ): WireMessage | Promise<WireMessage | undefined> | undefined {
    const { lookup } = this.#options;
    const resolved = lookup?.resolve(hit);
    if (!lookup || !resolved) return undefined;
    const route = resolved.dialect.name;
    const refuse = (error: unknown): WireMessage | undefined => this.#refuse(hit, error, route, keepAlive());
    try {
      const wanted = lookup.read(resolved, hit.accept, '');
      if (wanted.kind !== 'picture') return undefined;
      return lookup.find(wanted, '', isWaiting).then(
        (found) => this.#write(hit, { ...wanted, found }, route, keepAlive()),
        (error) => refuse(error),
      );
    } catch (error) {
      return refuse(error);
    }
  }

  /** Refusals come by the thousand, just when time is short; all other errors are left to the router. */
  #refuse(
    hit: HitRequest,
    error: unknown,
    route: string,
    keepAlive: number | undefined,
  ): WireMessage | undefined {
    if (!(error instanceof GreyboxError) || error.code !== 'overloaded' || prefersPicture(hit.accept))
      return undefined;
    this.#options.requests.add(route, error.status);
    const context = { second: currentSecond(), keepAlive };
    return this.#refusals.write(error, hit.target, hit.method === 'GET', context);
  }

  #write(hit: HitRequest, picture: Picture, route: string, keepAlive: number | undefined): WireMessage {
    const { ready, fields, requests } = this.#options;
    ready.remember(hit, picture, route);
    const { status, fields: written, body } = answerWith(fields.represent(picture), hit);
    requests.add(route, status);
    return writeMessage(status, written, body, { second: currentSecond(), keepAlive });
  }
}
