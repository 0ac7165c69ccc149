import { graphemesOf } from '../options/graphemes.ts';
import type { Segment } from './breaks.ts';

/** Extents of a piece of text, in em, from the start of its baseline. */
export interface Extents {
  readonly advance: number;
  /** Where the ink begins and ends, to the right of the start. */
  readonly left: number;
  readonly right: number;
  /** How far the ink reaches above and below the baseline. */
  readonly ascent: number;
  readonly descent: number;
}

export type Measure = (text: string) => Extents;

/** A piece that stays on one line, and its width, in em. */
export interface Piece extends Segment {
  readonly advance: number;
}

/** The text between two line ends, and how its lines are measured: the direction is the paragraph's (UAX #9, 3.3.1). */
export interface Paragraph {
  readonly pieces: readonly Piece[];
  readonly rtl: boolean;
  readonly measure: Measure;
}

/** A line to draw. */
export interface Line {
  readonly text: string;
  readonly rtl: boolean;
  readonly measure: Measure;
}

/** Text in which every character is a grapheme: no marks, no joiners, no surrogate pairs. */
const SIMPLE =
  /^[\n\u0020-\u00AC\u00AE-\u02FF\u0370-\u0482\u048A-\u058F\u2010-\u2027\u3001-\u3029\u3041-\u3096\u30A1-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3]*$/;

/** The characters of a text as a reader sees them (UAX #29, extended grapheme clusters). */
export function splitGraphemes(text: string): string[] {
  if (SIMPLE.test(text)) return text.split('');
  return Array.from(graphemesOf(text), ({ segment }) => segment);
}

/** Measures the pieces of a paragraph. */
export function measureParagraph(segments: readonly Segment[], rtl: boolean, measure: Measure): Paragraph {
  const pieces = segments.map((segment) => ({ ...segment, advance: measure(segment.text).advance }));
  return { pieces, rtl, measure };
}

/** Joins pieces of a paragraph into a line; one that ends at a soft hyphen shows it. */
function join(pieces: readonly Piece[], { rtl, measure }: Paragraph, isLast: boolean): Line {
  const text = pieces.map(({ text, spaced }, i) => (spaced && i > 0 ? ` ${text}` : text)).join('');
  const hyphen = !isLast && pieces.at(-1)?.hyphenated ? '-' : '';
  return { text: text + hyphen, rtl, measure };
}

/** A paragraph in one line. */
export const unwrapped = (paragraph: Paragraph): Line => join(paragraph.pieces, paragraph, true);

/** Splits a piece that is wider than a line after as many graphemes as fit. */
function breakPiece(piece: Piece, width: number, measure: Measure): Piece[] {
  if (piece.advance <= width) return [piece];
  const parts: { text: string; advance: number }[] = [];
  for (const text of splitGraphemes(piece.text)) {
    const { advance } = measure(text);
    const last = parts.at(-1);
    if (last && last.advance + advance <= width) {
      last.text += text;
      last.advance += advance;
    } else parts.push({ text, advance });
  }
  const end = parts.length - 1;
  return parts.map((part, i) => ({
    ...part,
    spaced: piece.spaced && i === 0,
    hyphenated: piece.hyphenated && i === end,
  }));
}

/** Lines of a label at a given width, and whether any of them is wider. */
export interface Wrapped {
  readonly lines: readonly Line[];
  readonly overflows: boolean;
}

export interface WrapOptions {
  /** em */
  readonly width: number;
  /** Whether a piece that is wider than a line is broken; otherwise it overflows. */
  readonly mayBreak: boolean;
}

/** The widths of a space and a hyphen, in em. */
const extras = ({ measure }: Paragraph) => ({ space: measure(' ').advance, hyphen: measure('-').advance });

/** Fills the lines of a paragraph greedily. */
function fill(
  paragraph: Paragraph,
  { width, mayBreak }: WrapOptions,
): { lines: Piece[][]; overflows: boolean } {
  const { space, hyphen } = extras(paragraph);
  const pieces = mayBreak
    ? paragraph.pieces.flatMap((one) => breakPiece(one, width, paragraph.measure))
    : paragraph.pieces;
  const lines: Piece[][] = [];
  let overflows = false;
  let used = 0;
  pieces.forEach((piece, i) => {
    const end = piece.hyphenated && i < pieces.length - 1 ? hyphen : 0;
    const line = lines.at(-1);
    const gap = piece.spaced ? space : 0;
    if (line && used + gap + piece.advance + end <= width) {
      line.push(piece);
      used += gap + piece.advance;
    } else {
      lines.push([piece]);
      used = piece.advance;
      overflows ||= used > width;
    }
  });
  return { lines: lines.length > 0 ? lines : [[]], overflows };
}

const toLines = (lines: readonly Piece[][], paragraph: Paragraph): Line[] =>
  lines.map((pieces, i) => join(pieces, paragraph, i === lines.length - 1));

/** Wraps paragraphs into lines that are as full as possible. An empty paragraph is an empty line. */
export function wrap(paragraphs: readonly Paragraph[], options: WrapOptions): Wrapped {
  const filled = paragraphs.map((paragraph) => ({ paragraph, ...fill(paragraph, options) }));
  return {
    lines: filled.flatMap(({ lines, paragraph }) => toLines(lines, paragraph)),
    overflows: filled.some(({ overflows }) => overflows),
  };
}

/** Halvings in the search for the width of even lines: to less than a hundredth of it. */
const HALVINGS = 7;

/**
 * Wraps each paragraph into as few lines as the width allows, then as narrowly as that many lines allow, so that no
 * line is left with a lone word. CSS calls this balanced (CSS Text 4, 6.4.1).
 */
export function wrapEvenly(
  paragraphs: readonly Paragraph[],
  { width, mayBreak }: WrapOptions,
): readonly Line[] {
  return paragraphs.flatMap((paragraph) => {
    let even = fill(paragraph, { width, mayBreak }).lines;
    const count = even.length;
    let [low, high] = [width / 2, width];
    for (let tries = 0; tries < HALVINGS && count > 1; tries++) {
      const middle = (low + high) / 2;
      // Several words are never broken just for even lines.
      const narrower = fill(paragraph, {
        width: middle,
        mayBreak: mayBreak && paragraph.pieces.length === 1,
      });
      if (narrower.overflows || narrower.lines.length > count) low = middle;
      else [even, high] = [narrower.lines, middle];
    }
    return toLines(even, paragraph);
  });
}
