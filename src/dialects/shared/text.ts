import { graphemesOf } from '../../options/graphemes.ts';
import { MAX_LINES, MAX_TEXT } from '../../options/text.ts';

/** Longest text that is split into graphemes, in UTF-16 units: 300 graphemes are rarely longer. */
const MAX_UNITS = 1200;

/**
 * A label within our bounds. Other services have no such bounds, so a longer text is cut instead of being refused.
 * @param breaks what begins a new line in that service, besides a real newline
 */
export function labelText(text: string, breaks: readonly string[] = ['\\n']): string {
  let plain = text.toWellFormed().slice(0, MAX_UNITS).toWellFormed();
  for (const one of breaks) plain = plain.replaceAll(one, '\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are removed
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
