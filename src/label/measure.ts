import { LRUCache } from 'lru-cache';
import { isolate } from './bidi.ts';
import { createCanvas } from './canvas.ts';
import { type FontStack, fontKey, setFont } from './canvas-font.ts';
import { figuresOf } from './figures.ts';
import type { LabelFont } from './fonts.ts';
import { inkOf, type PlacedMark, placeMarks } from './marks.ts';
import { type Marked, type Piece, splitPieces } from './pieces.ts';
import { type Rule, rulesOf } from './rules.ts';
import { splitScripts } from './scripts.ts';
import type { Extents, Measure } from './wrap.ts';

/** Extents are proportional to the size: they are measured once, at this one, in px. */
const REFERENCE = 100;

/** What an emoji takes of a line, in em: a square, a little below the baseline, with some air on either side. */
export const EMOJI = { size: 1, advance: 1.12, descent: 0.14 };

const EMOJI_EXTENTS: Extents = {
  advance: EMOJI.advance,
  left: (EMOJI.advance - EMOJI.size) / 2,
  right: (EMOJI.advance + EMOJI.size) / 2,
  ascent: EMOJI.size - EMOJI.descent,
  descent: EMOJI.descent,
};

const ruler = createCanvas(1, 1).getContext('2d');

function measurePlain(text: string): Extents {
  const metrics = ruler.measureText(text);
  return {
    advance: metrics.width / REFERENCE,
    left: -metrics.actualBoundingBoxLeft / REFERENCE,
    right: metrics.actualBoundingBoxRight / REFERENCE,
    ascent: metrics.actualBoundingBoxAscent / REFERENCE,
    descent: metrics.actualBoundingBoxDescent / REFERENCE,
  };
}

/**
 * Scripts whose letters join, stack or change places, and marks: the canvas does not tell their ink, or not all of it.
 */
const MARKED =
  /[\p{M}\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Nkoo}\p{sc=Adlm}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Taml}\p{sc=Thai}]/u;

/** Size at which marked text is drawn to see its ink, in px; and the room around its baseline's start, in em. */
const DRAWN = 50;
const ROOM = { aside: 1, above: 3, below: 2 };

const pad = createCanvas(1, 1);
const padContext = pad.getContext('2d');

/** How far ink reaches from the baseline, and to either side of what a text takes of a line. */
interface Ink {
  readonly ascent: number;
  readonly descent: number;
  /** 0 or less, and 0 or more: where the ink of no word passes its advance, both are 0. */
  readonly before: number;
  readonly after: number;
}

const NO_INK: Ink = { ascent: 0, descent: 0, before: 0, after: 0 };

/** The ink of marked text: its words drawn one over the other from their start, and looked at. */
function lookAt(text: string, rtl: boolean, font: FontStack): Ink {
  const words = new Map<string, number>();
  for (const word of text.split(' ')) words.set(word, measurePlain(isolate({ text: word, rtl })).advance);
  const widest = Math.max(...words.values());
  pad.width = Math.ceil((widest + 2 * ROOM.aside) * DRAWN);
  pad.height = (ROOM.above + ROOM.below) * DRAWN;
  setFont(padContext, font, DRAWN);
  for (const [word, advance] of words) {
    // They end together, so that what passes the end of any is seen; then they start together.
    for (const x of advance < widest ? [0, widest - advance] : [0])
      padContext.fillText(isolate({ text: word, rtl }), (ROOM.aside + x) * DRAWN, ROOM.above * DRAWN);
  }
  const box = boxOf(pad.data(), pad.width);
  if (!box) return NO_INK;
  return {
    ascent: ROOM.above - box.top / DRAWN,
    descent: box.bottom / DRAWN - ROOM.above,
    before: Math.min(0, box.left / DRAWN - ROOM.aside),
    after: Math.max(0, box.right / DRAWN - ROOM.aside - widest),
  };
}

/** The box around all that is drawn, in px: right and bottom are just past it. */
function boxOf(
  pixels: Buffer,
  width: number,
): { left: number; top: number; right: number; bottom: number } | undefined {
  const words = new Int32Array(pixels.buffer, pixels.byteOffset, pixels.length >> 2);
  const first = words.findIndex(Boolean);
  if (first < 0) return undefined;
  const last = words.findLastIndex(Boolean);
  const top = Math.floor(first / width);
  const bottom = Math.floor(last / width) + 1;
  let [left, right] = [width, 0];
  for (let row = top; row < bottom; row++) {
    const line = words.subarray(row * width, (row + 1) * width);
    const from = line.findIndex(Boolean);
    if (from < 0) continue;
    left = Math.min(left, from);
    right = Math.max(right, line.findLastIndex(Boolean) + 1);
  }
  return { left, top, right, bottom };
}

