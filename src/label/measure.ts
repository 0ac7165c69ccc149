import { LRUCache } from 'lru-cache';
import { isolate, visualRuns } from './bidi.ts';
import { createCanvas } from './canvas.ts';
import { STAND_IN } from './emoji.ts';
import { figuresOf, fontKey } from './figures.ts';
import { type FontStack, setFont } from './fonts.ts';
import { splitRuns } from './runs.ts';
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

/** Scripts whose letters carry marks, and marks themselves: the canvas leaves them out of the ink that it tells. */
const MARKED = /[\p{M}\p{sc=Arab}\p{sc=Hebr}\p{sc=Deva}\p{sc=Beng}\p{sc=Taml}\p{sc=Thai}]/u;

/** Whether a text has marks, or letters that a canvas with several faces may take apart into a letter and a mark. */
function isMarked(text: string, { families }: FontStack): boolean {
  return MARKED.test(families.includes(',') ? text.normalize('NFD') : text);
}

/** Size at which marked text is drawn to see its ink, in px; and the room around its baseline's start, in em. */
const DRAWN = 50;
const ROOM = { left: 1, above: 3, below: 2 };

const pad = createCanvas(1, 1);
const padContext = pad.getContext('2d');

/** How far ink reaches above and below the baseline: the words drawn one over the other, and looked at. */
function inkOf(text: string, advance: number, font: FontStack): Pick<Extents, 'ascent' | 'descent'> {
  const words = new Set(text.split(' '));
  const widest =
    words.size === 1 ? advance : Math.max(...Array.from(words, (word) => measurePlain(word).advance));
  pad.width = Math.ceil((widest + 2 * ROOM.left) * DRAWN);
  pad.height = (ROOM.above + ROOM.below) * DRAWN;
  setFont(padContext, font, DRAWN);
  for (const word of words) padContext.fillText(word, ROOM.left * DRAWN, ROOM.above * DRAWN);
  const pixels = pad.data();
  const row = pad.width * 4;
  const first = pixels.findIndex((byte) => byte > 0);
  const last = pixels.findLastIndex((byte) => byte > 0);
  if (first < 0) return { ascent: 0, descent: 0 };
  return {
    ascent: ROOM.above - Math.floor(first / row) / DRAWN,
    descent: (Math.floor(last / row) + 1) / DRAWN - ROOM.above,
  };
}

/** Extents of marked text; its ink is looked at where its height is asked for, which that of most pieces is not. */
function measureMarked(text: string, advance: number, font: FontStack): Extents {
  let ink: Pick<Extents, 'ascent' | 'descent'> | undefined;
  const look = (): Pick<Extents, 'ascent' | 'descent'> => {
    ink ??= inkOf(text, advance, font);
    return ink;
  };
  return {
    advance,
    left: 0,
    right: advance,
    get ascent() {
      return look().ascent;
    },
    get descent() {
      return look().descent;
    },
  };
}

/**
 * The canvas tells the ink of a text's first run only, so a text of several is measured whole for its advance and
 * piece by piece for its height; its ink is then taken to be as wide as its advance.
 */
function measureRun(text: string, rtl: boolean, font: FontStack): Extents {
  const pieces = splitRuns(text, font);
  const marked = isMarked(text, font);
  if (pieces.length === 1 && !rtl && !marked) return measurePlain(text);
  const { advance } = measurePlain(isolate({ text, rtl }));
  if (marked) return measureMarked(text, advance, font);
  return union([{ advance, left: 0, right: advance, ascent: 0, descent: 0 }], pieces.map(measurePlain));
}

/** Pieces side by side, as high as the highest of them and of the others. */
function union(sideBySide: readonly Extents[], others: readonly Extents[] = []): Extents {
  const all = [...sideBySide, ...others];
  const advance = sideBySide.reduce((sum, piece) => sum + piece.advance, 0);
  const last = sideBySide.at(-1);
  return {
    advance,
    left: sideBySide[0]?.left ?? 0,
    right: last ? advance - last.advance + last.right : 0,
    ascent: Math.max(0, ...all.map(({ ascent }) => ascent)),
    descent: Math.max(...all.map(({ descent }) => descent)),
  };
}

/** Characters that every label asks for: to part words, to round its size, to cut it short. */
const FREQUENT = new Set([' ', '0', '…']);

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

/** Extents of a line, run by run. */
function measureLine(line: string, rtl: boolean, font: FontStack): Extents {
  useRuler(font);
  const runs = visualRuns(line, rtl).map((run) =>
    STAND_IN.test(run.text) ? EMOJI_EXTENTS : measureRun(run.text, run.rtl, font),
  );
  return runs.length === 1 ? (runs[0] as Extents) : union(runs);
}

/** A measure for labels of these fonts, whose paragraphs run from right to left or from left to right. */
export function measureWith(font: FontStack, rtl: boolean): Measure {
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
