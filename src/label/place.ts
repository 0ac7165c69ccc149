import { LRUCache } from 'lru-cache';
import { type FontStack, fontKey } from './canvas-font.ts';
import { figuresOf } from './figures.ts';
import type { LabelFont } from './fonts.ts';
import { measureText } from './ink.ts';
import { inkOf, type PlacedMark, placeMarks } from './marks.ts';
import { type Marked, type Piece, splitPieces } from './pieces.ts';
import { type Rule, rulesOf } from './rules.ts';
import type { Extents } from './wrap.ts';

/** An emoji in a line, in em: a square, a little below the baseline, with some air on either side. */
export const EMOJI = { size: 1, advance: 1.12, descent: 0.14 };

const EMOJI_EXTENTS: Extents = {
  advance: EMOJI.advance,
  left: (EMOJI.advance - EMOJI.size) / 2,
  right: (EMOJI.advance + EMOJI.size) / 2,
  ascent: EMOJI.size - EMOJI.descent,
  descent: EMOJI.descent,
};

/** A line that is drawn with a piece, from `x` on, in em. */
export interface PlacedRule extends Rule {
  readonly x: number;
  readonly width: number;
}

/** A piece, where it starts, and the marks and rules drawn with it, in em from the start of the line's baseline. */
export interface PlacedPiece {
  readonly piece: Piece;
  readonly x: number;
  readonly marks: readonly (PlacedMark & { readonly x: number })[];
  readonly rules: readonly PlacedRule[];
  readonly extents: Extents;
}

/** Where a grapheme starts in a piece: the advance up to its end, less its own. */
function startOf({ text, rtl, font }: Piece, { at, drawing }: Marked, total: number): number {
  if (!font) return 0;
  const own = extentsOf(drawing.text, rtl, font).advance;
  const end = extentsOf(text.slice(0, at + drawing.text.length), rtl, font).advance;
  return rtl ? total - end : end - own;
}

/** Extents of pieces: they are measured while lines are broken, and needed again for drawing. */
const measured = new LRUCache<string, Extents>({ max: 2000 });

function extentsOf(text: string, rtl: boolean, font: FontStack): Extents {
  const figures = figuresOf(text, font);
  if (figures) return figures.extents(text);
  const key = `${fontKey(font)} ${rtl} ${text}`;
  let extents = measured.get(key);
  if (!extents) {
    extents = measureText(text, rtl, font);
    measured.set(key, extents);
  }
  return extents;
}

function placePiece(piece: Piece, x: number, latin: FontStack): PlacedPiece {
  const { text, rtl, font, marked } = piece;
  if (!font) return { piece, x, marks: [], rules: [], extents: EMOJI_EXTENTS };
  const extents = extentsOf(text, rtl, font);
  if (marked.length === 0) return { piece, x, marks: [], rules: [], extents };
  const marks: (PlacedMark & { x: number })[] = [];
  const rules: PlacedRule[] = [];
  for (const one of marked) {
    const { drawing } = one;
    const start = x + startOf(piece, one, extents.advance);
    const xHeight = inkOf('x', latin).ascent;
    for (const mark of placeMarks(inkOf(drawing.text, font), drawing.marks, xHeight))
      marks.push({ ...mark, x: start + mark.dx });
    const width = extentsOf(drawing.text, rtl, font).advance;
    for (const rule of rulesOf(drawing.rules, latin)) rules.push({ ...rule, x: start, width });
  }
  return { piece, x, marks, rules, extents: withMarks(extents, x, marks, rules) };
}

/** Extents of a piece and of all that is drawn with it. */
function withMarks(
  extents: Extents,
  x: number,
  marks: PlacedPiece['marks'],
  rules: readonly PlacedRule[],
): Extents {
  const inks = [
    ...marks.map(({ x: start, dy, ink }) => ({
      left: start - x + ink.left,
      right: start - x + ink.right,
      ascent: ink.ascent + dy,
      descent: ink.descent - dy,
    })),
    ...rules.map(({ x: start, width, top, bottom }) => ({
      left: start - x,
      right: start - x + width,
      ascent: top,
      descent: -bottom,
    })),
    extents,
  ];
  return {
    advance: extents.advance,
    left: Math.min(...inks.map(({ left }) => left)),
    right: Math.max(...inks.map(({ right }) => right)),
    ascent: Math.max(...inks.map(({ ascent }) => ascent)),
    descent: Math.max(...inks.map(({ descent }) => descent)),
  };
}

/** The pieces of a line, each where it goes. */
export function placePieces(line: string, rtl: boolean, font: LabelFont): PlacedPiece[] {
  let x = 0;
  return splitPieces(line, rtl, font).map((piece) => {
    const placed = placePiece(piece, x, font.latin);
    x += placed.extents.advance;
    return placed;
  });
}
