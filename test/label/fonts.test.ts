import t from 'tap';
import { isolate, isRtl, visualRuns } from '../../src/label/bidi.ts';
import { GlobalFonts } from '../../src/label/canvas.ts';
import { fitFonts } from '../../src/label/fonts.ts';
import { FONT_NAMES, FONTS } from '../../src/options/font-table.ts';

/** The families known to the canvas, without the names that font files give themselves. */
const registered = (): string[] =>
  GlobalFonts.families.map(({ family }) => family).filter((family) => family.startsWith('greybox '));

/** The faces of a text, without what all their names have in common. */
function facesOf(text: string, font: (typeof FONT_NAMES)[number] = 'inter', weight = 600): string[] {
  const names = fitFonts(text, font, weight).font.families.split(',');
  return names.map((name) => /^"greybox (.+)-(?:wght|\d+)-normal"$/.exec(name)?.[1] ?? name);
}

t.test('no font is loaded before a text needs it, and none of the machine at all', async (t) => {
  t.strictSame(GlobalFonts.families, []);
  fitFonts('Hello', 'inter', 600);
  t.strictSame(registered(), ['greybox inter-latin-wght-normal']);
  fitFonts('Hello Привет', 'inter', 600);
  fitFonts('World', 'inter', 300);
  t.strictSame(registered().sort(), [
    'greybox inter-cyrillic-wght-normal',
    'greybox inter-latin-wght-normal',
  ]);
});

t.test('each script finds the face that has it', async (t) => {
  const table: readonly (readonly [text: string, face: RegExp])[] = [
    ['Ελληνικά', /^inter-greek$/],
    ['Привет', /^inter-cyrillic$/],
    ['ế', /^inter-vietnamese$/],
    ['مرحبا', /^noto-sans-arabic-arabic$/],
    ['שלום', /^noto-sans-hebrew-hebrew$/],
    ['नमस्ते', /^noto-sans-devanagari-devanagari$|^noto-sans-devanagari$/],
    ['বাংলা', /^noto-sans-bengali-bengali$/],
    ['தமிழ்', /^noto-sans-tamil-tamil$/],
    ['ไทย', /^noto-sans-thai-thai$/],
    ['ქართული', /^noto-sans-georgian-georgian$/],
    ['Հայերեն', /^noto-sans-armenian-armenian$/],
    ['你好', /^noto-sans-sc-/],
    ['こんにちは', /^noto-sans-jp-/],
    ['안녕', /^noto-sans-kr-/],
    ['∑', /^(?:inter|noto-sans)/],
  ];
  for (const [text, face] of table) {
    const { font, text: fitted } = fitFonts(text, 'inter', 600);
    t.equal(fitted, text, `${text}: every character has a glyph`);
    t.ok(
      facesOf(text).some((name) => face.test(name)),
      `${text}: ${facesOf(text)}`,
    );
    t.ok(
      Array.from(text).every((letter) => font.faceOf(letter) !== undefined),
      text,
    );
  }
});

t.test('Han is drawn as its neighbours tell', async (t) => {
  t.ok(
    facesOf('漢字').every((name) => !name.startsWith('noto-sans-jp')),
    'alone it is Chinese',
  );
  t.ok(
    facesOf('漢字かな').some((name) => name.startsWith('noto-sans-jp')),
    'beside kana it is Japanese',
  );
  t.notOk(facesOf('漢字かな').some((name) => name.startsWith('noto-sans-sc')));
  t.ok(
    facesOf('漢字한글').some((name) => name.startsWith('noto-sans-kr')),
    'beside hangul it is Korean',
  );
});

t.test('every family draws letters with its own face', async (t) => {
  for (const name of FONT_NAMES) {
    const family = FONTS[name].package.split('/')[1] as string;
    const [weight = 400] = FONTS[name].weights;
    t.strictSame(facesOf('Hello 600 × 400…', name, weight), [`${family}-latin`], name);
  }
});

