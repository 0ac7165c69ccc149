import type { Context, Span, Tracer } from '@opentelemetry/api';
import { VERSION } from './package-root.ts';

type Api = typeof import('@opentelemetry/api');

/** The trace that a request belongs to, by its own header field. */
export interface TraceParent {
  /** 32 hex digits, not all 0. */
  readonly traceId: string;
  /** 16 hex digits, not all 0. */
  readonly spanId: string;
  /** Bits; 1 is "sampled". */
  readonly traceFlags: number;
}

/** Version 00 has only these parts; additions of later versions are ignored. */
const TRACEPARENT =
  /^(?:00(?=.{53}$)|(?!ff|00)[\da-f]{2}(?=.{53}(?:-|$)))-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})/;

/** Reads the field `traceparent` (W3C Trace Context, 3.2.2); undefined if it is not valid. */
export function readTraceParent(value: string | undefined): TraceParent | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(value ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
}

/** A finished part of a request, such as a look-up. */
export interface Part {
  readonly name: string;
  /** When it began, on the clock of `performance.now()`, and how long it took; ms. */
  readonly began: number;
  readonly ms: number;
}

/** A request to record as a span. */
export interface TracedRequest {
  readonly method: string;
  /** The whole target, as it was sent. */
  readonly url: string;
  readonly origin: string;
  /** The value of a header field, by its name in lower case. */
  readonly field: (name: string) => string | undefined;
}

/** How a request was answered. */
export interface TracedAnswer {
  readonly status: number;
  /** The value of `X-Cache`, if there is one. */
  readonly cache: string | undefined;
  readonly parts: readonly Part[];
}

/** The span of a request that is being answered. */
export class RequestSpan {
  readonly #api: Api;
  readonly #tracer: Tracer;
  readonly #span: Span;
  readonly #context: Context;
  /** Added to `performance.now()` it gives ms since 1970, so that all spans of a request use one clock. */
  readonly #epoch = Date.now() - performance.now();

  constructor(api: Api, { method, url, origin, field }: TracedRequest, route: string) {
    this.#api = api;
    this.#tracer = api.trace.getTracer('greybox', VERSION);
    const active = api.context.active();
    // An existing span belongs to the server around us, which has read the request's fields itself.
    const isWithin = api.trace.getSpan(active) !== undefined;
    const parent = isWithin ? active : parentOf(api, active, field);
    const kind = isWithin ? api.SpanKind.INTERNAL : api.SpanKind.SERVER;
    const attributes = {
      'http.request.method': method,
      'http.route': route,
      'url.scheme': origin.split(':', 1)[0] as string,
      // Without the query, which may contain people's texts.
      'url.path': url.split('?', 1)[0] as string,
    };
    this.#span = this.#tracer.startSpan('request', { kind, attributes, startTime: this.#now() }, parent);
    this.#context = api.trace.setSpan(parent, this.#span);
  }

  /** Runs the function that answers the request, so that spans made inside it belong to this span. */
  run<T>(answer: () => T): T {
    return this.#api.context.with(this.#context, answer);
  }

  end({ status, cache, parts }: TracedAnswer): void {
    const { SpanStatusCode } = this.#api;
    for (const { name, began, ms } of parts) {
      const startTime = this.#epoch + began;
      this.#tracer.startSpan(name, { startTime }, this.#context).end(startTime + ms);
    }
    this.#span.setAttribute('http.response.status_code', status);
    if (cache !== undefined) this.#span.setAttribute('greybox.cache', cache);
    if (status >= 500) {
      this.#span.setAttribute('error.type', String(status));
      this.#span.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.#span.end(this.#now());
  }

  #now(): number {
    return this.#epoch + performance.now();
  }
}

/** The parent span of a request, read by the operator's propagator or, without one, from the W3C field. */
function parentOf(api: Api, active: Context, field: TracedRequest['field']): Context {
  const { propagation, trace } = api;
  if (propagation.fields().length > 0)
    return propagation.extract(active, field, { get: (read, name) => read(name), keys: () => [] });
  const parent = readTraceParent(field('traceparent'));
  return parent ? trace.setSpanContext(active, { ...parent, isRemote: true }) : active;
}

/** Makes spans through `@opentelemetry/api`, which is loaded first. The operator provides the SDK. */
export class Tracing {
  #api: Api | undefined;

  async load(): Promise<void> {
    this.#api ??= await import('@opentelemetry/api');
  }

  /** Whether an SDK receives the spans. */
  get hasSdk(): boolean {
    const provider = this.#api?.trace.getTracerProvider();
    if (!this.#api || !(provider instanceof this.#api.ProxyTracerProvider)) return provider !== undefined;
    return provider.getDelegateTracer('greybox', VERSION) !== undefined;
  }

  /** @param route the name of the request's grammar */
  begin(request: TracedRequest, route: string): RequestSpan | undefined {
    return this.#api && new RequestSpan(this.#api, request, route);
  }
}
