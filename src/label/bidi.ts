import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A run of a line in visual order: text of one part, in one direction. */
export interface VisualRun {
  readonly text: string;
  readonly rtl: boolean;
  /** The index of its part, and where it starts in that part. */
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
 * Text as the canvas gets it, whose lines all run from left to right: isolated, with a mark at the end, so that the
 * spaces before it are not moved to the end of the line (UAX #9, L1).
 */
export function isolate({ text, rtl }: Pick<VisualRun, 'text' | 'rtl'>): string {
  return rtl ? `\u2067${text}\u2069\u200E` : text;
}

/** The part of bidi-js that we use; its own types describe another module format than its code has. */
interface Bidi {
  getEmbeddingLevels(text: string, direction: 'ltr' | 'rtl'): { levels: Uint8Array };
  getReorderedIndices(text: string, levels: { levels: Uint8Array }): number[];
}

/** Loaded when it is needed: an `import` of it takes a quarter of greybox's start. */
let bidi: Bidi | undefined;

/**
 * Orders the parts of a line, which are drawn one by one, from left to right. A line of one part is one run: the canvas
 * orders the text within a run.
 * @param parts the line's parts in logical order
 */
export function visualRuns(parts: readonly string[], rtl: boolean): VisualRun[] {
  const line = parts.join('');
  if (parts.length === 1 || (!rtl && !RTL_LETTER.test(line)))
    return parts.map((text, part) => ({ text, rtl, part, from: 0 }));
  const partAt = parts.flatMap((text, part) => Array.from({ length: text.length }, () => part));
  bidi ??= (require('bidi-js') as () => Bidi)();
  // The algorithm should take an emoji for an object in the text.
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
