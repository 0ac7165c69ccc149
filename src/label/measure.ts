import { isolate, visualRuns } from './bidi.ts';
import { createCanvas } from './canvas.ts';
import { STAND_IN } from './emoji.ts';
import { type FontStack, setFont } from './fonts.ts';
import type { Extents, Measure } from './layout.ts';

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

/** Scripts that a canvas shapes in runs of their own, even where one face has them both. */
const SCRIPTS = [
  'Latn',
  'Grek',
  'Cyrl',
  'Hira',
  'Kana',
  'Hani',
  'Hang',
  'Arab',
  'Hebr',
  'Deva',
  'Beng',
  'Taml',
  'Thai',
  'Geor',
  'Armn',
].map((script) => new RegExp(`\\p{sc=${script}}`, 'u'));

const scripts = new Map<string, number>();
const MOST_SCRIPTS = 10_000;

/** The number of a character's script; -1 for what all scripts share. */
function scriptOf(character: string): number {
  let script = scripts.get(character);
  if (script === undefined) {
    script = SCRIPTS.findIndex((one) => one.test(character));
    if (scripts.size >= MOST_SCRIPTS) scripts.clear();
    scripts.set(character, script);
  }
  return script;
}

/** Splits a text where the face or the script changes; what has neither goes with the character before it. */
function splitRuns(text: string, { faceOf }: FontStack): string[] {
  const pieces: string[] = [];
  let face: number | undefined;
  let script = -1;
  for (const character of text) {
    const nextFace = faceOf(character) ?? face;
    const nextScript = scriptOf(character);
    const changes =
      (face !== undefined && nextFace !== face) || (script >= 0 && nextScript >= 0 && nextScript !== script);
    if (pieces.length === 0 || changes) pieces.push(character);
    else pieces[pieces.length - 1] += character;
    face = nextFace;
    if (nextScript >= 0) script = nextScript;
  }
  return pieces;
}

/**
 * The canvas tells the ink of a text's first run only, so a text of several is measured whole for its advance and
 * piece by piece for its height; its ink is then taken to be as wide as its advance.
 */
function measureRun(text: string, rtl: boolean, font: FontStack): Extents {
  const pieces = splitRuns(text, font);
  if (pieces.length === 1 && !rtl) return measurePlain(text);
  const { advance } = measurePlain(isolate({ text, rtl }));
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

/** A measure for labels of these fonts, whose paragraphs run from right to left or from left to right. */
export function measureWith(font: FontStack, rtl: boolean): Measure {
  const known = new Map<string, Extents>();
  setFont(ruler, font, REFERENCE);
  return (text) => {
    const cached = known.get(text);
    if (cached) return cached;
    const runs = visualRuns(text, rtl).map((run) =>
      STAND_IN.test(run.text) ? EMOJI_EXTENTS : measureRun(run.text, run.rtl, font),
    );
    const extents = runs.length === 1 ? (runs[0] as Extents) : union(runs);
    known.set(text, extents);
    return extents;
  };
}
