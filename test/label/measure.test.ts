import t from 'tap';
import { isRtl } from '../../src/label/bidi.ts';
import { createCanvas } from '../../src/label/canvas.ts';
import { fitFonts } from '../../src/label/fonts.ts';
import { measureWith } from '../../src/label/measure.ts';
import { drawText, splitLines } from '../../src/label/runs.ts';
import { nearestWeight } from '../../src/options/font-table.ts';

const SIZE = 100;
const WIDTH = 1800;

/** What is really drawn, in em. */
async function drawn(
  text: string,
  rtl: boolean,
  font: ReturnType<typeof fitFonts>['font'],
): Promise<Record<'left' | 'right' | 'ascent' | 'descent', number>> {
  const context = createCanvas(WIDTH, 8 * SIZE).getContext('2d');
  drawText(context, await splitLines([{ text, rtl, x: SIZE, y: 5 * SIZE }], SIZE, font, new Map()));
  const { data, width } = context.getImageData(0, 0, WIDTH, 8 * SIZE);
  const found = { left: width, right: 0, top: width, bottom: 0 };
  for (let i = 3; i < data.length; i += 4) {
    if ((data[i] as number) < 40) continue;
    const [x, y] = [((i - 3) / 4) % width, Math.floor((i - 3) / 4 / width)];
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x + 1);
    found.top = Math.min(found.top, y);
    found.bottom = Math.max(found.bottom, y + 1);
  }
  return {
    left: found.left / SIZE - 1,
    right: found.right / SIZE - 1,
    ascent: 5 - found.top / SIZE,
    descent: found.bottom / SIZE - 5,
  };
}

/** Marks, letters that are taken apart, several faces and directions: where the canvas alone tells too little. */
const TEXTS = [
  '600 × 400',
  'jgÅ',
  'ẾỆỖ',
  'Tiếng Việt',
  'ǺỆÇŞ',
  'عربي',
  'שָׁלוֹם',
  'कि न्दी',
  'বাংলা',
  'தமிழ்',
  'น้ำ ปี่',
  '漢字 か',
  'Latin عربي',
  'за́мок',
  'Ѓ́ р̣̀ ю́',
  'A⃝ i⃝',
  'a̶b̶ c̳ d̅',
  'తెలుగు స్త్రీ',
  'ស្ត្រី ភាសា',
  'བོད་ རྒྱུ',
  'မြန်မာ ကြွယ်',
  'ܣܘܪܝܝܐ',
  'ދިވެހި',
  '𞤀𞤣𞤤𞤢𞤥',
  'عربي за́мок 漢',
];

t.test('ink lies within the extents, and they are no wider than need be', async (t) => {
  for (const family of ['inter', 'roboto', 'pt-sans'] as const) {
    for (const source of TEXTS) {
      const rtl = isRtl(source);
      const { text, font } = fitFonts(source, family, nearestWeight(family, 400));
      const { advance, left, right, ascent, descent } = measureWith(font, rtl)(text);
      const told = { advance, left, right, ascent, descent };
      const ink = await drawn(text, rtl, font);
      const what = `${family} ${source}: ${JSON.stringify(told)}, drawn ${JSON.stringify(ink)}`;
      const holds =
        left <= ink.left + 0.04 &&
        right >= ink.right - 0.04 &&
        ascent >= ink.ascent - 0.04 &&
        descent >= ink.descent - 0.04;
      t.ok(holds, what);
      t.ok(ascent < ink.ascent + 0.12 && descent < ink.descent + 0.12, `as high as its ink: ${what}`);
    }
  }
});

t.test('Urdu in Nastaliq lies within its extents', async (t) => {
  const { text, font } = fitFonts('خوبصورت ہے', 'inter', 600, { lang: 'ur' });
  const { left, right, ascent, descent } = measureWith(font, true)(text);
  const ink = await drawn(text, true, font);
  t.ok(left <= ink.left + 0.04 && right >= ink.right - 0.04, JSON.stringify({ left, right, ink }));
  t.ok(
    ascent >= ink.ascent - 0.04 && descent >= ink.descent - 0.04,
    JSON.stringify({ ascent, descent, ink }),
  );
});
