import t from 'tap';
import { isolate, isRtl } from '../../src/label/bidi.ts';
import { createCanvas } from '../../src/label/canvas.ts';
import { fitFonts, setFont } from '../../src/label/fonts.ts';
import { measureWith } from '../../src/label/measure.ts';

const SIZE = 100;

/** What a canvas really draws, in em. */
function drawn(
  text: string,
  rtl: boolean,
  font: ReturnType<typeof fitFonts>['font'],
): Record<'left' | 'right' | 'ascent' | 'descent', number> {
  const canvas = createCanvas(1800, 6 * SIZE);
  const context = canvas.getContext('2d');
  setFont(context, font, SIZE);
  context.fillText(isolate({ text, rtl }), SIZE, 3 * SIZE);
  const { data, width } = context.getImageData(0, 0, 1800, 6 * SIZE);
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
    ascent: 3 - found.top / SIZE,
    descent: found.bottom / SIZE - 3,
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
];

t.test('ink lies within the extents, and they are no wider than need be', async (t) => {
  for (const family of ['inter', 'roboto', 'pt-sans'] as const) {
    for (const source of TEXTS) {
      const rtl = isRtl(source);
      const { text, font } = fitFonts(source, family, 400);
      const told = measureWith(font, rtl)(text);
      const ink = drawn(text, rtl, font);
      const what = `${family} ${source}: ${JSON.stringify({ ...told })}, drawn ${JSON.stringify(ink)}`;
      const holds =
        told.left <= ink.left + 0.04 &&
        told.right >= ink.right - 0.04 &&
        told.ascent >= ink.ascent - 0.04 &&
        told.descent >= ink.descent - 0.04;
      t.ok(holds, what);
      t.ok(
        told.ascent < ink.ascent + 0.12 && told.descent < ink.descent + 0.12,
        `${source}: as high as its ink`,
      );
    }
  }
});
