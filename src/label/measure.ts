import { LRUCache } from 'lru-cache';
import { type FontStack, fontKey } from './canvas-font.ts';
import type { LabelFont } from './fonts.ts';
import { union } from './ink.ts';
import { placePieces } from './place.ts';
import type { Extents, Measure } from './wrap.ts';

/** Characters that every label measures: to separate words, to round its size, to cut it short. */
const FREQUENT = new Set([' ', '0', 'H', 'p', '-', '…']);

/** Their extents, by font. */
const characters = new LRUCache<string, Map<string, Extents>>({ max: 100 });

function charactersOf(font: FontStack): Map<string, Extents> {
  const key = fontKey(font);
  let known = characters.get(key);
  if (!known) {
    known = new Map();
    characters.set(key, known);
  }
  return known;
}

/** Extents of a line: of its pieces side by side; at least as wide as its advance where they have several faces. */
function measureLine(line: string, rtl: boolean, font: LabelFont): Extents {
  const placed = placePieces(line, rtl, font);
  const extents = placed.map((one) => one.extents);
  if (extents.length === 1) return extents[0] as Extents;
  const whole = union(extents);
  const faces = new Set(placed.flatMap(({ piece }) => piece.font?.families ?? []));
  if (faces.size < 2) return whole;
  return { ...whole, left: Math.min(0, whole.left), right: Math.max(whole.advance, whole.right) };
}

/** A measure for labels in these fonts, for paragraphs of one direction. */
export function measureWith(font: LabelFont, rtl: boolean): Measure {
  const known = new Map<string, Extents>();
  const frequent = charactersOf(font);
  return (text) => {
    const cache = FREQUENT.has(text) ? frequent : known;
    const cached = cache.get(text);
    if (cached) return cached;
    const extents = measureLine(text, rtl, font);
    cache.set(text, extents);
    return extents;
  };
}
