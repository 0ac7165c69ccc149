import type { Piscina } from 'piscina';
import type { Format } from '../formats.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { entryFile } from './entry-file.ts';
import { type Drawing, encode, render } from './render.ts';

/**
 * Output pixels that a flat picture of each format may have to be drawn on the main thread, where that takes about a
 * millisecond at the most (docs/performance.md). Handing it to a thread and back costs a tenth of that.
 */
const INLINE_PIXELS: Readonly<Record<Format, number>> = {
  png: 1_500_000,
  jpeg: 700_000,
  webp: 700_000,
  avif: 700_000,
  gif: 150_000,
  svg: Number.POSITIVE_INFINITY,
};

/** Patterns, borders, corners and gradients touch every pixel several times. */
const SHAPED_PIXELS = 20_000;

/** Letters that an SVG may have to be outlined on the main thread. */
const INLINE_OUTLINES = 40;

/** Letters whose fonts are loaded from the start, or in a millisecond. */
const QUICK_TEXT = /^[\n\u0020-\u024F\u2010-\u2027]{0,100}$/;

/** Whether drawing a picture could hold up the event loop for more than about a millisecond. */
export function isHeavy(placeholder: Placeholder): boolean {
  const { format, background, radius, border, pattern, text } = placeholder;
  const { width, height } = outputSize(placeholder);
  const pixels = width * height;
  if (!QUICK_TEXT.test(text) || pixels > INLINE_PIXELS[format]) return true;
  if (format === 'svg') return text.length > INLINE_OUTLINES;
  const shaped = background.colors.length > 1 || radius > 0 || border.width > 0 || pattern !== 'none';
  return shaped && pixels > SHAPED_PIXELS;
}

/** How long a thread without work is kept, in ms. */
const IDLE_MS = 30_000;

/**
 * Draws light pictures at once; heavy ones, and light ones while many wait, in threads, which start with the first of
 * them and end when idle. A picture has the same bytes wherever it is drawn.
 */
export class RenderThreads {
  readonly #size: number;
  readonly #drawHere: typeof render;
  #starting: Promise<Piscina> | undefined;
  /** Once it has drawn something: until then there would be a thread's start to wait for. */
  #pool: Piscina | undefined;
  #isWarming = false;

  /**
   * @param size pictures that are drawn at a time, at least 1; a cheap one may be drawn beside them
   * @param drawHere draws on the calling thread
   */
  constructor(size: number, drawHere = render) {
    this.#size = size;
    this.#drawHere = drawHere;
  }

  /**
   * @param isCrowded whether many wait behind this one. In a thread each costs a seventh more, but neither the drawing nor
   * its garbage holds up who asks for what is ready.
   */
  async render(placeholder: Placeholder, isCrowded = false): Promise<Buffer> {
    if (isHeavy(placeholder)) return this.#drawThere(placeholder);
    if (!isCrowded) return this.#drawHere(placeholder);
    if (this.#pool?.threads.length) return this.#drawThere(placeholder);
    void this.#warmUp(placeholder);
    return this.#drawHere(placeholder);
  }

  async #drawThere(placeholder: Placeholder): Promise<Buffer> {
    this.#starting ??= this.#start();
    const pool = await this.#starting;
    const drawing: Drawing = await pool.run(placeholder);
    this.#pool = pool;
    return encode(drawing, placeholder);
  }

  /** Has a thread start, and draw what is drawn here meanwhile. */
  async #warmUp(placeholder: Placeholder): Promise<void> {
    if (this.#isWarming) return;
    this.#isWarming = true;
    try {
      await this.#drawThere(placeholder);
    } catch {
      // A thread that cannot start is reported by whoever needs one.
    } finally {
      this.#isWarming = false;
    }
  }

  async close(): Promise<void> {
    await (await this.#starting)?.destroy();
  }

  async #start(): Promise<Piscina> {
    const { Piscina } = await import('piscina');
    return new Piscina({
      filename: entryFile('thread'),
      minThreads: 0,
      maxThreads: this.#size + 1,
      idleTimeout: IDLE_MS,
      // Else a thread sleeps between two pictures without a turn of its event loop, in which the canvas frees its pixels.
      atomics: 'disabled',
    });
  }
}
