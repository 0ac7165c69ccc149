import { invalid } from '../errors.ts';
import { graphemesOf } from './graphemes.ts';

/** Most characters of a label as a reader counts them: graphemes, after NFC. */
export const MAX_TEXT = 300;
/** Most code points of a label, after NFC: a single grapheme may have any number of them. */
const MAX_CODE_POINTS = 2000;
export const MAX_LINES = 20;

/** Most UTF-16 units that are read: {@link MAX_CODE_POINTS} in NFD, at most four units for each. */
const MAX_UNITS = 4 * MAX_CODE_POINTS;

/** Controls that mean nothing in a label; tabs and line ends are handled before. */
const CONTROL = /[\p{Cc}\uFFFE\uFFFF]|\p{Cs}/u;
/**
 * Marks that reorder or hide text (UAX #9, 2), and fillers that draw nothing. Soft hyphens stay, because lines break at
 * them, and so do joiners and variation selectors, which change the look of their neighbours.
 */
const INVISIBLE = /[\u061C\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;
/** Any visible character. */
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\s]/u;
/**
 * More marks on one base than any language has (UAX #15, 13, calls 30 enough). Sorting them takes quadratic time, so
 * they stay as they are. The search begins only where a run does, or it would take quadratic time itself.
 */
const MARKS = /((?<!\p{M})\p{M}{64,})/u;

/** The default label of a picture. */
export function defaultText(width: number, height: number): string {
  return `${width} × ${height}`;
}

/** `3:2` for 600×400. */
function ratio(width: number, height: number): string {
  let [divisor, rest] = [width, height];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return `${width / divisor}:${height / divisor}`;
}

function normalize(text: string): string {
  return text
    .split(MARKS)
    .map((part, at) => (at % 2 === 0 ? part.normalize('NFC') : part))
    .join('');
}

/** The code points of a well-formed text. */
function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Whether a text has more graphemes than a label may have; reads no further than necessary. */
function isLong(text: string): boolean {
  let count = 0;
  for (const _ of graphemesOf(text)) if (++count > MAX_TEXT) return true;
  return false;
}

/** What is wrong with a text's length, in words; undefined for nothing. */
function excess(text: string): string | undefined {
  const count = countCodePoints(text);
  if (count > MAX_CODE_POINTS) return `${count} code points, more than ${MAX_CODE_POINTS}`;
  // A grapheme has at least one code point.
  return count > MAX_TEXT && isLong(text) ? `more than ${MAX_TEXT} characters` : undefined;
}

/**
 * Reads a label: `\n`, typed or real, ends a line; `{width}`, `{height}` and `{ratio}` are filled in; each line is
 * normalised (NFC) and trimmed. Empty where nothing is left to draw.
 * @throws GreyboxError `invalid-option` over {@link MAX_TEXT} graphemes, {@link MAX_CODE_POINTS} code points or
 * {@link MAX_LINES} lines, and for controls
 */
export function parseText(value: string, width: number, height: number): string {
  const refuse = (meaning: string): never => {
    const allowed = `up to ${MAX_TEXT} characters in at most ${MAX_LINES} lines, without control characters`;
    throw invalid('invalid-option', 'text', allowed, value, meaning);
  };
  if (value.length > MAX_UNITS) refuse(`more than ${MAX_CODE_POINTS} code points`);
  const lined = value.replace(/\r\n?/g, '\n').replaceAll('\t', ' ');
  if (CONTROL.test(lined.replaceAll('\n', ''))) refuse('a control character or half of a surrogate pair');
  // Invisible characters are removed first: without them, the rest may spell a line end or a `{width}`.
  const filled = normalize(lined.replace(INVISIBLE, ''))
    .replaceAll('\\n', '\n')
    .replaceAll('{width}', String(width))
    .replaceAll('{height}', String(height))
    .replaceAll('{ratio}', ratio(width, height));
  const wrong = excess(filled);
  if (wrong !== undefined) refuse(wrong);
  const lines = filled.split('\n');
  if (lines.length > MAX_LINES) refuse(`${lines.length} lines`);
  const trimmed = lines.map((line) => line.trim().replace(/ +/g, ' '));
  return trimmed.some((line) => VISIBLE.test(line)) ? trimmed.join('\n') : '';
}
