import { LRUCache } from 'lru-cache';
import { createCanvas, type SKRSContext2D } from './canvas.ts';
import { type FontStack, fontKey, setFont } from './canvas-font.ts';
import type { Extents } from './wrap.ts';

/**
 * The text of most labels, `600 × 400`. Its extents and the place of each character follow from those of single
 * characters, so it is measured and drawn without asking the canvas again.
 */
const FIGURES = /^\d{1,6}(?:\u00A0×\u00A0\d{1,6})?$/;

/** Fonts may have another `×` between figures, raised to their height, so it is drawn with figures around it. */
const TIMES = { before: '0\u00A0', text: '0\u00A0×\u00A00' };

/** The size that extents are measured at, as for other text, and a large one for exact advances; px. */
const REFERENCE = 100;
const LARGE = 10_000;

const ruler = createCanvas(1, 1).getContext('2d');

/** The figures of one font. */
export class Figures {
  readonly #font: FontStack;
  readonly #extents = new Map<string, Extents>();
  readonly #steps = new Map<string, number>();

  constructor(font: FontStack) {
    this.#font = font;
  }

  #measure(text: string, size: number): ReturnType<SKRSContext2D['measureText']> {
    setFont(ruler, this.#font, size);
    return ruler.measureText(text);
  }

  /** The extents of one character on its own. */
  extentsOf(character: string): Extents {
    let extents = this.#extents.get(character);
    if (!extents) {
      const ink = this.#measure(character, REFERENCE);
      extents = {
        advance: this.#measure(character, LARGE).width / LARGE,
        left: -ink.actualBoundingBoxLeft / REFERENCE,
        right: ink.actualBoundingBoxRight / REFERENCE,
        ascent: ink.actualBoundingBoxAscent / REFERENCE,
        descent: ink.actualBoundingBoxDescent / REFERENCE,
      };
      this.#extents.set(character, extents);
    }
    return extents;
  }

  /** From the start of a character to that of the next, in em; some pairs are kerned. */
  #step(pair: string): number {
    let step = this.#steps.get(pair);
    if (step === undefined) {
      step = this.#measure(pair, LARGE).width / LARGE - this.extentsOf(pair.charAt(1)).advance;
      this.#steps.set(pair, step);
    }
    return step;
  }

  /** Where each character starts, in em. */
  starts(text: string): number[] {
    const starts = [0];
    for (let i = 1, start = 0; i < text.length; i++) {
      start += this.#step(text.slice(i - 1, i + 1));
      starts.push(start);
    }
    return starts;
  }

  extents(text: string): Extents {
    const characters = Array.from(text, (character) => this.extentsOf(character));
    const start = this.starts(text).at(-1) ?? 0;
    const [first, last] = [characters[0] as Extents, characters.at(-1) as Extents];
    return {
      advance: start + last.advance,
      left: first.left,
      right: start + last.right,
      ascent: Math.max(...characters.map(({ ascent }) => ascent)),
      descent: Math.max(...characters.map(({ descent }) => descent)),
    };
  }

  /** Draws one character; the context is set to the font at that size. */
  draw(context: SKRSContext2D, character: string, x: number, y: number, size: number): void {
    if (character !== '×') {
      context.fillText(character, x, y);
      return;
    }
    const before = this.starts(TIMES.text)[TIMES.before.length] as number;
    context.save();
    context.beginPath();
    const width = Math.ceil(this.extentsOf(character).advance * size);
    context.rect(Math.floor(x), 0, width, context.canvas.height);
    context.clip();
    context.fillText(TIMES.text, x - before * shapingSize(size), y);
    context.restore();
  }
}

/** The size that the canvas places glyphs at: FreeType counts in 64ths of a px. */
export function shapingSize(size: number): number {
  return Math.floor(size * 64) / 64;
}

const fonts = new LRUCache<string, Figures>({ max: 100 });

/** The figures of a font for a text of nothing else; undefined for any other text. */
export function figuresOf(text: string, font: FontStack): Figures | undefined {
  if (!FIGURES.test(text) || font.families.includes(',')) return undefined;
  const key = fontKey(font);
  let figures = fonts.get(key);
  if (!figures) {
    figures = new Figures(font);
    fonts.set(key, figures);
  }
  return figures;
}
