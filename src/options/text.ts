import { invalid } from '../errors.ts';

/** Bounds of a label. */
export const MAX_TEXT = 300;
export const MAX_LINES = 20;

/** Controls that mean nothing in a label; tabs and line ends are dealt with before. */
const CONTROL = /[\p{Cc}\uFFFE\uFFFF]|\p{Cs}/u;
/** Marks that reorder or hide text (UAX #9, 2), and soft or zero-width fillers that draw nothing. */
const INVISIBLE = /[\u00AD\u061C\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;

/** The label of a picture that was given none. */
export function defaultText(width: number, height: number): string {
  return `${width} × ${height}`;
}

/** `3:2` for 600×400. */
function ratio(width: number, height: number): string {
  let [divisor, rest] = [width, height];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return `${width / divisor}:${height / divisor}`;
}

/**
 * Reads a label: `\n`, typed or real, ends a line; `{width}`, `{height}` and `{ratio}` are filled in; each line is
 * normalised (NFC) and trimmed. Empty where nothing is left to draw.
 * @throws GreyboxError `invalid-option` over {@link MAX_TEXT} code points or {@link MAX_LINES} lines, and for controls
 */
export function parseText(value: string, width: number, height: number): string {
  const allowed = `up to ${MAX_TEXT} characters in at most ${MAX_LINES} lines, without control characters`;
  const refuse = (meaning: string): never => {
    throw invalid('invalid-option', 'text', allowed, value, meaning);
  };
  const length = [...value.replace(/\r\n|\\n/g, '\n')].length;
  if (length > MAX_TEXT) refuse(`${length} characters`);
  if (CONTROL.test(value.replace(/[\t\n\r]/g, ''))) refuse('a control character or half of a surrogate pair');
  // What draws nothing goes first: without it, what is left may spell a line's end or a `{width}`.
  const filled = value
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/\r\n?|\\n/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll('{width}', String(width))
    .replaceAll('{height}', String(height))
    .replaceAll('{ratio}', ratio(width, height));
  const filledLength = [...filled].length;
  if (filledLength > MAX_TEXT) refuse(`${filledLength} characters when filled in`);
  const lines = filled.split('\n');
  if (lines.length > MAX_LINES) refuse(`${lines.length} lines`);
  const trimmed = lines.map((line) => line.trim().replace(/ +/g, ' '));
  return trimmed.some(Boolean) ? trimmed.join('\n') : '';
}
