import { FONTS, type FontName } from '../options/font-table.ts';
import type { SKRSContext2D } from './canvas.ts';
import { type Face, facesOf, register } from './faces.ts';
import { fallbacksFor } from './fallbacks.ts';

/** The fonts of one label: what a canvas has to be told beside the size. */
export interface FontStack {
  /** The names of the faces that the text needs, quoted, in the order in which they are asked. */
  readonly families: string;
  /** 100–900 */
  readonly weight: number;
  /** The number of the face that draws a character, in that order; undefined where none does. */
  faceOf(character: string): number | undefined;
}

/** Characters that only steer shaping: joiners and variation selectors. They need no glyph. */
const STEERING = /^(?:\u200C|\u200D|[\uFE00-\uFE0F])$/;

/** The one weight of fallbacks that have no axis. */
const REGULAR = 400;

/** Stands for a character that no installed font has: the replacement character. */
const REPLACEMENT = '\uFFFD';

/** The faces for the labels of one family, weight and kind of Han, and what was found out about characters. */
interface Catalogue {
  readonly faces: readonly Face[];
  readonly found: Map<number, Face | undefined>;
}

const catalogues = new Map<string, Catalogue>();
/** More characters than this are forgotten together, so that no stream of odd labels grows memory. */
const MOST_FOUND = 5000;

function catalogueFor(text: string, family: FontName, weight: number): Catalogue {
  const { order, fallbacks } = fallbacksFor(text);
  const own = FONTS[family];
  const key = `${family} ${own.variable ? '' : weight} ${order}`;
  let catalogue = catalogues.get(key);
  if (!catalogue) {
    const faces = [
      ...new Set([own, ...fallbacks].flatMap((spec) => facesOf(spec, spec === own ? weight : REGULAR))),
    ];
    catalogue = { faces, found: new Map() };
    catalogues.set(key, catalogue);
  }
  return catalogue;
}

/** The first face, in order, that has a glyph for a character. */
function findFace({ faces, found }: Catalogue, character: string): Face | undefined {
  const point = character.codePointAt(0) ?? 0;
  if (found.has(point)) return found.get(point);
  const face = faces.find((candidate) => candidate.hasGlyph(point));
  if (found.size >= MOST_FOUND) found.clear();
  found.set(point, face);
  return face;
}

/**
 * The order in which the canvas is to ask faces: families as they come, the rare subsets of each first. Asked first, a
 * common one without `Ế` would take it apart into `Ê` and an accent, whose ink the canvas then does not tell.
 */
function inOrder(faces: readonly Face[]): Face[] {
  const families = new Set(faces.map(({ family }) => family));
  return Array.from(families).flatMap((one) => faces.filter(({ family }) => family === one).reverse());
}

/** The text with what no installed font can draw replaced by U+FFFD, and the fonts for it. */
export interface FittedText {
  readonly text: string;
  readonly font: FontStack;
}

/**
 * Finds the fonts that a text needs, and registers those that are not yet. Only they are named to the canvas, in an order
 * that the text alone decides, so a label's pixels do not depend on which labels came before it.
 * @param keeps tells the characters that are drawn by other means than a font
 */
export function fitFonts(
  text: string,
  family: FontName,
  weight: number,
  keeps: (character: string) => boolean = () => false,
): FittedText {
  const catalogue = catalogueFor(text, family, weight);
  const needsFont = (character: string): boolean =>
    character !== '\n' && !STEERING.test(character) && !keeps(character);
  const fitted = Array.from(text, (character) =>
    !needsFont(character) || findFace(catalogue, character) ? character : REPLACEMENT,
  ).join('');
  const assigned = new Map<string, Face>();
  for (const character of new Set(`${fitted}…`)) {
    const face = needsFont(character) ? findFace(catalogue, character) : undefined;
    if (face) assigned.set(character, face);
  }
  const used = new Set(assigned.values());
  const stack = used.size === 1 ? [...used] : inOrder(catalogue.faces.filter((face) => used.has(face)));
  stack.forEach(register);
  const numbers = new Map(stack.map((face, i) => [face, i]));
  return {
    text: fitted,
    font: {
      families: stack.map(({ name }) => `"${name}"`).join(','),
      weight,
      faceOf: (character) => {
        const face = assigned.get(character);
        return face && numbers.get(face);
      },
    },
  };
}

/**
 * Sets a context's font; `size` in the context's px. Weights are positions on the fonts' axis: asked for by name, the
 * canvas would fake them.
 */
export function setFont(context: SKRSContext2D, { families, weight }: FontStack, size: number): void {
  context.lang = 'en';
  context.font = `400 ${size}px ${families}`;
  context.fontVariationSettings = `"wght" ${weight}`;
}
