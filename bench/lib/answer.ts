import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Header fields by name, in the order in which they are sent. */
export type Headers = Readonly<Record<string, string>>;

/** An answer as it came: raw headers (name, value, name, value…) and body. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** Headers that a Node server adds by itself. */
const OWN = /^(date|connection|keep-alive)$/i;

/**
 * Fetches a URL, without the headers that every Node server adds by itself.
 * @throws where the status is neither 200 nor 304
 */
export async function fetchAnswer(url: string, requestHeaders: Headers = {}): Promise<Answer> {
  const request = get(url, { agent: false, headers: requestHeaders });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const body = await buffer(response);
  const { statusCode: status = 0, rawHeaders: raw } = response;
  if (status !== 200 && status !== 304) throw new Error(`${url} answers ${status}`);
  const headers = raw.flatMap((name, i) => (i % 2 === 0 && !OWN.test(name) ? [name, raw[i + 1] ?? ''] : []));
  return { status, headers, body };
}

/** Fetches twice: the second answer of a cache is a hit. */
export async function fetchHit(url: string, requestHeaders: Headers = {}): Promise<Answer> {
  await fetchAnswer(url);
  return fetchAnswer(url, requestHeaders);
}

/** The headers of an answer by lower-case name. */
export function headersByName({ headers }: Answer): Headers {
  return Object.fromEntries(
    headers.flatMap((name, i) => (i % 2 === 0 ? [[name.toLowerCase(), headers[i + 1] ?? '']] : [])),
  );
}
