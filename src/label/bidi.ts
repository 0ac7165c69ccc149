import bidiFactory from 'bidi-js';

/** A run of a line in the order in which it is seen: text in one direction, of one part. */
export interface VisualRun {
  readonly text: string;
  readonly rtl: boolean;
  /** The number of its part, and where in that part it starts. */
  readonly part: number;
  readonly from: number;
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
export function isolate({ text, rtl }: Pick<VisualRun, 'text' | 'rtl'>): string {
  return rtl ? `\u2067${text}\u2069\u200E` : text;
}

/** The part of bidi-js that is used; its types describe another module format than its code. */
interface Bidi {
  getEmbeddingLevels(text: string, direction: 'ltr' | 'rtl'): { levels: Uint8Array };
  getReorderedIndices(text: string, levels: { levels: Uint8Array }): number[];
}

let bidi: Bidi | undefined;

/**
 * Orders the parts of a line, which are drawn each on its own, from left to right as they are seen. A line of one part is
 * one run: the canvas orders what is within a run by itself.
 * @param parts what the line consists of, one after the other
 */
export function visualRuns(parts: readonly string[], rtl: boolean): VisualRun[] {
  const line = parts.join('');
  if (parts.length === 1 || (!rtl && !RTL_LETTER.test(line)))
    return parts.map((text, part) => ({ text, rtl, part, from: 0 }));
  const partAt = parts.flatMap((text, part) => Array.from({ length: text.length }, () => part));
  bidi ??= (bidiFactory as unknown as () => Bidi)();
  // To the algorithm an emoji is an object among the text.
  const neutral = line.replace(/[\uE000-\uF8FF]/g, '\uFFFC');
  const embedding = bidi.getEmbeddingLevels(neutral, rtl ? 'rtl' : 'ltr');
  const runs: { start: number; end: number; level: number; part: number }[] = [];
  for (const index of bidi.getReorderedIndices(neutral, embedding)) {
    const level = embedding.levels[index] ?? 0;
    const part = partAt[index] ?? 0;
    const last = runs.at(-1);
    const goesOn = last?.level === level && last.part === part;
    if (goesOn && index === last.end) last.end += 1;
    else if (goesOn && index === last.start - 1) last.start -= 1;
    else runs.push({ start: index, end: index + 1, level, part });
  }
  return runs.map(({ start, end, level, part }) => ({
    text: line.slice(start, end),
    rtl: level % 2 === 1,
    part,
    from: start - partAt.indexOf(part),
  }));
}
