import { LRUCache } from 'lru-cache';
import { MemoryStore } from '../../cache/memory-store.ts';
import { TieredCache } from '../../cache/tiered-cache.ts';
import type { AskedSize, GreyboxError } from '../../errors.ts';
import { cacheKey } from '../../options/cache-key.ts';
import { createPlaceholderValue, type Placeholder } from '../../options/options.ts';
import { type Limits, outputSize } from '../../options/sizes.ts';
import { MAX_TEXT } from '../../options/text.ts';
import type { RenderLimiter } from '../../rate-limit.ts';

const LOOK = { format: 'svg', bg: 'fdf2f2', fg: '9b1c1c', border: '2,f0a3a3', weight: 500 } as const;
const STANDARD = createPlaceholderValue({ ...LOOK, width: 600, height: 400 });

function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}

/** An empty picture in the size of a bad request: with its scale, without it, or 600×400 if neither can be drawn. */
function blank(size: AskedSize | undefined, limits: Limits): Placeholder {
  if (!size) return STANDARD;
  const { width, height } = size;
  const draw = (scale: number): Placeholder | undefined =>
    attempt(() => createPlaceholderValue({ ...LOOK, width, height, scale }, limits));
  return draw(size.scale) ?? draw(1) ?? STANDARD;
}

/** An error as an SVG that says what was wrong, in the requested size. */
export function errorPicture(error: GreyboxError, size: AskedSize | undefined, limits: Limits): Placeholder {
  // XML does not allow control characters in text (XML 1.0, 2.2).
  const detail = error.brief.toWellFormed().replace(/\p{Cc}/gu, ' ');
  const characters = [...`${error.status} ${error.title}\n${detail}`];
  const isLong = characters.length > MAX_TEXT;
  const text = isLong ? `${characters.slice(0, MAX_TEXT - 1).join('')}…` : characters.join('');
  // Unlike the option, this label is not expanded: a `{width}` in it stays as it is.
  return Object.freeze({ ...blank(size, limits), text });
}

/** Options for error pictures. */
export interface ErrorPictureOptions {
  /** Draws an uncached picture in its turn. @throws GreyboxError `overloaded` (as a rejection) */
  readonly draw: (placeholder: Placeholder) => Promise<Buffer>;
  readonly limits: Limits;
  /** Limits how much one client may have drawn. */
  readonly limiter: RenderLimiter | undefined;
}

/** Loaded for the first error: it needs a canvas, which importing greybox does not load. */
const loadNotices = (): Promise<typeof import('../../render/notice.ts')> => import('../../render/notice.ts');

/** Memory for drawn errors, in bytes: a wrong page repeats its errors many times. */
const CACHE_BYTES = 4 * 2 ** 20;
const CACHE_MS = 3_600_000;

/** How many texts have a ready picture: one for each code, and one for each retry time. */
const READY_TEXTS = 200;

/** Draws errors, each only once. */
export class ErrorPictures {
  readonly #cache = new TieredCache(new MemoryStore(CACHE_BYTES, Date.now), undefined, CACHE_MS, Date.now);
  readonly #ready = new LRUCache<string, string>({ max: READY_TEXTS });
  readonly #options: ErrorPictureOptions;

  constructor(options: ErrorPictureOptions) {
    this.#options = options;
  }

  /**
   * The SVG for an error. If the client has used up its budget, or the queue is full, it is a ready one with only the
   * title.
   * @param client whose budget the drawing is charged to; undefined for none
   */
  async get(
    error: GreyboxError,
    size: AskedSize | undefined,
    client: string | undefined,
  ): Promise<Buffer | undefined> {
    const picture = errorPicture(error, size, this.#options.limits);
    // Answers sent because of overload must cost nothing.
    if (error.retryAfter !== undefined) return this.#readyPicture(error, picture, picture.text);
    try {
      const make = (): Promise<Buffer> => this.#draw(error, picture, client);
      return (await this.#cache.get(cacheKey(picture), { accepts: () => true, make })).entry.body;
    } catch {
      return this.#readyPicture(error, picture, `${error.status} ${error.title}`);
    }
  }

  /** Only non-Latin text must be laid out and drawn as a label. */
  async #draw(error: GreyboxError, picture: Placeholder, client: string | undefined): Promise<Buffer> {
    if (client !== undefined) await this.#options.limiter?.admit(client);
    const { drawNotice } = await loadNotices();
    return drawNotice(picture, String(error.status)) ?? this.#options.draw(picture);
  }

  /** A text drawn once and shown at any size. */
  async #readyPicture(error: GreyboxError, picture: Placeholder, text: string): Promise<Buffer | undefined> {
    let svg = this.#ready.get(text);
    if (svg === undefined) {
      const { drawNotice } = await loadNotices();
      svg = drawNotice({ ...STANDARD, text }, String(error.status))?.toString();
      if (svg === undefined) return undefined;
      this.#ready.set(text, svg);
    }
    const { width, height } = outputSize(picture);
    return Buffer.from(svg.replace(/width="\d+" height="\d+"/, `width="${width}" height="${height}"`));
  }
}
