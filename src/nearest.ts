/** Longest name that is compared, in characters: longer ones are not typing errors. */
const LONGEST = 40;

/** The number of edits from one word to another; swapping two neighbours is one edit (optimal string alignment). */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, above] = [above, row];
  }
  return above[to.length] ?? 0;
}

/** The first name that takes the fewest edits; undefined where none has anything in common with the word. */
function closest(word: string, names: readonly string[]): { name: string; edits: number } | undefined {
  if (word.length > LONGEST) return undefined;
  let best: { name: string; edits: number } | undefined;
  for (const name of names) {
    const edits = distance(word.toLowerCase(), name);
    if (edits < Math.max(word.length, name.length) && edits < (best?.edits ?? Infinity))
      best = { name, edits };
  }
  return best;
}

/** The name nearest in spelling; undefined where none has anything in common with the word. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  return closest(word, names)?.name;
}

/** What {@link didYouMean} asks, as the end of a sentence; empty where no name is near enough. */
export function orDidYouMean(word: string, names: readonly string[]): string {
  const question = didYouMean(word, names);
  return question === undefined ? '' : `; ${question}`;
}

/** A question for an error: `did you mean center?`; undefined where no name is near enough. */
export function didYouMean(word: string, names: readonly string[]): string | undefined {
  const best = closest(word, names);
  if (!best || best.edits > Math.max(1, Math.floor(best.name.length / 3))) return undefined;
  return `did you mean ${best.name}?`;
}
