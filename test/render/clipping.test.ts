import sharp from 'sharp';
import t from 'tap';
import { FONT_NAMES } from '../../src/options/font-table.ts';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { render } from '../../src/render/render.ts';
import { seeded } from '../helper/seeded.ts';

/** Pictures of one run, and pixels above which a picture is too slow to be one of them. */
const PICTURES = 200;
const MOST_PIXELS = 400_000;
const SEED = 20_261_121;

/** In all the scripts; high accents, deep tails, long words, emoji, both directions. */
const TEXTS = [
  '{width} × {height}',
  'jgpqy ÅÉÎ WAVE fjord',
  'A longer label that has to wrap over lines',
  'Donaudampfschifffahrtsgesellschaft',
  'one\ntwo\nthree',
  'Ελληνικά Άγγελος',
  'Привет, Ёлка',
  'Tiếng Việt ẾỆỖ',
  'ǺỆÇŞ',
  '你好，世界。「ー」',
  'こんにちは世界',
  '안녕하세요 세계',
  'مرحبا بالعالم',
  'שָׁלוֹם עולם',
  'नमस्ते दुनिया क्षि',
  'বাংলা লেখা',
  'தமிழ் எழுத்து',
  'ภาษาไทย น้ำ ปี่',
  'ქართული Հայերեն',
  '🎉 Party 👩‍👩‍👧',
  'abc שלום 123 🎉 مرحبا',
  'Latin 中文 عربي mixed',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
  '— | … _',
  'за́мок ю́ Ѓ́ р̣̀',
  'A⃝ i⃝ ɔ̃ x̌',
  'a̶b̶c̶ d̲e̲f̲ g̅',
  'తెలుగు స్త్రీ',
  'മലയാളം ക്ഷേത്രം',
  'ស្ត្រី ភាសាខ្មែរ',
  'မြန်မာ ကြွယ်',
  'བོད་སྐད་ རྒྱུ ཧཱུྃ',
  'ᠮᠣᠩᠭᠣᠯ',
  'ދިވެހި ܣܘܪܝܝܐ 𞤀𞤣𞤤𞤢𞤥',
  '𝄞 ℝ ⅓ ‽ H₂O x⁵',
  'ﷺ ﷽',
];

function randomOptions(random: () => number): RenderOptions {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const upTo = (most: number): number => Math.floor(random() * most);
  const side = (): number => Math.round(2000 ** random());
  let [width, height] = [side(), side()];
  while (width * height > MOST_PIXELS) [width, height] = [side(), side()];
  const scale = random() < 0.3 && width * height * 9 < MOST_PIXELS ? pick([2, 3]) : 1;
  return {
    width,
    height,
    scale,
    text: pick(TEXTS),
    font: pick(FONT_NAMES),
    weight: pick([100, 400, 600, 900]),
    ...(random() < 0.4 && { size: 4 + upTo(200) }),
    ...(random() < 0.3 && { border: `${upTo(30)},ff0000` }),
    ...(random() < 0.3 && { radius: `${upTo(100)}%` }),
    bg: 'ffffff',
    fg: '000000',
  };
}

interface Decoded {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

async function decode(options: RenderOptions): Promise<Decoded> {
  const body = await render(createPlaceholderValue(options));
  const image = sharp(body).flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha().raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Whether a pixel is anything but background. */
const isInk = ({ data, width }: Decoded, x: number, y: number): boolean => {
  const at = (y * width + x) * 3;
  return Math.min(data[at] as number, data[at + 1] as number, data[at + 2] as number) < 250;
};

/** Sides on which ink touches the frame that lies `inset` pixels within the picture. */
function touchedSides(picture: Decoded, inset: number): string {
  const [right, bottom] = [picture.width - 1 - inset, picture.height - 1 - inset];
  const touched = new Set<string>();
  for (let x = inset; x <= right; x++) {
    if (isInk(picture, x, inset)) touched.add('top');
    if (isInk(picture, x, bottom)) touched.add('bottom');
  }
  for (let y = inset; y <= bottom; y++) {
    if (isInk(picture, inset, y)) touched.add('left');
    if (isInk(picture, right, y)) touched.add('right');
  }
  return [...touched].join(' ');
}

t.test('no ink touches the edge or the border', async (t) => {
  t.comment(`seed ${SEED}`);
  const random = seeded(SEED);
  let labelled = 0;
  for (let i = 0; i < PICTURES; i++) {
    const options = randomOptions(random);
    const { border, scale } = createPlaceholderValue(options);
    const inset = border.width * scale;
    // Round corners end at white, which is what they are cut out of: they are looked at without.
    const picture = await decode({ ...options, radius: 0 });
    if (picture.width <= 2 * inset || picture.height <= 2 * inset) continue;
    const sides = touchedSides(picture, inset);
    if (sides) t.fail(`${sides}: picture ${i}, ${JSON.stringify(options)}`);
    const rounded = touchedSides(await decode({ ...options, border: 0 }), 0);
    if (rounded) t.fail(`${rounded}: picture ${i}, rounded, ${JSON.stringify(options)}`);
    for (let at = 0; at < picture.data.length; at += 3) {
      if ((picture.data[at] as number) < 128) {
        labelled += 1;
        break;
      }
    }
  }
  t.ok(labelled > PICTURES / 4, `${labelled} of ${PICTURES} have a label`);
});

t.test('no ink is lost where only the box of the label is drawn', async (t) => {
  t.comment(`seed ${SEED + 1}`);
  const random = seeded(SEED + 1);
  for (let i = 0; i < PICTURES / 2; i++) {
    const { border: _border, radius: _radius, ...options } = randomOptions(random);
    const boxed = await decode(options);
    // Two whites that are hardly two: the whole picture is drawn in full colour.
    const whole = await decode({ ...options, bg: 'ffffff,fffffe' });
    const lost = boxed.data.findIndex((byte, at) => Math.abs(byte - (whole.data[at] as number)) > 40);
    if (lost >= 0) t.fail(`byte ${lost}: picture ${i}, ${JSON.stringify(options)}`);
  }
  t.pass('compared');
});
