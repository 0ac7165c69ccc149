import { graphemesOf } from '../../options/graphemes.ts';
import { MAX_LINES, MAX_TEXT } from '../../options/text.ts';

/** Longest text that is cut into graphemes, in UTF-16 units: a reader's 300 characters are rarely longer. */
const MAX_UNITS = 1200;

/**
 * A label within our bounds: the pages of other services never had any, so that a longer text is cut and not refused.
 * @param breaks what begins a new line in that service, beside a real newline
 */
export function labelText(text: string, breaks: readonly string[] = ['\\n']): string {
  let plain = text.toWellFormed().slice(0, MAX_UNITS).toWellFormed();
  for (const one of breaks) plain = plain.replaceAll(one, '\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  plain = plain.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g, '');
  const lines = plain.normalize('NFC').split('\n');
  const kept = [...lines.slice(0, MAX_LINES - 1), lines.slice(MAX_LINES - 1).join(' ')].join('\n').trimEnd();
  let count = 0;
  let cut = 0;
  for (const { index } of graphemesOf(kept)) {
    if (count === MAX_TEXT - 1) cut = index;
    if (count === MAX_TEXT) return `${kept.slice(0, cut)}…`;
    count += 1;
  }
  return kept;
}
