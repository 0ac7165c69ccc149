import t from 'tap';
import { splitParagraph } from '../../src/label/breaks.ts';

/** A text, and its pieces: a space before one that a space parts from the last, `~` behind a soft hyphen. */
const PIECES: readonly (readonly [text: string, pieces: readonly string[]])[] = [
  ['one two three', ['one', ' two', ' three']],
  ['  one   two ', ['one', ' two']],
  ['at 600 × 400 px', ['at', ' 600\u00A0×\u00A0400', ' px']],
  ['well-known and/or 2024-05-06', ['well-', 'known', ' and/', 'or', ' 2024-05-06']],
  ['e-mail, x-ray, vitamin-C', ['e-mail,', ' x-ray,', ' vitamin-C']],
  ['wow! ok? (yes) “no”', ['wow!', ' ok?', ' (yes)', ' “no”']],
  ['https://example.com/ab/cd', ['https://', 'example.com/', 'ab/', 'cd']],
  ['100 km/h, n/a, A/B test', ['100', ' km/h,', ' n/a,', ' A/B', ' test']],
  ['--flag -x C++ $$$ and/or', ['--flag', ' -x', ' C++', ' $$$', ' and/', 'or']],
  ['soft\u00ADhyphen\u00ADation', ['soft~', 'hyphen~', 'ation']],
  ['日本語。「文」', ['日', '本', '語。', '「文」']],
  ['カット〜、ゴ゠ゴ', ['カッ', 'ト〜、', 'ゴ゠', 'ゴ']],
  ['全　角', ['全', ' 角']],
  ['zero\u200Bwidth \u200Bspace', ['zero', 'width', ' space']],
  ['한\u200B국', ['한', '국']],
  ['日本ABC語', ['日', '本', 'ABC', '語']],
  ['안녕하세요 세계', ['안녕하세요', ' 세계']],
  ['(주)카카오, Samsung전자 “안녕”하세요', ['(주)카카오,', ' Samsung전자', ' “안녕”하세요']],
  ['មិនអាចទេ។', ['មិន', 'អាច', 'ទេ។']],
  ['ကျေးဇူးတင်ပါတယ်။', ['ကျေးဇူးတင်', 'ပါ', 'တယ်။']],
  ['เร็วๆ ກກໆ', ['เร็วๆ', ' ກກໆ']],
  ['ภาษาไทยง่าย', ['ภาษา', 'ไทย', 'ง่าย']],
  ['ພາສາລາວ', ['ພາສາ', 'ລາວ']],
  ['a\uE000\uE001b', ['a', '\uE000', '\uE001', 'b']],
  ['葛\u{E0100}飾', ['葛\u{E0100}', '飾']],
  ['ɔ̃ко́д', ['ɔ̃ко́д']],
  ['', []],
];

t.test('a line may end where its language allows', async (t) => {
  for (const [text, expected] of PIECES) {
    const pieces = await splitParagraph(text);
    t.strictSame(
      pieces.map(
        ({ text, spaced, hyphenated }, i) => `${spaced && i > 0 ? ' ' : ''}${text}${hyphenated ? '~' : ''}`,
      ),
      expected,
      JSON.stringify(text),
    );
  }
});
