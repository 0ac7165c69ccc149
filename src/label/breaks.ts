/** A piece of a paragraph that stays on one line. */
export interface Segment {
  readonly text: string;
  /** Whether a space separates it from the piece before. */
  readonly spaced: boolean;
  /** Whether it ends at a soft hyphen: a line that ends here ends in a hyphen. */
  readonly hyphenated: boolean;
}

const SOFT_HYPHEN = '\u00AD';
const NO_BREAK_SPACE = '\u00A0';

/** `600 × 400` is one piece. */
const TIMES = /(?<=\d) (?=×)|(?<=×) (?=\d)/g;

/** Spaces that a line may end at, where they are not drawn; includes the wide space of East Asian text. */
const SPACES = /[ \t\u1680\u2000-\u2006\u2008-\u200B\u205F\u3000]+$/;
const LEADING_SPACES = /^[ \t\u1680\u2000-\u2006\u2008-\u200B\u205F\u3000]+/;

/** Words of letters and digits, perhaps with punctuation after them: they break only at spaces. */
const PLAIN = /^(?:[\w\u00C0-\u024F\u00A0×]+[.,!?:;]*(?: +|$))*$/;

/** Stand-ins for emoji. The algorithm takes each for an ideograph: a line may end before and after it. */
const STAND_INS = /[\uE000-\uF8FF]/g;
const IDEOGRAPH = '\u231A';

/** Scripts without spaces between words: a dictionary finds the words (UAX #14, class SA). */
const DICTIONARY = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const DICTIONARY_RUN = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{M}]+/gu;

type Breaks = (text: string) => number[];

let loading: Promise<Breaks> | undefined;

/** The algorithm of UAX #14 takes 40 ms to load, so it is loaded only for a text that needs it. */
async function loadBreaks(): Promise<Breaks> {
  const { Rules } = await import('@cto.af/linebreak');
  const rules = new Rules();
  return (text) => Array.from(rules.breaks(text), ({ position }) => position);
}

/** Where lines may end between the spaces of plain words. */
const breaksAtSpaces: Breaks = (text) =>
  Array.from(text.matchAll(/ +|$/g), ({ 0: space, index }) => index + space.length);

/** Made when it is needed: it reads its dictionaries for 80 ms. */
let words: Intl.Segmenter | undefined;

/** What no line of these scripts begins with: marks of repetition, abbreviation and the end of a sentence. */
const NO_START = /[^\p{L}]|[\p{Lm}ฯຯ]/u;

/** Where the words of Thai, Lao, Khmer and Burmese end. */
function dictionaryBreaks(text: string): number[] {
  if (!DICTIONARY.test(text)) return [];
  words ??= new Intl.Segmenter('th', { granularity: 'word' });
  const segmenter = words;
  const places = Array.from(text.matchAll(DICTIONARY_RUN)).flatMap(({ 0: run, index: start }) =>
    Array.from(segmenter.segment(run), ({ index }) => start + index).slice(1),
  );
  return places.filter((place) => !NO_START.test(text.charAt(place)));
}

/** Korean breaks at spaces only (CSS Text 4, `keep-all`): the algorithm takes its syllables for Latin letters. */
const HANGUL = /\p{sc=Hang}/gu;

/** A letter alone before or after a hyphen or a slash, and hyphens that no word precedes. */
const ALONE_BEFORE = /(?:(?:^|[^\p{L}\p{N}])\p{L}[-‐/]|(?:^|[^\p{L}\p{N}\-‐])[-‐]+)$/u;
const ALONE_AFTER = /[-‐/]\p{L}(?:[^\p{L}\p{N}/]|$)/u;
/** A sign that is repeated: `C++`, `$$$`. */
const REPEATED = /^([+\p{Sc}])\1/u;

/**
 * Whether to skip a break that the algorithm allows, as in `e-mail`, `km/h`, `--flag` and `C++`.
 * @param around the characters around the place: one before it, at most two after it
 */
const isUnwanted = (before: string, around: string): boolean =>
  ALONE_BEFORE.test(before) || ALONE_AFTER.test(around) || REPEATED.test(around);

/** Cuts a paragraph at the places where a line may end. */
function cut(paragraph: string, breaks: Breaks): Segment[] {
  const plain = paragraph.replace(STAND_INS, IDEOGRAPH).replace(HANGUL, 'a');
  const places = [...new Set([...breaks(plain), ...dictionaryBreaks(paragraph), paragraph.length])].sort(
    (a, b) => a - b,
  );
  const segments: Segment[] = [];
  let start = 0;
  let spaced = true;
  for (const end of places) {
    const piece = paragraph.slice(start, end);
    const text = piece.replace(SPACES, '').replace(LEADING_SPACES, '').replaceAll(SOFT_HYPHEN, '');
    const [gap = ''] = SPACES.exec(piece) ?? [];
    // A zero-width space only allows a break.
    const endsInSpace = /[^\u200B]/.test(gap);
    if (gap === '' && end < paragraph.length && isUnwanted(piece, paragraph.slice(end - 1, end + 2)))
      continue;
    start = end;
    if (text !== '') segments.push({ text, spaced, hyphenated: piece.endsWith(SOFT_HYPHEN) });
    spaced = text === '' ? spaced || endsInSpace : endsInSpace;
  }
  return segments;
}

/**
 * The pieces of a paragraph between which a line may end (UAX #14), including words of scripts without spaces.
 * Grapheme clusters stay whole.
 */
export async function splitParagraph(paragraph: string): Promise<Segment[]> {
  const text = paragraph.replace(TIMES, NO_BREAK_SPACE);
  if (PLAIN.test(text)) return cut(text, breaksAtSpaces);
  loading ??= loadBreaks();
  return cut(text, await loading);
}
