import { LRUCache } from 'lru-cache';
import { MemoryStore } from '../../cache/memory-store.ts';
import { TieredCache } from '../../cache/tiered-cache.ts';
import type { AskedSize, GreyboxError } from '../../errors.ts';
import { cacheKey } from '../../options/cache-key.ts';
import { createPlaceholderValue, type Placeholder } from '../../options/options.ts';
import { type Limits, outputSize } from '../../options/sizes.ts';
import { MAX_TEXT } from '../../options/text.ts';
import type { RenderLimiter } from '../../rate-limit.ts';
import { drawNotice } from '../../render/notice.ts';

const LOOK = { format: 'svg', bg: 'fdf2f2', fg: '9b1c1c', border: '2,f0a3a3', weight: 500 } as const;
const STANDARD = createPlaceholderValue({ ...LOOK, width: 600, height: 400 });

function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}

/** An empty picture in the size of a bad request: with its scale, without it, or 600×400 where it has none that is drawn. */
function blank(size: AskedSize | undefined, limits: Limits): Placeholder {
  if (!size) return STANDARD;
  const { width, height } = size;
  const draw = (scale: number): Placeholder | undefined =>
    attempt(() => createPlaceholderValue({ ...LOOK, width, height, scale }, limits));
  return draw(size.scale) ?? draw(1) ?? STANDARD;
}

/** An error as an SVG that says what was wrong, in the size that was asked for. */
export function errorPicture(error: GreyboxError, size: AskedSize | undefined, limits: Limits): Placeholder {
  // Control characters are no text in XML (XML 1.0, 2.2).
  const detail = error.brief.toWellFormed().replace(/\p{Cc}/gu, ' ');
  const characters = [...`${error.status} ${error.title}\n${detail}`];
  const isLong = characters.length > MAX_TEXT;
  const text = isLong ? `${characters.slice(0, MAX_TEXT - 1).join('')}…` : characters.join('');
  // The label is not read as an option would be: a `{width}` in it stays what it is.
  return Object.freeze({ ...blank(size, limits), text });
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
   * @param client on whose account it is drawn; on nobody's where it is undefined
   */
  async get(
    error: GreyboxError,
    size: AskedSize | undefined,
    client: string | undefined,
  ): Promise<Buffer | undefined> {
    const picture = errorPicture(error, size, this.#options.limits);
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
  async #draw(error: GreyboxError, picture: Placeholder, client: string | undefined): Promise<Buffer> {
    if (client !== undefined) await this.#options.limiter?.admit(client);
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