t.test('what a family lacks comes from another, the rest stays its own', async (t) => {
  const { font } = fitFonts('aПя', 'poppins', 600);
  t.match(font.families, /poppins-latin-600.*(?:inter|noto-sans)-cyrillic/);
  t.not(font.faceOf('a'), font.faceOf('П'));
  t.equal(font.faceOf('П'), font.faceOf('я'));
});

t.test(
  'a family asks its rare subsets first: they have letters that the common one would take apart',
  async (t) => {
    t.strictSame(facesOf('Việt', 'roboto'), ['roboto-vietnamese', 'roboto-latin']);
  },
);

t.test('the fonts of a text do not depend on the texts before it', async (t) => {
  const texts = ['Hello', 'Việt', '漢字', '漢字かな', 'a مرحبا', '\u{10FFFD}'];
  const before = texts.map((text) => fitFonts(text, 'lora', 500).font.families);
  for (const text of ['ไทย', '안녕', 'Привет', 'ქართული', ...texts]) fitFonts(text, 'inter', 600);
  t.strictSame(
    texts.map((text) => fitFonts(text, 'lora', 500).font.families),
    before,
  );
});

t.test('what no font has becomes U+FFFD, which one has', async (t) => {
  const table: readonly (readonly [string, string])[] = [
    ['a\u{1F9FF}\u{E0100}', 'a\uFFFD\uFFFD'],
    ['\u{12000}', '\uFFFD'],
    ['\uE000x', '\uFFFDx'],
    ['\u{10FFFD}', '\uFFFD'],
    ['e\u200D\uFE0F', 'e\u200D\uFE0F'],
    ['a\nb', 'a\nb'],
  ];
  for (const [text, expected] of table) {
    const { text: fitted, font } = fitFonts(text, 'inter', 600);
    t.equal(fitted, expected, JSON.stringify(text));
    if (expected.includes('\uFFFD')) t.type(font.faceOf('\uFFFD'), 'number');
  }
  const kept = fitFonts('\uE000', 'inter', 600, (character) => character === '\uE000');
  t.equal(kept.text, '\uE000', 'what is drawn by other means is kept');
});

t.test('the first letter decides a direction', async (t) => {
  const table: readonly (readonly [string, boolean])[] = [
    ['abc שלום', false],
    ['שלום abc', true],
    ['123 مرحبا', true],
    ['123', false],
    ['', false],
    ['… مرحبا', true],
    ['日本 مرحبا', false],
  ];
  for (const [text, rtl] of table) t.equal(isRtl(text), rtl, text);
});

/** Stand-ins for two emoji. */
const [A, B] = ['\uE000', '\uE001'];

t.test('runs are in the order in which they are seen', async (t) => {
  const table: readonly (readonly [line: string, rtl: boolean, seen: readonly string[]])[] = [
    ['plain', false, ['plain']],
    ['مرحبا abc', true, ['مرحبا abc']],
    [`a${A}b`, false, ['a', A, 'b']],
    [`${A}${B}`, false, [A, B]],
    [`${A} ${B}`, false, [A, ' ', B]],
    [`שלום${A}`, true, [A, 'שלום']],
    [`${A}שלום`, true, ['שלום', A]],
    [`א${A}ב${B}`, true, [B, 'ב', A, 'א']],
    [`abc ${A} שלום ${B} def`, false, ['abc ', A, ' ', 'שלום', ' ', B, ' def']],
    [`אב 12 ${A}`, true, [A, ' ', '12', 'אב ']],
  ];
  for (const [line, rtl, seen] of table)
    t.strictSame(
      visualRuns(line, rtl).map(({ text }) => text),
      seen,
      line,
    );
  for (const { rtl } of visualRuns(`א${A}`, true)) t.equal(rtl, true);
});

t.test('text that runs to the left is isolated for the canvas', async (t) => {
  t.equal(isolate({ text: 'א ', rtl: true }), '\u2067א \u2069\u200E');
  t.equal(isolate({ text: 'a ', rtl: false }), 'a ');
});
