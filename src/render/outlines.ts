import { createCanvas, SvgExportFlag } from '../label/canvas.ts';
import { setFont } from '../label/canvas-font.ts';
import { fitFonts } from '../label/fonts.ts';
import type { FontName } from '../options/font-table.ts';

/** Size at which outlines are taken, in px: rounded to whole numbers, they are exact enough at any readable size. */
export const EM = 512;

/** Position of the baseline in outlines, in px from the top. */
export const BASELINE = EM;

/** A character's outline as SVG path data, and its advance; in px at {@link EM}. */
export interface Outline {
  /** Empty for a space. */
  readonly data: string;
  readonly advance: number;
}

/** Characters whose outlines are kept: Latin letters and punctuation, a few hundred at most. */
const OUTLINED = /^[\u0020-\u007E\u00A0-\u024F\u2010-\u2027\u2039\u203A\u20AC\u2212]*$/;

/** Outlines of single characters of one font, each drawn once: text is then assembled without a canvas. */
export class Outlines {
  readonly #family: FontName;
  readonly #weight: number;
  readonly #known = new Map<string, Outline>();

  constructor(family: FontName, weight: number) {
    this.#family = family;
    this.#weight = weight;
  }

  /** The outlines of a text's characters; undefined for a text with other characters. */
  of(text: string): ReadonlyMap<string, Outline> | undefined {
    if (!OUTLINED.test(text)) return undefined;
    for (const character of new Set(text)) if (!this.#known.has(character)) this.#draw(character);
    return this.#known;
  }

  #draw(character: string): void {
    const { text, font } = fitFonts(character, this.#family, this.#weight);
    // Parts outside of the canvas might be left out.
    const canvas = createCanvas(2 * EM, 2 * EM, SvgExportFlag.ConvertTextToPaths);
    const context = canvas.getContext('2d');
    setFont(context, font, EM);
    context.fillText(text, 0, BASELINE);
    const { width } = context.measureText(text);
    const paths = canvas
      .getContent()
      .toString()
      .matchAll(/<path [^>]*?\bd="([^"]*)"/g);
    const data = Array.from(paths, ([, d = '']) => d).join('');
    const whole = data.replace(/-?\d*\.?\d+/g, (number) => String(Math.round(Number(number))));
    this.#known.set(character, { data: whole, advance: width });
  }
}
