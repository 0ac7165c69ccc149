import { isolate } from './bidi.ts';
import { createCanvas } from './canvas.ts';
import { type FontStack, setFont } from './canvas-font.ts';
import { splitScripts } from './scripts.ts';
import type { Extents } from './wrap.ts';

/** Extents are proportional to the size, so they are measured once, at this one, in px. */
const REFERENCE = 100;

const ruler = createCanvas(1, 1).getContext('2d');

/** The font that the ruler is set to. */
let current: FontStack | undefined;

function useRuler(font: FontStack): void {
  if (current?.families === font.families && current.weight === font.weight) return;
  setFont(ruler, font, REFERENCE);
  current = font;
}

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
 * Marks, and scripts whose letters join, stack or change places: the canvas does not report all of their ink.
 */
const MARKED =
  /[\p{M}\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Nkoo}\p{sc=Adlm}\p{sc=Rohg}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Taml}\p{sc=Thai}]/u;

/** Size at which marked text is drawn to find its ink, in px; and the room around its baseline's start, in em. */
const DRAWN = 50;
const ROOM = { aside: 1, above: 3, below: 2 };

const pad = createCanvas(1, 1);
const padContext = pad.getContext('2d');

/** How far ink reaches from the baseline, and how far it passes a text's advance on either side. */
interface Ink {
  readonly ascent: number;
  readonly descent: number;
  /** `before` is 0 or less, `after` 0 or more: both are 0 where no word's ink passes its advance. */
  readonly before: number;
  readonly after: number;
}

const NO_INK: Ink = { ascent: 0, descent: 0, before: 0, after: 0 };

/** The ink of marked text, found by drawing its words one over the other. */
function lookAt(text: string, rtl: boolean, font: FontStack): Ink {
  const words = new Map<string, number>();
  for (const word of text.split(' ')) words.set(word, measurePlain(isolate({ text: word, rtl })).advance);
  const widest = Math.max(...words.values());
  pad.width = Math.ceil((widest + 2 * ROOM.aside) * DRAWN);
  pad.height = (ROOM.above + ROOM.below) * DRAWN;
  setFont(padContext, font, DRAWN);
  for (const [word, advance] of words) {
    // Once they start together and once they end together, so that ink past either side is seen.
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

/** Extents of marked text; its ink is found only on demand, as that of most pieces is never needed. */
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

/** Extents of pieces side by side, as high as the highest of them and of the others. */
export function union(sideBySide: readonly Extents[], others: readonly Extents[] = []): Extents {
  const all = [...sideBySide, ...others];
  if (all.length === 0) return { advance: 0, left: 0, right: 0, ascent: 0, descent: 0 };
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

/**
 * Extents of text in one face and direction. The canvas reports only the ink of its first run. So a text of several
 * scripts is measured whole for its advance and script by script for its height; its ink counts as wide as its advance.
 */
export function measureText(text: string, rtl: boolean, font: FontStack): Extents {
  useRuler(font);
  const scripts = splitScripts(text);
  const marked = MARKED.test(text);
  if (scripts.length === 1 && !rtl && !marked) return measurePlain(text);
  const { advance } = measurePlain(isolate({ text, rtl }));
  if (marked) return measureMarked(text, rtl, font, advance);
  return union([{ advance, left: 0, right: advance, ascent: 0, descent: 0 }], scripts.map(measurePlain));
}
