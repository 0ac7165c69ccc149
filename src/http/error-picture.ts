import { LRUCache } from 'lru-cache';
import { MemoryStore } from '../cache/memory-store.ts';
import { TieredCache } from '../cache/tiered-cache.ts';
import type { GreyboxError } from '../errors.ts';
import { cacheKey } from '../options/cache-key.ts';
import { createPlaceholderValue, type Placeholder } from '../options/options.ts';
import { type Limits, outputSize, parseSize } from '../options/sizes.ts';
import { MAX_TEXT } from '../options/text.ts';
import { drawNotice } from '../render/notice.ts';
import { parseAccept } from './negotiate.ts';
import type { RenderLimiter } from './rate-limit.ts';

/**
 * Whether a client would rather have an image than anything else (RFC 9110, 12.5.1), as an `<img>` would: it names one,
 * with more weight than any document and no less than the range of everything. A browser's address bar names HTML, and
 * curl nothing.
 */
export function prefersPicture(accept = ''): boolean {
  if (accept === '') return false;
  const ranges = parseAccept(accept);
  const weight = (pattern: RegExp): number =>
    Math.max(0, ...ranges.filter(({ type }) => pattern.test(type)).map(({ quality }) => quality));
  const image = weight(/^image\//);
  return image > weight(/^(?:text|application)\//) && image >= weight(/^\*\/\*$/);
}

const LOOK = { format: 'svg', bg: 'fdf2f2', fg: '9b1c1c', border: '2,f0a3a3', weight: 500 } as const;
const STANDARD = createPlaceholderValue({ ...LOOK, width: 600, height: 400 });

function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}

/** An empty picture of the size that a bad URL asks for: with its scale, without it, or 600×400 where none can be read. */
function blank(target: string, limits: Limits): Placeholder {
  const [, segment = ''] = /^\/image\/([^/?]+)/.exec(target) ?? [];
  const size = attempt(() =>
    parseSize(decodeURIComponent(segment).replace(/\.[a-z][a-z0-9]*$/i, ''), limits),
  );
  const draw = (scale?: string): Placeholder | undefined =>
    size && attempt(() => createPlaceholderValue({ ...LOOK, ...size, scale }, limits));
  return draw(size?.scale) ?? draw() ?? STANDARD;
}

/** An error as an SVG that says what was wrong, in the size that was asked for. */
export function errorPicture(error: GreyboxError, target: string, limits: Limits): Placeholder {
  // Control characters are no text in XML (XML 1.0, 2.2).
  const detail = error.message.toWellFormed().replace(/\p{Cc}/gu, ' ');
  const characters = [...`${error.status} ${error.title}\n${detail}`];
  const isLong = characters.length > MAX_TEXT;
  const text = isLong ? `${characters.slice(0, MAX_TEXT - 1).join('')}…` : characters.join('');
  // The label is not read as an option would be: a `{width}` in it stays what it is.
  return Object.freeze({ ...blank(target, limits), text });
}

/** What error pictures are drawn with. */
export interface ErrorPictureOptions {
  /** Draws a picture that is not to be cached, when its turn has come. @throws GreyboxError `overloaded` (as a rejection) */
  readonly draw: (placeholder: Placeholder) => Promise<Buffer>;
  readonly limits: Limits;
  /** Bounds what one client may have drawn. */
  readonly limiter: RenderLimiter | undefined;
}

/** Memory for drawn errors, in bytes: a page that is wrong is wrong many times. */
const CACHE_BYTES = 4 * 2 ** 20;
const CACHE_MS = 3_600_000;

/** Texts of which a ready picture is kept: one for each code, and one for each time after which to try again. */
const READY_TEXTS = 200;

/** Draws errors, each one once. */
export class ErrorPictures {
  readonly #cache = new TieredCache(new MemoryStore(CACHE_BYTES, Date.now), undefined, CACHE_MS, Date.now);
  readonly #ready = new LRUCache<string, string>({ max: READY_TEXTS });
  readonly #options: ErrorPictureOptions;

  constructor(options: ErrorPictureOptions) {
    this.#options = options;
  }

  /**
   * The SVG for an error. Where the client has had too much drawn, or too much waits, it is a ready one that says no more
   * than the title.
   * @param client on whose account it is drawn
   */
  async get(error: GreyboxError, target: string, client: string): Promise<Buffer | undefined> {
    const picture = errorPicture(error, target, this.#options.limits);
    // What is sent because there is too much to do must cost nothing.
    if (error.retryAfter !== undefined) return this.#readyPicture(error, picture, picture.text);
    try {
      const make = (): Promise<Buffer> => this.#draw(error, picture, client);
      return (await this.#cache.get(cacheKey(picture), { accepts: () => true, make })).entry.body;
    } catch {
      return this.#readyPicture(error, picture, `${error.status} ${error.title}`);
    }
  }

  /** Only text that is not in Latin letters has to be laid out and drawn as a label. */
  async #draw(error: GreyboxError, picture: Placeholder, client: string): Promise<Buffer> {
    await this.#options.limiter?.admit(client);
    return drawNotice(picture, String(error.status)) ?? this.#options.draw(picture);
  }

  /** One drawing of a text, shown at any size. */
  #readyPicture(error: GreyboxError, picture: Placeholder, text: string): Buffer | undefined {
    let svg = this.#ready.get(text);
    if (svg === undefined) {
      svg = drawNotice({ ...STANDARD, text }, String(error.status))?.toString();
      if (svg === undefined) return undefined;
      this.#ready.set(text, svg);
    }
    const { width, height } = outputSize(picture);
    return Buffer.from(svg.replace(/width="\d+" height="\d+"/, `width="${width}" height="${height}"`));
  }
}
