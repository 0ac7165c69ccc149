import bidiFactory from 'bidi-js';
import { STAND_IN } from './emoji.ts';

/** A run of a line in the order in which it is seen: text in one direction, or one stand-in. */
export interface VisualRun {
  readonly text: string;
  readonly rtl: boolean;
}

const RTL_LETTER =
  /[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\p{sc=Mand}\p{sc=Samr}\p{sc=Rohg}]/u;
const LETTER = /\p{L}/u;

/** Whether a text runs from right to left: its first letter decides (UAX #9, P2 and P3). */
export function isRtl(text: string): boolean {
  return RTL_LETTER.test(LETTER.exec(text)?.[0] ?? '');
}

/**
 * Text as it is given to the canvas, whose own lines all run from left to right: isolated, with a mark at the end that
 * keeps spaces before it from being moved to the end of the line (UAX #9, L1).
 */
export function isolate({ text, rtl }: VisualRun): string {
  return rtl ? `\u2067${text}\u2069\u200E` : text;
}

/** The part of bidi-js that is used; its types describe another module format than its code. */
interface Bidi {
  getEmbeddingLevels(text: string, direction: 'ltr' | 'rtl'): { levels: Uint8Array };
  getReorderedIndices(text: string, levels: { levels: Uint8Array }): number[];
}

let bidi: Bidi | undefined;

/**
 * Splits a line at its stand-ins, from left to right as it is seen. A line without any is one run: the canvas orders
 * what is within a run by itself.
 */
export function visualRuns(line: string, rtl: boolean): VisualRun[] {
  if (!STAND_IN.test(line)) return [{ text: line, rtl }];
  if (!rtl && !RTL_LETTER.test(line)) {
    return line
      .split(/([\uE000-\uF8FF])/)
      .filter(Boolean)
      .map((text) => ({ text, rtl }));
  }
  bidi ??= (bidiFactory as unknown as () => Bidi)();
  // To the algorithm an emoji is an object among the text.
  const neutral = line.replace(/[\uE000-\uF8FF]/g, '\uFFFC');
  const embedding = bidi.getEmbeddingLevels(neutral, rtl ? 'rtl' : 'ltr');
  const runs: { start: number; end: number; level: number }[] = [];
  for (const index of bidi.getReorderedIndices(neutral, embedding)) {
    const level = embedding.levels[index] ?? 0;
    const last = runs.at(-1);
    const single =
      STAND_IN.test(line[index] ?? '') || (last !== undefined && STAND_IN.test(line[last.start] ?? ''));
    if (!last || single || last.level !== level || (index !== last.end && index !== last.start - 1)) {
      runs.push({ start: index, end: index + 1, level });
    } else if (index === last.end) last.end += 1;
    else last.start -= 1;
  }
  return runs.map(({ start, end, level }) => ({ text: line.slice(start, end), rtl: level % 2 === 1 }));
}
