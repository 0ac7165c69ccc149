import { joined, type Measure, splitGraphemes, splitParagraph, wrap, wrapEvenly } from './wrap.ts';

/** Where a label may go; all in px. */
export interface LabelBox {
  readonly width: number;
  readonly height: number;
  /** The largest size; a label is shrunk where it does not fit. */
  readonly size: number;
  /** The size down to which a label is shrunk rather than wrapped; the largest, to wrap at once. */
  readonly wrapBelow: number;
  /** Whether sizes may be rounded down a little for the sake of equal digits; see {@link snap}. */
  readonly mayRound: boolean;
  /** Whether a label that does not fit may be cut short with `…`; otherwise it is left out. */
  readonly mayCut: boolean;
}

/** One line of a placed label: the start of its baseline and its ink, in px from the top left of the box. */
export interface PlacedLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly ink: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

export interface PlacedLabel {
  /** Font size in px. */
  readonly size: number;
  readonly lines: readonly PlacedLine[];
}

/** Below this size, in px, nobody can read a label: it is left out. */
export const MIN_LABEL_SIZE = 6;

/** From baseline to baseline, in em. */
const LINE_HEIGHT = 1.25;

const ELLIPSIS = '…';

/** Height of lines from the top of the first one's ink to the bottom of the last one's, in em. */
function inkHeight(lines: readonly string[], measure: Measure): number {
  const first = measure(lines[0] ?? '');
  const last = measure(lines.at(-1) ?? '');
  return first.ascent + (lines.length - 1) * LINE_HEIGHT + last.descent;
}

/** Cuts lines that do not fit: keeps what the height allows and ends the last line in an ellipsis. */
function cut(lines: readonly string[], box: LabelBox, size: number, measure: Measure): string[] {
  const most = Math.max(1, Math.floor((box.height / size - 1) / LINE_HEIGHT) + 1);
  const kept = lines.slice(0, most);
  const dropped = lines.length > most;
  const fits = (line: string): boolean => measure(line).advance * size <= box.width;
  return kept.map((line, i) => {
    const mark = dropped && i === kept.length - 1;
    if (!mark && fits(line)) return line;
    const letters = splitGraphemes(line);
    while (letters.length > 0 && !fits(letters.join('').trimEnd() + ELLIPSIS)) letters.pop();
    return letters.length === 0 ? '' : letters.join('').trimEnd() + ELLIPSIS;
  });
}

/** Places lines in the middle of the box by their ink, so that digits, which have no descenders, sit in the middle. */
function place(lines: readonly string[], box: LabelBox, size: number, measure: Measure): PlacedLabel {
  const top = (box.height - inkHeight(lines, measure) * size) / 2 + measure(lines[0] ?? '').ascent * size;
  return {
    size,
    lines: lines.flatMap((text, i) => {
      const { left, right, ascent, descent } = measure(text);
      if (right <= left) return [];
      const x = Math.round((box.width - (left + right) * size) / 2);
      const y = Math.round(top + i * LINE_HEIGHT * size);
      const ink = {
        left: x + left * size,
        right: x + right * size,
        top: y - ascent * size,
        bottom: y + descent * size,
      };
      return [{ text, x, y, ink }];
    }),
  };
}

/** Lines at a size, and whether they fit the box. */
interface Attempt {
  readonly lines: readonly string[];
  readonly fits: boolean;
}

/** The largest size at which an attempt fits, to a quarter of a pixel; undefined where not even the smallest does. */
function largest(
  attempt: (size: number) => Attempt,
  smallest: number,
  biggest: number,
): PlacedSize | undefined {
  const tried = (size: number): PlacedSize | undefined => {
    const { lines, fits } = attempt(size);
    return fits ? { lines, size } : undefined;
  };
  const all = tried(biggest);
  if (all || smallest >= biggest) return all;
  let best = tried(smallest);
  if (!best) return undefined;
  for (let high = biggest; high - best.size > 0.25; ) {
    const middle = (best.size + high) / 2;
    const better = tried(middle);
    if (better) best = better;
    else high = middle;
  }
  return best;
}

interface PlacedSize {
  readonly lines: readonly string[];
  readonly size: number;
}

/**
 * Rounds a size down to where a digit is a whole number of pixels wide (half a one, for small labels): equal digits
 * then fall alike on the pixels, look alike and compress to a tenth less.
 */
function snap(size: number, measure: Measure): number {
  const digit = measure('0').advance * (size < 32 ? 2 : 1);
  return Math.max(MIN_LABEL_SIZE, Math.floor(size * digit) / digit);
}

/**
 * Places a label in a box: shrinks it down to a comfortable size, then wraps it at word boundaries (after any grapheme
 * of scripts without spaces), shrinks it further, then cuts it short; undefined where not even a few letters of
 * {@link MIN_LABEL_SIZE} px fit. Pure: it knows the font through `measure` alone.
 */
export function layoutLabel(text: string, box: LabelBox, measure: Measure): PlacedLabel | undefined {
  if (text === '') return undefined;
  const paragraphs = text.split('\n').map((paragraph) => splitParagraph(paragraph, measure));
  const unwrapped = paragraphs.map(joined);
  const widest = Math.max(...unwrapped.map((line) => measure(line).advance));
  const space = measure(' ').advance;
  const fitsHeight = (lines: readonly string[], size: number): boolean =>
    inkHeight(lines, measure) * size <= box.height;
  const natural = (size: number): Attempt => ({
    lines: unwrapped,
    fits: widest * size <= box.width && fitsHeight(unwrapped, size),
  });
  const wrapped = (size: number): Attempt => {
    const { lines, overflows } = wrap(paragraphs, box.width / size, space);
    const texts = lines.map(joined);
    return { lines: texts, fits: !overflows && fitsHeight(texts, size) };
  };
  const smallest = Math.min(MIN_LABEL_SIZE, box.size);
  const comfortable = Math.max(smallest, Math.min(box.wrapBelow, box.size));
  const rounded = (size: number): number => (box.mayRound ? snap(size, measure) : size);
  const whole = largest(natural, comfortable, box.size);
  if (whole) return place(whole.lines, box, rounded(whole.size), measure);
  const parted = largest(wrapped, smallest, comfortable);
  if (parted) {
    const size = rounded(parted.size);
    return place(wrapEvenly(paragraphs, box.width / size, space).map(joined), box, size, measure);
  }
  if (!box.mayCut) return undefined;
  const lines = cut(wrapped(smallest).lines, box, smallest, measure);
  return lines.some(Boolean) && fitsHeight(lines, smallest)
    ? place(lines, box, smallest, measure)
    : undefined;
}
