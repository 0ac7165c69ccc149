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

/** A piece that stays on one line, and whether a space parts it from the piece before. */
export interface Piece {
  readonly text: string;
  readonly spaced: boolean;
  readonly advance: number;
}

/** Scripts that are written without spaces, and stand-ins for emoji: a line may end after each of their graphemes. */
const UNSPACED = /[\p{Co}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}]/u;
/** Punctuation that no line may begin with. */
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々]/u;
/** Punctuation that no line may end with. */
const OPENING = /[\p{Ps}\p{Pi}]$/u;
/** `600 × 400` is one piece. */
const TIMES = /(?<=\d) (?=×)|(?<=×) (?=\d)/g;
const NO_BREAK_SPACE = '\u00A0';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text in which every character is a grapheme: no marks, no joiners, no surrogate pairs. */
const SIMPLE =
  /^[\n\u0020-\u00AC\u00AE-\u02FF\u0370-\u0482\u048A-\u058F\u2010-\u2027\u3001-\u3029\u3041-\u3096\u30A1-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3]*$/;

/** The characters of a text as a reader sees them (UAX #29, extended grapheme clusters). */
export function splitGraphemes(text: string): string[] {
  if (SIMPLE.test(text)) return text.split('');
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** Splits a word where a line may end inside it: never in scripts with spaces, but after a hyphen or slash. */
function splitWord(word: string): string[] {
  if (!UNSPACED.test(word)) return word.match(/.+?(?:[-/](?=[^-/\d])|$)/gu) ?? [word];
  const pieces: string[] = [];
  let joins = false;
  for (const grapheme of splitGraphemes(word)) {
    const last = pieces.at(-1) ?? '';
    joins =
      last !== '' &&
      (CLOSING.test(grapheme) || OPENING.test(last) || !(UNSPACED.test(grapheme) || UNSPACED.test(last)));
    if (joins) pieces[pieces.length - 1] = last + grapheme;
    else pieces.push(grapheme);
  }
  return pieces;
}

export function splitParagraph(paragraph: string, measure: Measure): Piece[] {
  const words = paragraph
    .replace(TIMES, NO_BREAK_SPACE)
    .split(/[ \t\u200B]+/)
    .filter(Boolean);
  return words.flatMap((word) =>
    splitWord(word).map((text, i) => ({ text, spaced: i === 0, advance: measure(text).advance })),
  );
}

export const joined = (pieces: readonly Piece[]): string =>
  pieces.map(({ text, spaced }, i) => (spaced && i > 0 ? ` ${text}` : text)).join('');

/** Fills lines greedily. A piece wider than the box gets a line of its own; `overflows` tells of it. */
export function wrap(
  paragraphs: readonly Piece[][],
  width: number,
  space: number,
): { lines: Piece[][]; overflows: boolean } {
  const lines: Piece[][] = [];
  let overflows = false;
  for (const pieces of paragraphs) {
    let line: Piece[] = [];
    let used = 0;
    for (const piece of pieces) {
      const gap = piece.spaced && line.length > 0 ? space : 0;
      if (line.length > 0 && used + gap + piece.advance > width) {
        lines.push(line);
        line = [];
        used = 0;
      }
      used += (line.length > 0 ? gap : 0) + piece.advance;
      overflows ||= used > width;
      line.push(piece);
    }
    lines.push(line);
  }
  return { lines, overflows };
}

/**
 * Wraps at a size into as few lines as the box allows, then as narrowly as that many lines allow, so that none is left
 * with a lone word: what CSS calls balanced (CSS Text 4, 6.4.1).
 */
export function wrapEvenly(paragraphs: readonly Piece[][], width: number, space: number): Piece[][] {
  const { lines } = wrap(paragraphs, width, space);
  let even = lines;
  let [low, high] = [width / 2, width];
  for (let tries = 0; tries < 7; tries++) {
    const middle = (low + high) / 2;
    const narrower = wrap(paragraphs, middle, space);
    if (narrower.overflows || narrower.lines.length > lines.length) low = middle;
    else [even, high] = [narrower.lines, middle];
  }
  return even;
}
