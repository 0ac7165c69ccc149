import t from 'tap';
import { defaultText, parseText } from '../../src/options/text.ts';

const read = (text: string): string => parseText(text, 600, 400);

const FAMILY = '👨‍👩‍👧‍👦';
const SYLLABLE = '한'.normalize('NFD');

t.test('a label may have 300 characters as a reader counts them', async (t) => {
  const table: readonly (readonly [what: string, text: string])[] = [
    ['letters', 'a'.repeat(300)],
    ['43 families of 7 code points', FAMILY.repeat(43)],
    ['285 families', FAMILY.repeat(285)],
    ['101 syllables in NFD', SYLLABLE.repeat(101)],
    ['300 syllables in NFD', SYLLABLE.repeat(300)],
    ['300 letters in NFD, four code points each', 'ᾧ'.normalize('NFD').repeat(300)],
    ['flags', '🇫🇷'.repeat(300)],
    ['one letter with 1,999 marks', `a${'\u0338'.repeat(1999)}`],
    ['line ends count', `${'ab\n'.repeat(19)}${'a'.repeat(243)}`],
  ];
  for (const [what, text] of table) t.equal(read(text), text.normalize('NFC'), what);
});

t.test('and no more', async (t) => {
  const table: readonly (readonly [what: string, text: string, meaning: RegExp])[] = [
    ['letters', 'a'.repeat(301), /\(more than 300 characters\)$/],
    ['syllables in NFD', SYLLABLE.repeat(301), /\(more than 300 characters\)$/],
    ['filled in', '{ratio}'.repeat(101), /\(more than 300 characters\)$/],
    ['families', FAMILY.repeat(286), /\(2002 code points, more than 2000\)$/],
    ['marks', `a${'\u0338'.repeat(2000)}`, /\(2001 code points, more than 2000\)$/],
    ['units', 'a'.repeat(8001), /\(more than 2000 code points\)$/],
    ['lines', 'a\n'.repeat(20), /\(21 lines\)$/],
  ];
  for (const [what, text, message] of table)
    t.throws(() => read(text), { code: 'invalid-option', parameter: 'text', message }, what);
});

t.test('what is not seen goes, unless it changes what is', async (t) => {
  const table = [
    ['a\u2060b\uFEFFc\u200Ed\u202Ee', 'abcde'],
    ['co\u00ADoperate', 'co\u00ADoperate'],
    [FAMILY, FAMILY],
    ['❤\uFE0F', '❤\uFE0F'],
    ['نمی\u200Cخواهم', 'نمی\u200Cخواهم'],
    ['a\u200Bb', 'a\u200Bb'],
    ['\u00AD\u200D\uFE0F\n \u2060', ''],
    ['\\n', ''],
    [' a  b \t\n c ', 'a b\nc'],
    ['\\\u2060n{wid\u200Eth}', '\n600'],
  ] as const;
  for (const [given, text] of table) t.equal(read(given), text, JSON.stringify(given));
  t.equal(defaultText(600, 400), '600 × 400');
});

t.test('one text in two forms of normalisation is one', async (t) => {
  for (const text of ['é', '한글', 'ᾧ', `a${'\u0301\u0323'.repeat(20)}`])
    t.equal(read(text.normalize('NFD')), read(text.normalize('NFC')), text);
});
