import type { SKRSContext2D } from './canvas.ts';

/** What a canvas has to be told of a font beside the size. */
export interface FontStack {
  /** The names of faces, quoted, parted by commas. */
  readonly families: string;
  /** 100–900 */
  readonly weight: number;
  /** The language whose forms of letters are meant (BCP 47). */
  readonly lang: string;
}

/**
 * Sets a context's font; `size` in the context's px. Weights are positions on the fonts' axis: asked for by name, the
 * canvas would fake them.
 */
export function setFont(context: SKRSContext2D, { families, weight, lang }: FontStack, size: number): void {
  context.lang = lang;
  context.font = `400 ${size}px ${families}`;
  context.fontVariationSettings = `"wght" ${weight}`;
}

/** What tells fonts apart, size aside. */
export function fontKey({ families, weight, lang }: FontStack): string {
  return `${weight} ${lang} ${families}`;
}
