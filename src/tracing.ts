import type { Context, Span, Tracer } from '@opentelemetry/api';
import { VERSION } from './package-root.ts';

type Api = typeof import('@opentelemetry/api');

/** What a request says of the trace that it belongs to. */
export interface TraceParent {
  /** 32 hex digits, not all 0. */
  readonly traceId: string;
  /** 16 hex digits, not all 0. */
  readonly spanId: string;
  /** Bits; 1 is "sampled". */
  readonly traceFlags: number;
}

/** Version 00 is whole; what later versions put behind it is not ours to read. */
const TRACEPARENT =
  /^(?:00(?=.{53}$)|(?!ff|00)[\da-f]{2}(?=.{53}(?:-|$)))-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})/;

/** Reads the field `traceparent` (W3C Trace Context, 3.2.2); undefined where it is not valid. */
export function readTraceParent(value: string | undefined): TraceParent | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(value ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
}

/** A part of a request that is over, such as a look-up. */
export interface Part {
  readonly name: string;
  /** When it began, on the clock of `performance.now()`, and how long it took; ms. */
  readonly began: number;
  readonly ms: number;
}

/** A request of which a span is to tell. */
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
  /** The value of `X-Cache`, where there is one. */
  readonly cache: string | undefined;
  readonly parts: readonly Part[];
}

/** The span of a request that is being answered. */
export class RequestSpan {
  readonly #api: Api;
  readonly #tracer: Tracer;
  readonly #span: Span;
  readonly #context: Context;
  /** What turns a time of `performance.now()` into one since 1970, so that all spans of a request are of one clock; ms. */
  readonly #epoch = Date.now() - performance.now();

  constructor(api: Api, { method, url, origin, field }: TracedRequest, route: string) {
    this.#api = api;
    this.#tracer = api.trace.getTracer('greybox', VERSION);
    const active = api.context.active();
    // A span that is there already is that of the server around us, which has read the request's fields itself.
    const isWithin = api.trace.getSpan(active) !== undefined;
    const parent = isWithin ? active : parentOf(api, active, field);
    const kind = isWithin ? api.SpanKind.INTERNAL : api.SpanKind.SERVER;
    const attributes = {
      'http.request.method': method,
      'http.route': route,
      'url.scheme': origin.split(':', 1)[0] as string,
      // Without the query, which may hold what people wrote.
      'url.path': url.split('?', 1)[0] as string,
    };
    this.#span = this.#tracer.startSpan('request', { kind, attributes, startTime: this.#now() }, parent);
    this.#context = api.trace.setSpan(parent, this.#span);
  }

  /** Runs what answers the request, so that spans that others make meanwhile belong to its span. */
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

/** The span that a request belongs to: what the operator's propagator reads, or without one the field of the W3C. */
function parentOf(api: Api, active: Context, field: TracedRequest['field']): Context {
  const { propagation, trace } = api;
  if (propagation.fields().length > 0)
    return propagation.extract(active, field, { get: (read, name) => read(name), keys: () => [] });
  const parent = readTraceParent(field('traceparent'));
  return parent ? trace.setSpanContext(active, { ...parent, isRemote: true }) : active;
}

/** Makes spans through `@opentelemetry/api`, which is loaded first; whoever runs the process brings the SDK. */
export class Tracing {
  #api: Api | undefined;

  async load(): Promise<void> {
    this.#api ??= await import('@opentelemetry/api');
  }

  /** Whether an SDK takes the spans. */
  get hasSdk(): boolean {
    const provider = this.#api?.trace.getTracerProvider();
    if (!this.#api || !(provider instanceof this.#api.ProxyTracerProvider)) return provider !== undefined;
    return provider.getDelegateTracer('greybox', VERSION) !== undefined;
  }

  /** @param route the name of the grammar that it is spelled in */
  begin(request: TracedRequest, route: string): RequestSpan | undefined {
    return this.#api && new RequestSpan(this.#api, request, route);
  }
}