/** Extents of marked text; its ink is looked at when it is asked for, which that of most pieces is not. */
function measureMarked(text: string, rtl: boolean, font: FontStack, advance: number): Extents {
  let ink: Ink | undefined;
  const look = (): Ink => {
    if (!ink) {
      useRuler(font);
      ink = lookAt(text, rtl, font);
    }
    return ink;
  };
  return {
    advance,
    get left() {
      return look().before;
    },
    get right() {
      return advance + look().after;
    },
    get ascent() {
      return look().ascent;
    },
    get descent() {
      return look().descent;
    },
  };
}

/**
 * Extents of text in one face and direction. The canvas tells the ink of a text's first run only, so a text of several
 * scripts is measured whole for its advance and script by script for its height; its ink is then taken to be as wide as
 * its advance.
 */
function measureText(text: string, rtl: boolean, font: FontStack): Extents {
  useRuler(font);
  const scripts = splitScripts(text);
  const marked = MARKED.test(text);
  if (scripts.length === 1 && !rtl && !marked) return measurePlain(text);
  const { advance } = measurePlain(isolate({ text, rtl }));
  if (marked) return measureMarked(text, rtl, font, advance);
  return union([{ advance, left: 0, right: advance, ascent: 0, descent: 0 }], scripts.map(measurePlain));
}

/** A line that is drawn with a piece, from `x` on, in em. */
export interface PlacedRule extends Rule {
  readonly x: number;
  readonly width: number;
}

/** A piece, where it starts in its line, and what is drawn with it, all in em from the start of the line's baseline. */
export interface PlacedPiece {
  readonly piece: Piece;
  readonly x: number;
  readonly marks: readonly (PlacedMark & { readonly x: number })[];
  readonly rules: readonly PlacedRule[];
  readonly extents: Extents;
}

/** Where in a piece a grapheme starts: what is up to its end, without it. */
function startOf({ text, rtl, font }: Piece, { at, drawing }: Marked, total: number): number {
  if (!font) return 0;
  const own = measureText(drawing.text, rtl, font).advance;
  const end = measureText(text.slice(0, at + drawing.text.length), rtl, font).advance;
  return rtl ? total - end : end - own;
}

function placePiece(piece: Piece, x: number, latin: FontStack): PlacedPiece {
  const { text, rtl, font, marked } = piece;
  if (!font) return { piece, x, marks: [], rules: [], extents: EMOJI_EXTENTS };
  const extents = measureText(text, rtl, font);
  if (marked.length === 0) return { piece, x, marks: [], rules: [], extents };
  const marks: (PlacedMark & { x: number })[] = [];
  const rules: PlacedRule[] = [];
  for (const one of marked) {
    const { drawing } = one;
    const start = x + startOf(piece, one, extents.advance);
    const xHeight = inkOf('x', latin).ascent;
    for (const mark of placeMarks(inkOf(drawing.text, font), drawing.marks, xHeight))
      marks.push({ ...mark, x: start + mark.dx });
    const width = measureText(drawing.text, rtl, font).advance;
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

/** Pieces side by side, as high as the highest of them and of the others. */
function union(sideBySide: readonly Extents[], others: readonly Extents[] = []): Extents {
  const all = [...sideBySide, ...others];
  let [advance, left, right] = [0, Number.POSITIVE_INFINITY, 0];
  for (const piece of sideBySide) {
    left = Math.min(left, advance + piece.left);
    right = Math.max(right, advance + piece.right);
    advance += piece.advance;
  }
  return {
    advance,
    left: Math.min(left, right),
    right,
    ascent: Math.max(0, ...all.map(({ ascent }) => ascent)),
    descent: Math.max(...all.map(({ descent }) => descent)),
  };
}

/** Characters that every label asks for: to part words, to round its size, to cut it short. */
const FREQUENT = new Set([' ', '0', 'H', 'p', '-', '…']);

/** What they measure, by font. */
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

/** The font that the ruler is set to. */
let current: FontStack | undefined;

function useRuler(font: FontStack): void {
  if (current?.families === font.families && current.weight === font.weight) return;
  setFont(ruler, font, REFERENCE);
  current = font;
}

/** Extents of a line: of its pieces side by side; at least as wide as its advance, where they are of several faces. */
function measureLine(line: string, rtl: boolean, font: LabelFont): Extents {
  const placed = placePieces(line, rtl, font);
  const extents = placed.map((one) => one.extents);
  if (extents.length === 1) return extents[0] as Extents;
  const whole = union(extents);
  const faces = new Set(placed.flatMap(({ piece }) => piece.font?.families ?? []));
  if (faces.size < 2) return whole;
  return { ...whole, left: Math.min(0, whole.left), right: Math.max(whole.advance, whole.right) };
}

/** A measure for labels of these fonts, whose paragraphs run from right to left or from left to right. */
export function measureWith(font: LabelFont, rtl: boolean): Measure {
  const known = new Map<string, Extents>();
  const frequent = charactersOf(font);
  return (text) => {
    const cache = FREQUENT.has(text) ? frequent : known;
    const cached = cache.get(text);
    if (cached) return cached;
    const extents = figuresOf(text, font)?.extents(text) ?? measureLine(text, rtl, font);
    cache.set(text, extents);
    return extents;
  };
}
