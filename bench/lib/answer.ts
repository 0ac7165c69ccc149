import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** An answer as it came: raw headers (name, value, name, value…) and body. */
export interface Answer {
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** Headers that a Node server adds by itself. */
const OWN = /^(date|connection|keep-alive)$/i;

/**
 * Fetches a URL, without the headers that every Node server adds by itself.
 * @throws where the status is not 200
 */
export async function fetchAnswer(url: string): Promise<Answer> {
  const request = get(url, { agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const body = await buffer(response);
  if (response.statusCode !== 200) throw new Error(`${url} answers ${response.statusCode}`);
  const raw = response.rawHeaders;
  const headers = raw.flatMap((name, i) => (i % 2 === 0 && !OWN.test(name) ? [name, raw[i + 1] ?? ''] : []));
  return { headers, body };
}

/** Fetches twice: the second answer of a cache is a hit. */
export async function fetchHit(url: string): Promise<Answer> {
  await fetchAnswer(url);
  return fetchAnswer(url);
}
