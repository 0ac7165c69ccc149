import type { Piscina } from 'piscina';
import { GreyboxError } from '../errors.ts';
import { FORMATS } from '../formats.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { entryFile } from './entry-file.ts';
import type { Drawing } from './render.ts';
import { hasShapes } from './shapes.ts';

/** Patterns, borders, corners and gradients touch every pixel several times. */
const SHAPED_PIXELS = 20_000;

/** Most letters of an SVG that are outlined on the main thread. */
const INLINE_OUTLINES = 40;

/** Text whose fonts are loaded from the start, or within a millisecond. */
const QUICK_TEXT = /^[\n\u0020-\u024F\u2010-\u2027]{0,100}$/;

/** Whether drawing a picture could hold up the event loop for more than about a millisecond. */
export function isHeavy(placeholder: Placeholder): boolean {
  const { format, background, text, scene } = placeholder;
  const { width, height } = outputSize(placeholder);
  const pixels = width * height;
  if (!QUICK_TEXT.test(text) || pixels > FORMATS[format].inlinePixels) return true;
  if (scene !== undefined && (format !== 'svg' || text !== '')) return true;
  if (format === 'svg') return text.length > INLINE_OUTLINES;
  const shaped = background.colors.length > 1 || hasShapes(placeholder);
  return shaped && pixels > SHAPED_PIXELS;
}

let loading: Promise<typeof import('./render.ts')> | undefined;

/** Loads the renderer and its native modules on the calling thread: otherwise the first picture would wait for them. */
export function loadRenderer(): Promise<typeof import('./render.ts')> {
  loading ??= import('./render.ts');
  return loading;
}

const drawHere = async (placeholder: Placeholder): Promise<Buffer> =>
  (await loadRenderer()).render(placeholder);

/** How long an idle thread is kept, in ms. */
const IDLE_MS = 30_000;
/**
 * Bound on V8's young generation in a thread, in MiB. Drawing makes little garbage but pixels, which V8 frees the sooner
 * the smaller it is; by default each thread came to hold 30 MiB more, and was no faster.
 */
const YOUNG_MB = 3;

/**
 * Draws light pictures at once. Heavy ones, and light ones while many wait, are drawn in threads, which start on demand
 * and end when idle. A picture has the same bytes wherever it is drawn.
 */
export class RenderThreads {
  readonly #size: number;
  readonly #drawHere: typeof drawHere;
  #starting: Promise<Piscina> | undefined;
  /** Set once it has drawn something: before that, a picture would have to wait for a thread to start. */
  #pool: Piscina | undefined;
  #isWarming = false;
  #isClosed = false;

  /**
   * @param size pictures that are drawn at a time, at least 1; a cheap one may be drawn beside them
   * @param draw draws on the calling thread
   */
  constructor(size: number, draw = drawHere) {
    this.#size = size;
    this.#drawHere = draw;
  }

  /**
   * @param isCrowded whether many wait behind this one. A thread makes each a seventh more expensive, but neither the
   * drawing nor its garbage collection delays hits.
   */
  async render(placeholder: Placeholder, isCrowded = false): Promise<Buffer> {
    if (isHeavy(placeholder)) return this.#drawThere(placeholder);
    if (!isCrowded) return this.#drawHere(placeholder);
    if (this.#pool?.threads.length) return this.#drawThere(placeholder);
    void this.#warmUp(placeholder);
    return this.#drawHere(placeholder);
  }

  async #drawThere(placeholder: Placeholder): Promise<Buffer> {
    if (this.#isClosed)
      throw new GreyboxError('overloaded', 'greybox is closed, and draws no more', { retryAfter: 1 });
    this.#starting ??= this.#start();
    const pool = await this.#starting;
    const drawing: Drawing = await pool.run(placeholder);
    this.#pool = pool;
    return (await loadRenderer()).encode(drawing, placeholder);
  }

  /** Starts a thread by letting it draw a picture that is also drawn here. */
  async #warmUp(placeholder: Placeholder): Promise<void> {
    if (this.#isWarming) return;
    this.#isWarming = true;
    try {
      await this.#drawThere(placeholder);
    } catch {
      // The next picture that needs a thread reports that it cannot start.
    } finally {
      this.#isWarming = false;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#starting)?.destroy();
  }

  async #start(): Promise<Piscina> {
    const { Piscina } = await import('piscina');
    return new Piscina({
      filename: entryFile('thread'),
      minThreads: 0,
      maxThreads: this.#size + 1,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      // Otherwise a thread sleeps between pictures without a turn of its event loop, where the canvas frees its pixels.
      atomics: 'disabled',
    });
  }
}
