import fc, { type Arbitrary } from 'fast-check';
import { EXTENSIONS } from '../../src/formats.ts';
import { PATTERNS } from '../../src/options/choices.ts';
import { FONT_NAMES } from '../../src/options/font-table.ts';
import { NAMED_SIZES } from '../../src/options/named-sizes.ts';
import type { Described } from '../../src/options/option.ts';
import { OPTION_NAMES, OPTIONS } from '../../src/options/option-table.ts';
import type { OptionName } from '../../src/options/options.ts';

/** Sides small enough to be drawn by the hundred. */
const SIDE = fc.integer({ min: 1, max: 160 });
const RATIO = fc.constantFrom('16:9', '1:1', '4:3', '1.91:1', '0016:9', '1:0', '99999:1');
const SIZE = fc.oneof(
  {
    arbitrary: fc.tuple(SIDE, fc.constantFrom('x', 'x', 'X', '%C3%97'), SIDE).map((sides) => sides.join('')),
    weight: 6,
  },
  { arbitrary: SIDE.map(String), weight: 2 },
  fc.tuple(SIDE, RATIO).map((sides) => sides.join('x')),
  fc.tuple(RATIO, SIDE).map((sides) => sides.join('X')),
  fc.constantFrom(...Object.keys(NAMED_SIZES).filter((name) => /button|banner|bar|icon$/.test(name))),
);
const SCALE = fc.constantFrom('', '', '', '@1x', '@2x', '@03X', '@5x', '@x');
/** Before the extension. */
const LATE_SCALE = fc.constantFrom('', '', '', '', '', '', '', '', '@2x', '@2');
const HEX = fc
  .constantFrom(3, 4, 6, 8)
  .chain((length) =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdefF'), minLength: length, maxLength: length }),
  );
const COLOR = fc.oneof(
  { arbitrary: HEX, weight: 4 },
  HEX.map((hex) => `#${hex}`),
  fc.constantFrom('white', 'RED', 'transparent', 'rebeccapurple', '12345', 'constructor'),
);
const PATH_COLOR = fc.oneof(
  { arbitrary: COLOR, weight: 3 },
  fc.tuple(COLOR, fc.integer({ min: 0, max: 300 })).map((parts) => parts.join(',')),
);
const colors = (one: Arbitrary<string>): Arbitrary<string> =>
  fc.oneof(
    { arbitrary: one, weight: 3 },
    fc.array(one, { minLength: 1, maxLength: 5 }).map((all) => all.join('-')),
  );

/** Text of all planes, controls and halves of surrogate pairs too, and what the grammar itself is made of. */
const TEXT = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        '\\n',
        '\n',
        '{width}',
        '{ratio}',
        '\\',
        'n',
        '\u202E',
        '\u2060',
        'אב',
        '漢',
        'é',
        ' ',
        '\t',
        '<&">',
        '🇫🇷',
        '👍🏽',
        '\u0301',
      ),
      {
        maxLength: 30,
      },
    )
    .map((parts) => parts.join('')),
);

const whole = (min: number, max: number): Arbitrary<string> => fc.integer({ min, max }).map(String);

/** Values about as good as a form would offer, and some that it would not. */
function offered({ control }: Described): Arbitrary<string> {
  if (control.kind === 'integer') return whole(Math.max(0, control.min - 1), control.max + 1);
  if (control.kind === 'choice') return fc.constantFrom(...control.choices, 'nothing');
  if (control.kind === 'text') return TEXT;
  return control.kind === 'colour' ? COLOR : fc.constantFrom('true', 'false', 'maybe');
}

