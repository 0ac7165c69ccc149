import t from 'tap';
import { isolate, isRtl, visualRuns } from '../../src/label/bidi.ts';
import { GlobalFonts } from '../../src/label/canvas.ts';
import { fitFonts } from '../../src/label/fonts.ts';
import { splitGraphemes } from '../../src/label/wrap.ts';
import { FONT_NAMES, FONTS, nearestWeight } from '../../src/options/font-table.ts';

const families = (): string[] => GlobalFonts.families.map(({ family }) => family);
const BEFORE = families();

/** The families that labels made known to the canvas. */
const registered = (): string[] => families().filter((family) => !BEFORE.includes(family));

/** The faces of a text, without what all their names have in common. */
function facesOf(text: string, font: (typeof FONT_NAMES)[number] = 'inter', weight = 600): string[] {
  const names = fitFonts(text, font, weight).font.families.split(',');
  return names.map((name) => /^"greybox (.+)-(?:wght|\d+)-normal"$/.exec(name)?.[1] ?? name);
}

t.test('no font is loaded before a text needs it, and under no name but our own', async (t) => {
  t.strictSame(registered(), []);
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
      Array.from(splitGraphemes(text)).every((letter) => font.drawingOf(letter)?.marks.length === 0),
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

t.test('Han is drawn as a language is said', async (t) => {
  const table = { ja: 'jp', ko: 'kr', 'zh-hans': 'sc', 'zh-hant': 'tc' };
  for (const [lang, family] of Object.entries(table)) {
    const { font } = fitFonts('直かな', 'inter', 600, { lang });
    t.match(font.drawingOf('直')?.font.families, new RegExp(`^"greybox noto-sans-${family}-`), lang);
  }
});

t.test('Arabic is drawn as Nastaliq where it is Urdu', async (t) => {
  const face = (lang?: string): string | undefined =>
    fitFonts('اردو ہے', 'inter', 600, { lang }).font.drawingOf('ے')?.font.families;
  t.equal(face('ur'), '"greybox noto-nastaliq-urdu-arabic-wght-normal"');
  t.equal(face(), '"greybox noto-sans-arabic-arabic-wght-normal"');
});

/** The face that draws a grapheme, and the faces of the marks that are placed on it. */
function drawingOf(text: string, family: (typeof FONT_NAMES)[number] = 'inter'): string {
  const drawing = fitFonts(text, family, nearestWeight(family, 600)).font.drawingOf(text);
  const names = [drawing?.font, ...(drawing?.marks ?? []).map(({ font }) => font)];
  return names
    .map((font) => /^"greybox (.+?)(?:-(?:wght|\d+)-normal)?"$/.exec(font?.families ?? '')?.[1])
    .join(' + ');
}

t.test('a base and its marks come from one face, or are put together', async (t) => {
  const table: readonly (readonly [grapheme: string, faces: string])[] = [
    ['x\u030C', 'InterVariable'],
    ['ɔ\u0303', 'InterVariable'],
    // Inter has the letter and the mark, but does not know where on a Cyrillic letter a mark goes.
    ['а\u0301', 'inter-cyrillic + inter-cyrillic'],
    ['р\u0300', 'inter-cyrillic + inter-vietnamese'],
    ['α\u0302', 'inter-greek + InterVariable'],
    ['і\u0301', 'inter-cyrillic'],
    ['A\u20DD', 'InterVariable'],
    ['\u25CC\u0308', 'noto-sans-arabic-math'],
    ['é', 'inter-latin'],
    ['ế', 'inter-vietnamese'],
  ];
  for (const [grapheme, faces] of table) t.equal(drawingOf(grapheme), faces, grapheme);
});

t.test('all voiced kana of half width are drawn, whether one face has both halves or not', async (t) => {
  const voiced = [...'ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎｳ', ...'ﾜｦ'].map((kana) => `${kana}ﾞ`);
  const half = [...voiced, ...[...'ﾊﾋﾌﾍﾎ'].map((kana) => `${kana}ﾟ`)];
  t.equal(half.length, 28);
  for (const kana of half) {
    const { text, font } = fitFonts(kana, 'inter', 600);
    t.equal(text, kana);
    const drawing = font.drawingOf(kana);
    t.equal(`${drawing?.text}${drawing?.next?.text ?? ''}`, kana, kana);
  }
});

t.test('a glyph that shows another character is not used', async (t) => {
  t.equal(drawingOf('₽', 'pt-sans'), 'pt-sans-latin-ext');
  for (const sign of '₶₷₹₺₻₼₾₿') t.notMatch(drawingOf(sign, 'pt-sans'), /pt-sans/, sign);
  t.notMatch(drawingOf('ʼ', 'raleway'), /raleway/);
});

t.test('symbols are found in whatever file has them', async (t) => {
  const { text } = fitFonts('H₂O x⁵ aⁿ ⅞ ℝ ℕ ⟨x⟩ ∛ ⟶ ↩ ↦ ⇥ 𝐀𝔻 ⋮ ⅓ ⅔ ‽ ℗ ℠ ‱ 𝄞', 'inter', 600);
  t.notMatch(text, /\uFFFD/);
});

t.test('marks that are lines need no font', async (t) => {
  const { font } = fitFonts('a\u0336b\u0332c\u0305', 'inter', 600);
  t.match(font.drawingOf('a\u0336'), { text: 'a', marks: [], rules: '\u0336' });
  t.match(font.drawingOf('b\u0332'), { text: 'b', marks: [], rules: '\u0332' });
  t.notOk(font.plain);
});

t.test('what a family lacks comes from another, the rest stays its own', async (t) => {
  const { font } = fitFonts('aПя', 'poppins', 600);
  t.match(font.families, /poppins-latin-600.*(?:inter|noto-sans)-cyrillic/);
  t.not(font.drawingOf('a')?.font.families, font.drawingOf('П')?.font.families);
  t.equal(font.drawingOf('П')?.font.families, font.drawingOf('я')?.font.families);
});

t.test('the fonts of a text do not depend on the texts before it', async (t) => {
  const texts = ['Hello', 'Việt', '漢字', '漢字かな', 'a مرحبا', '\u{10FFFD}'];
  const before = texts.map((text) => fitFonts(text, 'lora', 500).font.families);
  for (const text of ['ไทย', '안녕', 'Привет', 'ქართული', ...texts]) fitFonts(text, 'inter', 600);
  t.strictSame(
    texts.map((text) => fitFonts(text, 'lora', 500).font.families),
    before,
  );
});

t.test('what no font has becomes U+FFFD, once a grapheme', async (t) => {
  const table: readonly (readonly [string, string])[] = [
    ['a\u{12000}\u0301b', 'a\uFFFDb'],
    ['\u{12000}\u{12000}', '\uFFFD\uFFFD'],
    ['\uE000x', '\uFFFDx'],
    ['\u{10FFFD}', '\uFFFD'],
    ['a\nb', 'a\nb'],
    ['a\u1680b', 'a b'],
  ];
  for (const [text, expected] of table) {
    const { text: fitted, font } = fitFonts(text, 'inter', 600);
    t.equal(fitted, expected, JSON.stringify(text));
    if (expected.includes('\uFFFD')) t.ok(font.drawingOf('\uFFFD'));
  }
});

t.test('what draws nothing needs no glyph and is not given one', async (t) => {
  for (const one of ['\u034F', '\u180B', '\uFE0F', '\u{E0100}', '\u200D', '\u{E0062}', '\u3164', '\u17B4']) {
    t.equal(fitFonts(one, 'inter', 600).text, '', `U+${one.codePointAt(0)?.toString(16)} by itself`);
    const { text, font } = fitFonts(`葛${one}`, 'inter', 600);
    t.notMatch(text, /\uFFFD/);
    t.match(font.drawingOf(splitGraphemes(text)[0] ?? '')?.text, /^葛\p{Default_Ignorable_Code_Point}?$/u);
  }
  t.equal(fitFonts('a\u200Bb', 'inter', 600).text, 'a\u200Bb', 'where a line may be broken is kept');
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

/** A line, parted at stand-ins. */
const parts = (line: string): string[] => line.split(/([\uE000-\uF8FF])/).filter(Boolean);

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
      visualRuns(parts(line), rtl).map(({ text }) => text),
      seen,
      line,
    );
  for (const { rtl } of visualRuns(parts(`א${A}`), true)) t.equal(rtl, true);
});

t.test('text that runs to the left is isolated for the canvas', async (t) => {
  t.equal(isolate({ text: 'א ', rtl: true }), '\u2067א \u2069\u200E');
  t.equal(isolate({ text: 'a ', rtl: false }), 'a ');
});
