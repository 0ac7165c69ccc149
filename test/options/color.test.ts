import t from 'tap';
import { difference } from '../../src/color/oklch.ts';
import { type Color, flatten, formatColor, mix, over, parseColor } from '../../src/options/color.ts';
import { apca, contrast, luminance, worstContrast } from '../../src/options/contrast.ts';
import { colorAt, gradientStops } from '../../src/options/gradient.ts';
import { LEAST_CONTRAST, readableOn } from '../../src/options/ink.ts';
import { createPlaceholderValue } from '../../src/options/options.ts';
import { seededPair, THEME_NAMES, themeNamed } from '../../src/options/themes.ts';
import { seeded } from '../helper/seeded.ts';

const WHITE: Color = [255, 255, 255, 255];
const BLACK: Color = [0, 0, 0, 255];

t.test('colours are read and spelled', async (t) => {
  const table: readonly (readonly [string, string])[] = [
    ['#FfF', 'ffffff'],
    ['1234', '11223344'],
    ['123f', '112233'],
    ['rebeccapurple', '663399'],
    ['grey', '808080'],
    ['Transparent', '00000000'],
    [' red ', 'ff0000'],
  ];
  for (const [given, spelled] of table) {
    t.equal(formatColor(parseColor(given, 'bg')), spelled, given);
    t.equal(formatColor(parseColor(spelled, 'bg')), spelled, 'a canonical spelling stays');
  }
  t.same(parseColor('red,0', 'bg', true), [255, 0, 0, 0]);
});

t.test('contrast is that of WCAG 2.2', async (t) => {
  t.equal(contrast(BLACK, WHITE), 21);
  t.equal(contrast(WHITE, WHITE), 1);
  t.equal(contrast([119, 119, 119, 255], WHITE).toFixed(2), '4.48', 'the well-known grey that just fails');
  t.equal(luminance([255, 0, 0, 255]), 0.2126);
});

t.test('colours over colours', async (t) => {
  t.same(mix(BLACK, WHITE, 0.5), [128, 128, 128, 255]);
  t.same(flatten([255, 0, 0, 0]), WHITE);
  t.same(over(WHITE, BLACK, 0), WHITE);
  t.same(over(WHITE, BLACK, 1), BLACK);
  t.same(
    over([0, 0, 0, 0], [255, 0, 0, 255], 0.5),
    [255, 0, 0, 128],
    'colour is not darkened by what is not there',
  );
  t.same(over([0, 0, 255, 255], [255, 0, 0, 128], 1), [128, 0, 127, 255]);
});

/** Every 15th step of each channel, and greys one by one. */
function* backgrounds(): Generator<Color> {
  for (let r = 0; r < 256; r += 15)
    for (let g = 0; g < 256; g += 15) for (let b = 0; b < 256; b += 15) yield [r, g, b, 255];
  for (let grey = 0; grey < 256; grey++) yield [grey, grey, grey, 255];
}

t.test('APCA has the values of its reference', async (t) => {
  const table: readonly (readonly [text: string, background: string, value: number])[] = [
    ['888', 'fff', 63.06],
    ['fff', '888', 68.54],
    ['000', 'aaa', 58.15],
    ['123', 'def', 91.67],
    ['123', '444', 8.32],
  ];
  for (const [text, background, value] of table) {
    const found = apca(parseColor(text, 'fg'), parseColor(background, 'bg'));
    t.ok(Math.abs(found - value) < 0.01, `${text} on ${background}: ${found}`);
  }
});

/** What a designer would take: a background, and whether its ink is dark. */
const INKS: readonly (readonly [background: string, isDark: boolean])[] = [
  ['cccccc', true],
  ['ff0000', false],
  ['0000ff', false],
  ['ff6347', true],
  ['ffff00', true],
  ['008000', false],
  ['808080', false],
  ['0ea5e9', true],
];

t.test('the chosen ink is near-black or near-white, and reads well on every background', async (t) => {
  for (const [background, isDark] of INKS) {
    const ink = readableOn([parseColor(background, 'bg')]);
    t.equal(luminance(ink) < 0.1, isDark, `${background}: ${formatColor(ink)}`);
    t.ok(luminance(ink) < 0.1 || luminance(ink) > 0.8);
  }
  let [worst, short] = [21, 0];
  for (const color of backgrounds()) {
    const ink = readableOn([color]);
    const ratio = contrast(ink, color);
    worst = Math.min(worst, ratio);
    // Less than 7:1 only of the strongest there is.
    if (ratio < 7 && !['000000', 'ffffff'].includes(formatColor(ink))) short += 1;
  }
  t.ok(worst >= LEAST_CONTRAST, `worst contrast ${worst}`);
  t.equal(short, 0);
});

