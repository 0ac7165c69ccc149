import { kindOf } from '../errors.ts';
import type { Answering } from './door-request.ts';

/**
 * Answers a request of the Fetch API, or a URL with the `init` of `fetch`. What servers pass behind a request, such as
 * Bun's server, is ignored.
 */
export interface FetchHandler {
  (request: Request, ...others: unknown[]): Promise<Response>;
  (url: string | URL, init?: RequestInit): Promise<Response>;
}

/**
 * A request may be one of another implementation of the Fetch API than this global `Request`.
 * @throws TypeError for what is neither a request nor a whole URL
 */
function requestOf(given: Request | string | URL, init: unknown): Request {
  if (typeof given === 'string' || given instanceof URL) return new Request(given, init as RequestInit);
  if (typeof given?.url === 'string' && typeof given.headers?.get === 'function') return given;
  throw new TypeError(
    `fetch takes a Request, or a URL such as 'http://localhost/image/600x400', got ${kindOf(given)}`,
  );
}

/** The client is not known here: if drawing is limited, all clients share one budget. */
export function fetchHandler(door: Answering): FetchHandler {
  return async (given: Request | string | URL, init?: unknown) => {
    const { method, url, headers, signal } = requestOf(given, init);
    const { host, origin, pathname, search } = new URL(url);
    const target = pathname + search;
    const field = (name: string): string | undefined => headers.get(name) ?? undefined;
    const { status, fields, body } = await door.answer({
      method,
      target,
      url: target,
      host,
      origin,
      client: 'fetch',
      isWaiting: () => !signal?.aborted,
      field,
    });
    const sent = new Headers();
    for (let i = 0; i < fields.length; i += 2) sent.append(fields[i] as string, fields[i + 1] as string);
    return new Response(body ?? null, { status, headers: sent });
  };
}
