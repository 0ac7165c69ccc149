import { LRUCache } from 'lru-cache';
import { createCanvas, SvgExportFlag } from './canvas.ts';
import { type FontStack, fontKey, setFont } from './canvas-font.ts';
import type { Extents } from './wrap.ts';

/** Marks for any script; a font may have them without knowing where they go. */
const COMBINING = /[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]/;
/** Marks that lie over their letter. */
const OVERLAY = /[\u0334-\u0338\u20D2\u20D3\u20D8-\u20DA\u20E5\u20E6\u20EA\u20EB]/;
const ENCLOSING = /\p{Me}/u;
/** Marks that stand beside their letter, touch it or join two letters, so a box of ink does not tell where they are. */
const BESIDE = /[\u0315\u031A\u031B\u0321\u0322\u0327\u0328\u0345\u0358\u035C-\u0362]/;
/** Letters that lose their dot under a mark. */
const DOTLESS: Readonly<Record<string, string>> = { i: 'ı', j: 'ȷ', і: 'ı', ј: 'ȷ' };

/** A mark that is placed by its metrics, and its font. */
export interface Mark {
  readonly text: string;
  readonly font: FontStack;
}

/** A mark and its offset: from the start of its letter's baseline to that of its own, in em, rightwards and upwards. */
export interface PlacedMark extends Mark {
  readonly dx: number;
  readonly dy: number;
  readonly ink: Extents;
}

export const isCombining = (character: string): boolean => COMBINING.test(character);

/** The size, in px, at which ink is measured; and the canvas and the place on it, as multiples of that. */
const REFERENCE = 128;
const ORIGIN = 2 * REFERENCE;
const ROOM = 5 * REFERENCE;
/** Differences of ink that are ignored, in em: a font may have another form of a mark for capitals. */
const TOLERANCE = 0.03;

/** Share of a mark's width that may stand out on one side of its letter. */
const OUT = 0.6;

/** The least and the most room between a letter and a mark above or below it, in em. */
const GAP = { least: 0.04, most: 0.12 };
type Ink = Omit<Extents, 'advance'>;

const measured = new LRUCache<string, Extents>({ max: 2000 });

/**
 * The ink of a few characters of one face, taken from their outlines: the canvas' own measure is coarse, and ignores
 * how marks are moved.
 */
export function inkOf(text: string, font: FontStack): Extents {
  const key = `${fontKey(font)} ${text}`;
  const known = measured.get(key);
  if (known) return known;
  const canvas = createCanvas(ROOM, ROOM, SvgExportFlag.ConvertTextToPaths);
  const context = canvas.getContext('2d');
  setFont(context, font, REFERENCE);
  const advance = context.measureText(text).width / REFERENCE;
  // The paths leave out anything off the canvas.
  context.fillText(text, ORIGIN, ORIGIN);
  const ink = { advance, ...boxOf(canvas.getContent().toString()) };
  measured.set(key, ink);
  return ink;
}

/** The box around the paths of an SVG, whose corners and control points are all given as pairs. */
function boxOf(svg: string): Ink {
  const numbers = Array.from(svg.matchAll(/<path [^>]*?\bd="([^"]*)"/g), ([, d = '']) =>
    (d.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map((number) => (Number(number) - ORIGIN) / REFERENCE),
  ).flat();
  if (numbers.length === 0) return { left: 0, right: 0, ascent: 0, descent: 0 };
  const across = numbers.filter((_, i) => i % 2 === 0);
  const down = numbers.filter((_, i) => i % 2 === 1);
  return {
    left: Math.min(...across),
    right: Math.max(...across),
    ascent: -Math.min(...down),
    descent: Math.max(...down),
  };
}

/** Whether a mark added its ink where it belongs: above or below all that was there, or across it. */
function isInPlace(mark: string, own: Ink, before: Ink, whole: Ink, hasDot: boolean): boolean {
  if (BESIDE.test(mark) || ENCLOSING.test(mark)) return true;
  const room = OVERLAY.test(mark) ? TOLERANCE : (own.right - own.left) * OUT;
  if (whole.right > before.right + room || whole.left < before.left - room) return false;
  if (OVERLAY.test(mark)) return true;
  // A letter loses its dot under a mark, so it does not become higher.
  if (own.descent < 0) return hasDot || whole.ascent >= before.ascent + GAP.least;
  return own.ascent > 0 || whole.descent >= before.descent + GAP.least;
}

/**
 * Whether a face puts marks where they belong. A face that cannot do that draws a mark after its letter, as far off as
 * the mark alone is from its own start, or over what is there already.
 */
export function attaches(base: string, marks: readonly string[], font: FontStack): boolean {
  let [text, before] = [base, inkOf(base, font)];
  const { advance } = before;
  const hasDot = /^\p{Soft_Dotted}/u.test(base);
  for (const mark of marks) {
    text += mark;
    const whole = inkOf(text, font);
    if (isCombining(mark)) {
      const own = inkOf(mark, font);
      const middle = advance + (own.left + own.right) / 2;
      // The letter itself may have changed, so only the side of the mark is compared.
      const off = middle < before.left ? whole.left - advance - own.left : whole.right - advance - own.right;
      const aside = middle < before.left || middle > before.right;
      if (aside && Math.abs(off) < TOLERANCE) return false;
      if (!isInPlace(mark, own, before, whole, hasDot)) return false;
    }
    before = whole;
  }
  return true;
}

/** The form of a letter under marks. */
export function underMarks(base: string, marks: readonly Mark[]): string {
  const above = marks.some(({ text, font }) => !OVERLAY.test(text) && inkOf(text, font).descent < 0);
  return above ? (DOTLESS[base] ?? base) : base;
}

/** More marks than these, above or below a letter, are left out. */
const MOST = 3;

const between = (value: number): number => Math.min(GAP.most, Math.max(GAP.least, value));

/**
 * Places marks above, below and on a letter, in the middle of its ink; marks on one side are stacked. A mark above is
 * made for letters of x-height, so it is raised over a higher one.
 * @param xHeight of the label's font, in em
 */
export function placeMarks(letter: Extents, marks: readonly Mark[], xHeight: number): PlacedMark[] {
  let { ascent, descent } = letter;
  const counts = { above: 0, below: 0 };
  const middle = (letter.left + letter.right) / 2;
  return marks.flatMap(({ text, font }) => {
    const ink = inkOf(text, font);
    const dx = middle - (ink.left + ink.right) / 2;
    const place = (dy: number): PlacedMark => ({ text, font, dx, dy, ink });
    if (OVERLAY.test(text) || ENCLOSING.test(text))
      return [place((letter.ascent - letter.descent - ink.ascent + ink.descent) / 2)];
    const side = ink.descent < 0 ? 'above' : 'below';
    counts[side] += 1;
    if (counts[side] > MOST) return [];
    if (side === 'above') {
      const dy = Math.max(0, ascent + between(-ink.descent - xHeight) + ink.descent);
      ascent = ink.ascent + dy;
      return [place(dy)];
    }
    const dy = Math.min(0, -(descent + between(-ink.ascent) + ink.ascent));
    descent = ink.descent - dy;
    return [place(dy)];
  });
}
