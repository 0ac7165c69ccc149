import type { Answering } from './door-request.ts';

/** Answers a request of the Fetch API, given as to `fetch`: a request, or a URL, with changes to it. */
export type FetchHandler = (request: Request | string | URL, init?: RequestInit) => Promise<Response>;

/** The client is not known here: if drawing is limited, all clients share one budget. */
export function fetchHandler(door: Answering): FetchHandler {
  return async (given, init) => {
    const isUrl = typeof given === 'string' || given instanceof URL;
    // A host's own class of requests is only copied where it must be.
    const { method, url, headers, signal } = isUrl || init ? new Request(given, init) : given;
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
      isWaiting: () => !signal.aborted,
      field,
    });
    const sent = new Headers();
    for (let i = 0; i < fields.length; i += 2) sent.append(fields[i] as string, fields[i + 1] as string);
    return new Response(body ?? null, { status, headers: sent });
  };
}
