import { invalid } from '../errors.ts';
import { graphemesOf } from '../options/graphemes.ts';
import type { QueryOptions } from '../options/parse.ts';
import { parseDimension } from '../options/sizes.ts';
import type { Dialect, MeantPicture, ReadContext, Target } from './dialect.ts';
import { readOwn, segmentsOf, splitEnd } from './own-path.ts';

const MOUNT = '/avatar';

/** `{size}/{name}/{background}/{foreground}` */
const MOST_SEGMENTS = 4;

/** Longest name, in UTF-16 units. */
const MAX_NAME = 300;

/** Size of the initials as a share of the side, and what the option `size` may say, in px. */
const LETTERS = 0.4;
const MIN_LETTERS = 4;
const MAX_LETTERS = 500;

/** Separators between the words of a name, in a URL or elsewhere. */
const BETWEEN = /[\s\-_+.,/|·・]+/u;
/** Characters that can be an initial. */
const INITIAL = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/** Names in this script are not capitalised, although Unicode has capitals for it. */
const UNICASE = /\p{Script=Georgian}/u;
/** Letters of these scripts would be joined into a word, so a no-break space keeps them apart. */
const JOINING = /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}]/u;
const SPACE = '\u00A0';

/** A word's first letter, in upper case where that is a single letter; undefined where the word has no letter. */
function initialOf(word: string): string | undefined {
  for (const { segment } of graphemesOf(word)) {
    if (!INITIAL.test(segment)) continue;
    if (UNICASE.test(segment)) return segment;
    const upper = segment.toUpperCase();
    return [...graphemesOf(upper)].length === 1 ? upper : segment;
  }
  return undefined;
}

/** The words of a name; of a mail address, those before the `@`. */
function wordsOf(name: string): string[] {
  const person = name.replace(/(?<=.)@[^@]*$/su, '');
  return person.split(BETWEEN).filter((word) => INITIAL.test(word));
}

/** The initials of a name's first and last word; empty where it has no letter. */
export function initialsOf(name: string): string {
  const words = wordsOf(name.normalize('NFC'));
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  const [first = '', last = ''] = picked.map((word = '') => initialOf(word));
  return JOINING.test(first) && JOINING.test(last) ? first + SPACE + last : first + last;
}

/** The same seed for all spellings of one name, so that they have the same colours. */
const seedOf = (name: string): string => name.normalize('NFC').split(BETWEEN).join(' ').trim().toLowerCase();

/** What to write instead of a bad side; undefined where that cannot be told. */
function sideHint(text: string, name = '128'): string | undefined {
  if (text === '' || text.length > MAX_NAME) return undefined;
  const [, side, sign] = /^(\d{1,5})([x×@])/i.exec(text) ?? [];
  if (side) return sign === '@' ? `the scale follows the name: ${MOUNT}/${side}/Ada@2x` : `write ${side}`;
  const isName = /^\d{1,4}$/.test(name) && INITIAL.test(text) && !/^\d/.test(text);
  return isName ? `write ${MOUNT}/${name}/${encodeURIComponent(text.toWellFormed())}` : undefined;
}

/** The name that a query holds, as a path spells it: `/128?name=Ada`. */
function nameIn(query: string | undefined): string | undefined {
  const name = new URLSearchParams(query).get('name')?.trim() ?? '';
  return name.length > MAX_NAME ? undefined : encodeURIComponent(name.toWellFormed());
}

function read({ path, query }: Target, { limits }: Pick<ReadContext, 'limits'>): MeantPicture {
  const [sideText = '', nameText, ...colors] = segmentsOf(path, MOST_SEGMENTS);
  if (colors.length > MOST_SEGMENTS - 2) {
    const form = `${MOUNT}/{size}/{name}/{background}/{foreground}.{ext} at most`;
    throw invalid('invalid-option', 'path', form, path.slice(1));
  }
  const side = parseDimension(sideText, 'size', limits, { hint: sideHint(sideText, nameText) });
  const subject = splitEnd(nameText ?? '', true);
  const name = subject.text.trim();
  if (name === '' || name.length > MAX_NAME) {
    const allowed = `the second part of the path, up to ${MAX_NAME} characters`;
    const example = (name === '' && nameIn(query)) || 'Ada+Lovelace';
    throw invalid('invalid-option', 'name', allowed, name, undefined, `write ${MOUNT}/${side}/${example}`);
  }
  const letters = Math.round(side * LETTERS);
  const size = letters >= MIN_LETTERS && letters <= MAX_LETTERS ? { size: letters } : {};
  const look = { seed: seedOf(name), text: initialsOf(name), ...size };
  // A text that the URL gives is as large as fits.
  const defaults = ({ text }: QueryOptions) => (text === undefined ? look : { seed: look.seed });
  return readOwn({ subject, colors }, query, { width: side, height: side }, limits, defaults);
}

/** A square with the initials of a name, in colours of its own. */
export const AVATAR: Dialect = {
  name: MOUNT,
  hosts: [],
  paths: [MOUNT],
  forms: ['/{size}/{name}[@{scale}x][/{background}[/{foreground}]][.{ext}][?options]'],
  examples: ['/128/Ada', '/128/Ada+Lovelace.svg', '/64/St.John@2x/0f766e', '/96/Grace%20Hopper?radius=50%25'],
  read,
};
