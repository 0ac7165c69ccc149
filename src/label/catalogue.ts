import { FONTS, type FontName } from '../options/font-table.ts';
import { type Face, facesOf } from './faces.ts';
import { type Fallback, fallbacksIn, type Order } from './fallbacks.ts';

/** Text that takes another family's figures where a family's own are old-style; `×` goes with them. */
const FIGURES = /^[\d×]+$/;

/** The only weight of fallbacks without an axis. */
const REGULAR = 400;

/** Beyond this many characters the cache is emptied, so that a stream of odd labels cannot fill memory. */
const MOST_FOUND = 5000;

/** The faces for labels of one family, weight and order of fallbacks, with a cache of characters' faces. */
export class Catalogue {
  readonly #families: readonly Fallback[];
  readonly #weight: number;
  readonly #found = new Map<string, Face | undefined>();

  /** @param families the label's own first; only that one has its weight without an axis */
  constructor(families: readonly Fallback[], weight: number) {
    this.#families = families;
    this.#weight = weight;
  }

  #find(characters: string): Face | undefined {
    const points = Array.from(characters, (character) => character.codePointAt(0) ?? 0);
    for (const [i, { family, when }] of this.#families.entries()) {
      if (when && !when.test(characters)) continue;
      const faces = facesOf(family, i === 0 ? this.#weight : REGULAR);
      const face = faces.find((one) => points.every((point) => one.hasGlyph(point)));
      if (face) return face;
    }
    return undefined;
  }

  /** The first face, in order, that has glyphs for all of some characters. */
  faceWith(characters: string): Face | undefined {
    if (this.#found.has(characters)) return this.#found.get(characters);
    const face = this.#find(characters);
    if (this.#found.size >= MOST_FOUND) this.#found.clear();
    this.#found.set(characters, face);
    return face;
  }
}

const catalogues = new Map<string, Catalogue>();

/** The catalogue of a family and its fallbacks; all weights share it where the family has an axis. */
export function catalogueFor(family: FontName, weight: number, order: Order): Catalogue {
  const own = FONTS[family];
  const key = `${family} ${own.variable ? '' : weight} ${order}`;
  let catalogue = catalogues.get(key);
  if (!catalogue) {
    const figures = own.figures ? [{ family: own.figures, when: FIGURES }] : [];
    catalogue = new Catalogue([...figures, { family: own }, ...fallbacksIn(order)], weight);
    catalogues.set(key, catalogue);
  }
  return catalogue;
}
