import { createHash } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import sharp from 'sharp';

/** What must hold of an answer did not. */
function expect(holds: boolean, url: string, what: string): void {
  if (!holds) throw new Error(`${what}: ${url}`);
}

/** Statuses that a URL alone may bring about. */
const STATUSES = new Set([200, 304, 400, 404, 406, 414]);

interface Explained {
  readonly path: string;
  readonly cacheKey: string;
  readonly etag: string;
}

/** The same URL with another extension, where its grammar has one; the query's format goes. */
function asJson(url: string): string {
  const [path = '', query] = url.split(/\?(.*)/s);
  const pairs = (query ?? '')
    .split('&')
    .filter((pair) => !/^format=|^$/i.test(decodeURIComponentSafely(pair)));
  const bare = path.replace(/\/$/, '').replace(/\.[a-z]\w*$/i, '');
  return `${bare}.json?${pairs.join('&')}`;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A side in per cent, as holder.js has them: such a picture has no size of its own. */
const FLUID = /^<svg[^>]* (?:width|height)="\d+%"/;

async function checkPicture(url: string, response: LightMyRequestResponse): Promise<void> {
  const { headers, rawPayload } = response;
  expect(Number(headers['content-length']) === rawPayload.length, url, 'content-length');
  if (FLUID.test(response.payload)) return;
  const named = /filename="(\d+)x(\d+)(?:@(\d)x)?\.(\w+)"/.exec(String(headers['content-disposition']));
  const [width, height, scale] = [Number(named?.[1]), Number(named?.[2]), Number(named?.[3] ?? 1)];
  const format = named?.[4] === 'avif' ? 'heif' : named?.[4];
  const image = sharp(rawPayload);
  const metadata = await image.metadata();
  const { info } = await image.raw().toBuffer({ resolveWithObject: true });
  const found = `${metadata.format} ${info.width}x${info.height}`;
  expect(found === `${format} ${width * scale}x${height * scale}`, url, `decodes as ${found}`);
}

/** The canonical path explains itself as itself, and is the same picture under the same key. */
async function checkCanonical(app: FastifyInstance, url: string): Promise<void> {
  const explained = await app.inject(asJson(url));
  if (explained.statusCode !== 200) return;
  const { path, cacheKey, etag }: Explained = explained.json();
  const picture = await app.inject(path);
  expect(picture.statusCode === 200, url, `its canonical path ${path} answers ${picture.statusCode}`);
  expect(picture.headers['x-cache'] === 'hit-memory', url, `its canonical path ${path} has another key`);
  expect(picture.headers.etag === etag, url, `its canonical path ${path} is another picture`);
  const again: Explained = (await app.inject(asJson(path))).json();
  // The explanation is of a PNG, whatever the format asked for.
  expect(again.path === path && again.cacheKey === cacheKey, url, `${path} is explained as ${again.path}`);
}

/**
 * Asks for a URL and checks what must hold of every answer: never a 5xx, a problem that says what is wrong, or a
 * picture of the promised size, whose canonical URL is the same picture.
 * @param host sent as `Host`, for URLs of other services: those have no canonical URL of their own
 * @throws Error that says what did not hold
 */
export async function checkUrl(app: FastifyInstance, url: string, host?: string): Promise<number> {
  // `inject` reads a URL as browsers do: after `/\` it expects a host.
  const target = url.replace(/^\/\\/, '/%5C');
  const request = { url: target, ...(host !== undefined && { headers: { host } }) };
  const response = await app.inject(request);
  const { statusCode, headers } = response;
  expect(STATUSES.has(statusCode), url, `status ${statusCode}`);
  const type = String(headers['content-type']);
  if (statusCode !== 200) {
    const { detail, status } = response.json();
    expect(
      type.startsWith('application/problem+json') && status === statusCode && /\S/.test(detail),
      url,
      'problem',
    );
    return statusCode;
  }
  if (!type.startsWith('image/')) return statusCode;
  await checkPicture(url, response);
  const hash = createHash('sha256').update(response.rawPayload).digest('hex');
  const again = createHash('sha256')
    .update((await app.inject(request)).rawPayload)
    .digest('hex');
  expect(hash === again, url, 'other bytes the second time');
  if (host === undefined) await checkCanonical(app, url);
  return statusCode;
}
