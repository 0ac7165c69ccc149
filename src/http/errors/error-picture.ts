import { MemoryStore } from '../../cache/memory-store.ts';
import { TieredCache } from '../../cache/tiered-cache.ts';
import type { AskedSize, GreyboxError } from '../../errors.ts';
import { cacheKey } from '../../options/cache-key.ts';
import { createPlaceholderValue, type Placeholder } from '../../options/options.ts';
import { type Limits, outputSize } from '../../options/sizes.ts';
import { MAX_TEXT } from '../../options/text.ts';

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
  const detail = error.message.toWellFormed().replace(/\p{Cc}/gu, ' ');
  const characters = [...`${error.status} ${error.title}\n${detail}`];
  const isLong = characters.length > MAX_TEXT;
  const text = isLong ? `${characters.slice(0, MAX_TEXT - 1).join('')}…` : characters.join('');
  // The label is not read as an option would be: a `{width}` in it stays what it is.
  return Object.freeze({ ...blank(size, limits), text });
}

/** Draws a picture that is not to be kept; `urgent` ones wait for nobody. */
export type Draw = (placeholder: Placeholder, urgent: boolean) => Promise<Buffer>;

/** Memory for drawn errors: a page that is wrong is wrong many times; bytes. */
const BUDGET = 4 * 2 ** 20;
const KEPT = 3_600_000;

/** Draws errors, each one once. */
export class ErrorPictures {
  readonly #cache = new TieredCache(new MemoryStore(BUDGET, Date.now), undefined, KEPT, Date.now);
  readonly #draw: Draw;
  readonly #limits: Limits;

  constructor(draw: Draw, limits: Limits) {
    this.#draw = draw;
    this.#limits = limits;
  }

  /** The SVG for an error; undefined where it cannot be drawn now. */
  async get(error: GreyboxError, size: AskedSize | undefined): Promise<Buffer | undefined> {
    const picture = errorPicture(error, size, this.#limits);
    try {
      if (error.retryAfter === undefined) return await this.#drawn(picture, false);
      // What is sent because there is too much to do must cost nothing: one drawing, shown at any size.
      const { width, height } = outputSize(picture);
      const svg = await this.#drawn(Object.freeze({ ...STANDARD, text: picture.text }), true);
      const size = `width="${width}" height="${height}"`;
      return Buffer.from(svg.toString().replace(/width="\d+" height="\d+"/, size));
    } catch {
      return undefined;
    }
  }

  async #drawn(picture: Placeholder, urgent: boolean): Promise<Buffer> {
    const make = (): Promise<Buffer> => this.#draw(picture, urgent);
    return (await this.#cache.get(cacheKey(picture), { accepts: () => true, make })).entry.body;
  }
}