/** Values of options that take more than their control offers. */
const MORE: Readonly<Partial<Record<OptionName, Arbitrary<string>>>> = {
  bg: fc.oneof(
    colors(COLOR),
    fc.tuple(COLOR, COLOR).map((pair) => pair.join(',')),
  ),
  font: fc.constantFrom(...FONT_NAMES, 'Source Sans Pro', 'comic'),
  weight: fc.oneof(whole(99, 901), fc.constant('bold')),
  format: fc.constantFrom(...EXTENSIONS, 'json', 'auto', 'bmp'),
  radius: fc.oneof(
    whole(0, 2001),
    whole(0, 101).map((n) => `${n}%`),
    fc.constant('1.25'),
    fc.array(whole(0, 90), { minLength: 3, maxLength: 5 }).map((four) => four.join(',')),
  ),
  border: fc.oneof(
    whole(0, 40),
    fc.tuple(whole(0, 40), COLOR).map((parts) => parts.join(',')),
  ),
  scene: fc.constantFrom('mesh', 'hills', 'waves', 'skyline', 'bokeh', 'face', 'desert'),
  icon: fc.constantFrom('image', 'camera', 'shopping-cart', 'Image', 'no-such-icon'),
  blur: whole(0, 11),
  grayscale: fc.constantFrom('on', 'off', 'true', '1', 'maybe'),
  fluid: fc.constantFrom('100%x', 'x50%', '90%x80%', '0%x', 'x'),
  pattern: fc.oneof(
    fc.constantFrom(...PATTERNS, 'zigzag'),
    fc.tuple(fc.constantFrom(...PATTERNS), COLOR).map((parts) => parts.join(',')),
  ),
};

/** Values of each option, mostly good. */
export const VALUES = Object.fromEntries(
  OPTION_NAMES.map((name) => [name, MORE[name] ?? offered(OPTIONS[name])]),
) as Readonly<Record<OptionName, Arbitrary<string>>>;

const PAIR = fc
  .constantFrom(...OPTION_NAMES)
  .chain((name) => fc.tuple(fc.constant<string>(name), VALUES[name]))
  .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`);
const QUERY = fc.oneof(
  fc.constant(''),
  fc
    .array(fc.oneof({ arbitrary: PAIR, weight: 12 }, fc.constantFrom('utm_source=x', '_=1', '&', 'a=%')), {
      minLength: 1,
      maxLength: 4,
    })
    .map((pairs) => `?${pairs.join('&')}`),
);
const EXT = fc.oneof(
  fc.constant(''),
  fc.constantFrom(...EXTENSIONS, 'PNG', 'SvG', 'auto', 'json', 'bmp', '').map((ext) => `.${ext}`),
);

/** Straight after the size. */
const EARLY_EXT = fc.constantFrom('', '', '', '', '', '', '', '', '.webp', '.PNG');

/** Image URLs that follow the grammar, though not always its bounds. */
export const URLS: Arbitrary<string> = fc
  .tuple(
    SIZE,
    SCALE,
    EARLY_EXT,
    fc.array(colors(PATH_COLOR), { maxLength: 2 }),
    LATE_SCALE,
    EXT,
    fc.constantFrom('', '', '', '/'),
    QUERY,
  )
  .map(([size, scale, early, path, late, ext, slash, query]) => {
    const segments = [size + scale + early, ...path.map((segment) => segment.replaceAll('#', '%23'))];
    return `/image/${segments.join('/')}${late}${ext}${slash}${query}`;
  });

/** Pieces that mean something to somebody. */
export const SHARDS = [
  '%',
  '%00',
  '%ff',
  '%2F',
  '/',
  '//',
  '.',
  '..',
  '?',
  '&',
  '=',
  '@',
  'x',
  ':',
  ',',
  '-',
  '9'.repeat(400),
  '%F0%9F%98%80',
  '%ED%A0%80',
  ';',
  '+',
  '"',
  '<',
  '\\',
];

/** URLs with a few bytes cut out, doubled, or replaced by something that means something to somebody. */
export const MUTATED: Arbitrary<string> = fc
  .tuple(
    URLS,
    fc.array(fc.tuple(fc.nat(400), fc.nat(6), fc.constantFrom('', ...SHARDS)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([url, cuts]) =>
    cuts.reduce((text, [at, length, shard]) => {
      const start = '/image/'.length + (at % Math.max(1, text.length - '/image/'.length));
      return text.slice(0, start) + shard + text.slice(start + length);
    }, url),
  );