t.test('and on every colour of a gradient, where one ink can do that', async (t) => {
  const random = seeded(5);
  const any = (): Color => [
    Math.floor(random() * 256),
    Math.floor(random() * 256),
    Math.floor(random() * 256),
    255,
  ];
  const unread = Array.from({ length: 3000 }, (_, i) => Array.from({ length: 2 + (i % 3) }, any)).filter(
    (colors) => {
      const best = Math.max(worstContrast(WHITE, colors), worstContrast(BLACK, colors));
      return best >= LEAST_CONTRAST && worstContrast(readableOn(colors), colors) < LEAST_CONTRAST;
    },
  );
  t.strictSame(unread, []);
});

t.test('a gradient is judged where its label lies', async (t) => {
  const ink = (options: object): string =>
    formatColor(createPlaceholderValue({ width: 600, height: 400, bg: '000-fff', ...options }).foreground);
  t.ok(luminance(parseColor(ink({ align: 'top' }), 'fg')) > 0.8);
  t.ok(luminance(parseColor(ink({ align: 'bottom' }), 'fg')) < 0.1);
});

t.test('where no ink reads on a pattern too, it suits the background', async (t) => {
  const ink = (options: object): Color =>
    createPlaceholderValue({ width: 600, height: 400, ...options }).foreground;
  for (const pattern of ['grid', 'dots', 'checker', 'cross']) {
    t.ok(luminance(ink({ bg: '222', pattern: `${pattern},fff` })) > 0.8, `light on dark ${pattern}`);
    t.ok(luminance(ink({ bg: 'eee', pattern: `${pattern},000` })) < 0.1, `dark on light ${pattern}`);
  }
  const [red, , blue] = ink({ bg: 'dbeafe', pattern: 'dots,fde68a' });
  t.ok(blue > red, 'the hint of a hue is the one of the background');
});

t.test('gradients are interpolated premultiplied', async (t) => {
  const [red, clear, blue]: Color[] = [
    [255, 0, 0, 255],
    [0, 0, 0, 0],
    [0, 0, 255, 255],
  ];
  t.strictSame(colorAt([red as Color, clear as Color], 0.5), [255, 0, 0, 128]);
  t.strictSame(colorAt([red as Color, blue as Color], 0.5), [128, 0, 128, 255]);
  t.strictSame(gradientStops([red as Color, clear as Color, blue as Color]), [
    { offset: 0, color: red },
    { offset: 0.5, color: [255, 0, 0, 0] },
    { offset: 0.5, color: [0, 0, 255, 0] },
    { offset: 1, color: blue },
  ]);
});

t.test('on what is transparent an ink reads on white and on black', async (t) => {
  const ink = readableOn([[0, 0, 0, 0]]);
  t.ok(contrast(ink, WHITE) >= 4.5 && contrast(ink, BLACK) >= 4.5);
  t.ok(contrast(readableOn([[0, 0, 0, 20]]), WHITE) >= 4.5, 'a tint is seen on white');
});

t.test('themes', async (t) => {
  t.same(themeNamed('GRAY')?.background, [238, 238, 238, 255]);
  for (const name of THEME_NAMES) {
    const { background, foreground } = themeNamed(name) ?? { background: WHITE, foreground: WHITE };
    t.ok(contrast(background, foreground) >= 4.5, `${name} ${contrast(background, foreground)}`);
  }
  t.equal(themeNamed('constructor'), undefined);
});

t.test('a seed gives the same colours for ever, and neighbours on a page different ones', async (t) => {
  const pair = (seed: string): string => {
    const { background, foreground } = createPlaceholderValue({ width: 1, seed });
    return [...background.colors, foreground].map(formatColor).join(' ');
  };
  const table: readonly (readonly [string, string])[] = [
    ['a', '835cbe ffffff'],
    ['user@example.org', '835cbe ffffff'],
    ['日本', '008683 ffffff'],
    ['', '835cbe ffffff'],
    ['card-1', '004239 e8f3f0'],
  ];
  for (const [seed, expected] of table) t.equal(pair(seed), expected, seed);
  const background = (seed: string): Color => seededPair(seed).background;
  const nearest = (seeds: readonly string[]): number =>
    Math.min(
      ...seeds.flatMap((one, i) =>
        seeds.slice(0, i).map((other) => difference(background(one), background(other))),
      ),
    );
  const pages = Array.from({ length: 200 }, (_, page) =>
    Array.from({ length: 8 }, (_, i) => `page ${page} card-${i + 1}`),
  );
  const least = Math.min(...pages.map(nearest));
  t.ok(least > 0.06, `${least}`);
  const many = Array.from({ length: 500 }, (_, i) => seededPair(`name ${i}x`));
  const worst = Math.min(...many.map(({ background, foreground }) => contrast(background, foreground)));
  t.ok(worst >= LEAST_CONTRAST, `${worst}`);
  const dark = many.filter(({ background }) => luminance(background) < 0.2).length;
  t.ok(dark > 150 && dark < 350, `${dark} of 500 are dark`);
});
