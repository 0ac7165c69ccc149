import type { Timings } from '../cache/tiered-cache.ts';
import { OWN, type Resolved } from '../dialects/table.ts';
import type { AskedSize } from '../errors.ts';
import type { Limits } from '../options/sizes.ts';
import { countAnswer, NO_ROUTE, type RequestCounts } from '../stats/request-counts.ts';
import type { RequestSpan, Tracing } from '../tracing.ts';
import type { DoorRequest } from './door-request.ts';
import type { ErrorAnswers } from './errors/problem.ts';
import { type Answer, answerWith, type Representation, representData } from './images/answer.ts';
import { describe } from './images/describe.ts';
import { ignoredNames } from './images/ignored.ts';
import type { ImageFields, Picture } from './images/image-fields.ts';
import type { ImageLookup } from './images/image-lookup.ts';
import type { ReadyResponses } from './lane/ready-responses.ts';
import { partsOf } from './protocol/headers.ts';
import { isPreflight, isRead, methodError, optionsAnswer, READS } from './protocol/methods.ts';

export interface DoorOptions {
  readonly lookup: ImageLookup;
  readonly fields: ImageFields;
  readonly errors: ErrorAnswers;
  readonly requests: RequestCounts;
  /** Remembers answers, so that repeating a request costs only a look-up. */
  readonly ready: ReadyResponses | undefined;
  /** Whether a value of `Authorization` is the operator's; undefined if there is no operator. */
  readonly isOperator?: ((authorization: string | undefined) => boolean) | undefined;
  /** Makes spans for requests; undefined if tracing is off. */
  readonly tracing?: Tracing | undefined;
}

/** `no-store` among the directives of `Cache-Control` (RFC 9111, 5.2.1.5). */
const NO_STORE = /(?:^|,)[ \t]*no-store[ \t]*(?:,|$)/i;

/** What was known about a request before it failed. */
interface Asked {
  size?: AskedSize;
  /** Present if somebody wants them. */
  timings?: Timings;
}

/** A service's own data changes only with releases, like pictures. */
const DATA_CONTROL = 'public, max-age=3600';

/** `.json`: explains a URL. */
function explain(
  { placeholder, found, varies, ignored }: Picture,
  origin: string,
  limits: Limits,
): Representation {
  const names = ignoredNames(ignored);
  return representData({
    type: 'application/json; charset=utf-8',
    body: JSON.stringify(
      describe(placeholder, { etag: found.entry.etag, origin, prefix: OWN.paths[0] ?? '', limits, ignored }),
    ),
    cacheControl: 'no-cache',
    fields: {
      ...(varies ? { vary: 'Accept' } : {}),
      ...(names === undefined ? {} : { 'x-ignored': names }),
    },
  });
}

/** All picture requests go through this one door; adapters only translate. */
export class Door {
  readonly #options: DoorOptions;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  /** Whether a target is spelled in one of the grammars. */
  owns(request: Pick<DoorRequest, 'target' | 'host'>): boolean {
    return this.#options.lookup.resolve(request) !== undefined;
  }

  /** Answers a request and counts it. Never fails: an error is an answer. */
  async answer(request: DoorRequest): Promise<Answer> {
    const { lookup, requests, tracing } = this.#options;
    const resolved = lookup.resolve(request);
    const route = resolved?.dialect.name ?? NO_ROUTE;
    const counts = requests.of(route);
    const span = tracing?.begin(request, route);
    const answer = await (span ? this.#traced(span, request, resolved) : this.#answered(request, resolved));
    countAnswer(counts, answer.status);
    return answer;
  }

  async #traced(span: RequestSpan, request: DoorRequest, resolved: Resolved | undefined): Promise<Answer> {
    const timings: Timings = {};
    const answer = await span.run(() => this.#answered(request, resolved, { timings }));
    const { status, fields } = answer;
    const at = fields.indexOf('x-cache');
    span.end({ status, cache: at < 0 ? undefined : fields[at + 1], parts: partsOf(timings) });
    return answer;
  }

  #answered(request: DoorRequest, resolved: Resolved | undefined, asked: Asked = {}): Promise<Answer> {
    return this.#answer(request, resolved, asked).catch((error) => this.refuse(error, request, asked.size));
  }

  /** The answer for an error, not counted. @param size of the requested picture */
  refuse(
    error: unknown,
    { method, url, field, client, pages }: Pick<DoorRequest, 'method' | 'url' | 'field' | 'client' | 'pages'>,
    size?: AskedSize,
  ): Promise<Answer> {
    return this.#options.errors.answer(error, { method, url, accept: field('accept'), size, client, pages });
  }

  /** Only operators may have a cached picture drawn again: for all others the cache protects the service. */
  #wantsAnew(field: DoorRequest['field']): boolean {
    const { isOperator } = this.#options;
    return (
      isOperator !== undefined &&
      NO_STORE.test(field('cache-control') ?? '') &&
      isOperator(field('authorization'))
    );
  }

  async #answer(request: DoorRequest, resolved: Resolved | undefined, asked: Asked): Promise<Answer> {
    const { lookup, fields, ready } = this.#options;
    const { method, target, host, origin, client, isWaiting, field } = request;
    // If the preflight failed, a page could not read why there is nothing.
    if (!resolved && !isPreflight(method, field)) throw lookup.unknown(target, origin);
    if (!resolved || method === 'OPTIONS') return optionsAnswer(field);
    if (!isRead(method)) throw methodError(method, READS);
    const accept = field('accept');
    const conditions = { method, ifMatch: field('if-match'), ifNoneMatch: field('if-none-match') };
    const wanted = lookup.read(resolved, accept, origin);
    if (wanted.kind === 'data')
      return answerWith(representData({ ...wanted, cacheControl: DATA_CONTROL }), conditions);
    asked.size = wanted.placeholder;
    const { timings } = asked;
    const found = await (this.#wantsAnew(field)
      ? lookup.draw(wanted, { isWaiting, timings })
      : lookup.find(wanted, client, isWaiting, timings));
    const picture = { ...wanted, found };
    if (wanted.kind === 'explanation') return answerWith(explain(picture, origin, lookup.limits), conditions);
    ready?.remember({ target, host, accept }, picture, resolved.dialect.name);
    return answerWith(fields.represent(picture), conditions);
  }
}
