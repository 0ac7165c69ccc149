import t from 'tap';
import {
  type Color,
  contrast,
  flatten,
  formatColor,
  luminance,
  mix,
  over,
  parseColor,
  readableOn,
} from '../../src/options/color.ts';
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

t.test('the chosen ink reads well on every background', async (t) => {
  let worst = 21;
  for (const color of backgrounds()) worst = Math.min(worst, contrast(readableOn([color]), color));
  t.ok(worst >= 4.5, `worst contrast ${worst}`);
});

t.test('and on every colour of a gradient, where one ink can do that', async (t) => {
  const random = seeded(5);
  const any = (): Color => [
    Math.floor(random() * 256),
    Math.floor(random() * 256),
    Math.floor(random() * 256),
    255,
  ];
  let possible = 0;
  for (let i = 0; i < 3000; i++) {
    const colors = Array.from({ length: 2 + (i % 3) }, any);
    const worst = (ink: Color): number => Math.min(...colors.map((color) => contrast(ink, color)));
    const best = Math.max(worst(WHITE), worst(BLACK));
    const ink = worst(readableOn(colors));
    if (best >= 4.5) possible += 1;
    if (ink >= 4.5 || (best < 4.5 && ink >= best - 1e-9)) continue;
    t.fail(`${colors.map(formatColor)}: ${ink}, best ${best}`);
  }
  t.ok(possible > 500 && possible < 2900, `${possible} of 3000 are possible`);
});

t.test('on what is transparent an ink reads on white and on black', async (t) => {
  const ink = readableOn([[0, 0, 0, 0]]);
  t.ok(contrast(ink, WHITE) >= 4.5 && contrast(ink, BLACK) >= 4.5);
  t.ok(contrast(readableOn([[0, 0, 0, 20]]), WHITE) >= 4.5, 'a tint is seen on white');
});

t.test('themes', async (t) => {
  t.same(themeNamed('GRAY'), { background: [238, 238, 238, 255], foreground: [170, 170, 170, 255] });
  for (const name of THEME_NAMES) {
    const { background, foreground } = themeNamed(name) ?? { background: WHITE, foreground: WHITE };
    // The pair of holder.js is kept as its users know it.
    const least = ['gray', 'sky', 'lava'].includes(name) ? 2 : 4.5;
    t.ok(contrast(background, foreground) >= least, `${name} ${contrast(background, foreground)}`);
  }
  t.equal(themeNamed('constructor'), undefined);
});

t.test('a seed gives the same colours for ever, and most seeds different ones', async (t) => {
  const pair = (seed: string): string => {
    const { background, foreground } = createPlaceholderValue({ width: 1, seed });
    return [...background.colors, foreground].map(formatColor).join(' ');
  };
  const table: readonly (readonly [string, string])[] = [
    ['a', 'd09de1 4b3951'],
    ['b', '49701a e2e8da'],
    ['user@example.org', '761d80 ceaed1'],
    ['日本', '601c6c c6adca'],
    ['', 'e7a2d0 533a4b'],
  ];
  for (const [seed, expected] of table) t.equal(pair(seed), expected, seed);
  const many = Array.from({ length: 500 }, (_, i) => seededPair(String(i)));
  t.ok(new Set(many.map(({ background }) => formatColor(background))).size > 450);
  const worst = Math.min(...many.map(({ background, foreground }) => contrast(background, foreground)));
  t.ok(worst >= 4.5, `${worst}`);
  const dark = many.filter(({ background }) => luminance(background) < 0.2).length;
  t.ok(dark > 150 && dark < 350, `${dark} of 500 are dark`);
});
