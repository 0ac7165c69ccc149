import type { SKRSContext2D } from './canvas.ts';

/** What a canvas needs to know about a font besides the size. */
export interface FontStack {
  /** The names of faces, quoted and separated by commas. */
  readonly families: string;
  /** 100–900 */
  readonly weight: number;
  /** The language whose forms of letters are meant (BCP 47). */
  readonly lang: string;
}

/**
 * Sets a context's font; `size` in the context's px. Weights are positions on the fonts' axis, because the canvas would
 * fake a weight that is named.
 */
export function setFont(context: SKRSContext2D, { families, weight, lang }: FontStack, size: number): void {
  context.lang = lang;
  context.font = `400 ${size}px ${families}`;
  context.fontVariationSettings = `"wght" ${weight}`;
}

/** A key for a font, without its size. */
export function fontKey({ families, weight, lang }: FontStack): string {
  return `${weight} ${lang} ${families}`;
}
