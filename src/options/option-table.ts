import { DEFAULT_FORMAT, EXTENSIONS, FORMATS } from '../formats.ts';
import { SCENE_NAMES } from '../scene/scenes.ts';
import { ALIGNMENTS, LANGUAGES, PATTERNS } from './choices.ts';
import { type Color, formatColor, isSameColor, parseColor } from './color.ts';
import { DEFAULT_FONT, FONT_NAMES, fontNamed, nearestWeight } from './font-table.ts';
import { readIcon } from './icon-set.ts';
import { readableOn } from './ink.ts';
import type { Control, OptionRows, Reading } from './option.ts';
import * as readers from './readers.ts';
import { defaultText, MAX_LINES, MAX_TEXT, parseText } from './text.ts';
import { type Pair, seededPair, THEME_NAMES, themeNamed } from './themes.ts';
import { colorsUnderLabel } from './under-label.ts';
import type { OptionName, OptionValues } from './values.ts';

const DEFAULT_WEIGHT = 600;
const DEFAULT_ANGLE = 180;
const DEFAULT_BACKGROUND: Color = [204, 204, 204, 255];

/** A row's control and reader for whole numbers. */
const integer = (min: number, max: number) => ({
  control: { kind: 'integer', min, max, step: 1 } satisfies Control,
  read: readers.wholeNumber(min, max),
});

/** A row's control and reader for one of a few words. */
const choice = <T extends string>(choices: readonly T[]) => ({
  control: { kind: 'choice', choices } satisfies Control,
  read: readers.oneOf<T>(choices),
});

/** The default colours of a picture: its theme's, else its seed's. */
function pairOf(picture: Reading): Pair | undefined {
  const seed = picture.given('seed');
  return picture.get('theme') ?? (seed === undefined ? undefined : seededPair(seed));
}

/** The background of a scene that chooses its colours itself. */
const NO_COLOR: Color = [0, 0, 0, 0];

/** The default background of a picture. */
function initialBackground(picture: Reading): Color {
  if (picture.get('scene') !== undefined) return picture.get('theme')?.background ?? NO_COLOR;
  return pairOf(picture)?.background ?? DEFAULT_BACKGROUND;
}

/** The default ink of a picture. */
function initialInk(picture: Reading): Color {
  const pair = picture.has('bg') || picture.get('scene') !== undefined ? undefined : pairOf(picture);
  return pair?.foreground ?? readableOn(colorsUnderLabel(picture));
}

const lossy = ({ get }: Reading): boolean => FORMATS[get('format')].quality !== undefined;

const isEven = (corners: readonly number[]): boolean => corners.every((one) => one === corners[0]);

/** The default label, as a URL would spell it. */
const LABEL = '{width} × {height}';

/**
 * THE option table. Everything made from options uses it: query, path, cache key, `.json`, documents and forms. To add
 * an option, add its field to {@link OptionValues} and its row here.
 */
export const OPTIONS: OptionRows = {
  text: {
    group: 'label',
    help: 'the label; `{width}` `{height}` `{ratio}` are filled in',
    control: { kind: 'text', maxLength: MAX_TEXT },
    forms: `up to ${MAX_TEXT} characters in ${MAX_LINES} lines, \`\\n\` between them; empty draws none`,
    otherwise: { value: LABEL },
    example: 'Hello\\nworld',
    read: (given, _name, { width, height }) => parseText(given, width, height),
    initial: ({ width, height }) => defaultText(width, height),
    spell: encodeURIComponent,
  },
  font: {
    ...choice(FONT_NAMES),
    group: 'label',
    help: 'family of the label',
    otherwise: { value: DEFAULT_FONT },
    example: 'lora',
    read: readers.oneOf(FONT_NAMES, fontNamed),
    initial: () => DEFAULT_FONT,
    spell: String,
  },
  weight: {
    group: 'label',
    control: { kind: 'integer', min: 100, max: 900, step: 100 },
    help: 'of the label, or the nearest that the family has',
    forms: '100 to 900, or `bold`',
    isOpen: true,
    otherwise: { value: String(DEFAULT_WEIGHT) },
    example: 'bold',
    read: (given, name, { get }) => nearestWeight(get('font'), readers.weight(given, name)),
    initial: ({ get }) => nearestWeight(get('font'), DEFAULT_WEIGHT),
    spell: String,
  },
  size: {
    ...integer(4, 500),
    group: 'label',
    help: 'of the label, in px',
    otherwise: { words: 'as large as fits' },
    example: '40',
    initial: () => undefined,
    spell: String,
  },
  align: {
    ...choice(ALIGNMENTS),
    group: 'label',
    help: 'where the label stands',
    otherwise: { value: 'center' },
    example: 'bottom-left',
    initial: () => 'center',
    spell: String,
  },
  padding: {
    ...integer(0, 500),
    group: 'label',
    help: 'between the label and the edge, in px',
    otherwise: { words: 'in proportion to the picture' },
    example: '40',
    initial: () => undefined,
    spell: String,
  },
  icon: {
    group: 'label',
    help: 'an icon of the Lucide set, above the label',
    control: { kind: 'text', maxLength: 40 },
    forms: 'a name of lucide.dev/icons: `image`, `camera`, `shopping-cart`',
    isOpen: true,
    otherwise: { words: 'none' },
    example: 'camera',
    read: readIcon,
    initial: () => undefined,
    spell: String,
  },
  lang: {
    ...choice(LANGUAGES),
    group: 'label',
    help: 'whose forms of shared characters are meant',
    otherwise: { words: "by the text's own script" },
    example: 'ja',
    beside: 'text=直角',
    initial: () => undefined,
    spell: String,
  },
  bg: {
    group: 'background',
    help: 'a colour or a gradient',
    control: { kind: 'colour' },
    forms: 'a colour, or 2 to 4 joined by `-` or `,`: `ff0000-0000ff`',
    isOpen: true,
    otherwise: { value: formatColor(DEFAULT_BACKGROUND) },
    example: 'ff7e5f-feb47b',
    code: 'invalid-color',
    read: readers.background,
    initial: (picture) => [initialBackground(picture)],
    spell: (colors) => colors.map(formatColor).join('-'),
  },
  angle: {
    ...integer(0, 360),
    group: 'background',
    help: 'direction of the gradient in degrees, clockwise from upwards',
    otherwise: { value: String(DEFAULT_ANGLE) },
    example: '45',
    beside: 'bg=ff7e5f-feb47b',
    read: (given, name, { get }) => {
      const angle = readers.wholeNumber(0, 360)(given, name) % 360;
      return get('bg').length > 1 ? angle : DEFAULT_ANGLE;
    },
    initial: () => DEFAULT_ANGLE,
    spell: String,
    show: (angle, { get }) => (get('bg').length > 1 ? angle : null),
  },
  fg: {
    group: 'label',
    help: 'colour of the label',
    control: { kind: 'colour' },
    otherwise: { words: 'one that reads well on `bg`' },
    example: '0f766e',
    code: 'invalid-color',
    read: (given, name) => parseColor(given, name),
    initial: initialInk,
    spell: formatColor,
  },
  pattern: {
    group: 'background',
    help: 'drawn over the background',
    control: { kind: 'choice', choices: PATTERNS },
    forms: `${PATTERNS.map((name) => `\`${name}\``).join(' ')}, or \`name,colour\``,
    isOpen: true,
    otherwise: { value: 'none' },
    example: 'dots',
    read: readers.pattern,
    initial: () => ({ name: 'none', color: undefined }),
    spell: ({ name, color }) => (color ? `${name},${formatColor(color)}` : name),
  },
  scene: {
    ...choice(SCENE_NAMES),
    group: 'background',
    help: 'a drawn stand-in for a photograph, in the colours of `bg` or `seed`',
    otherwise: { words: 'none' },
    example: 'hills',
    initial: () => undefined,
    spell: String,
  },
  blur: {
    ...integer(0, 10),
    group: 'background',
    help: 'of a `scene`, in px',
    otherwise: { value: '0' },
    example: '4',
    beside: 'scene=hills',
    isHidden: true,
    read: (given, name, { get }) => {
      const blur = readers.wholeNumber(0, 10)(given, name);
      return get('scene') === undefined ? 0 : blur;
    },
    initial: () => 0,
    spell: String,
  },
  grayscale: {
    group: 'background',
    help: 'draws a `scene` in shades of grey',
    control: { kind: 'toggle' },
    forms: '`true` or `false`; its name alone is `true`',
    isOpen: true,
    otherwise: { value: 'false' },
    example: 'true',
    beside: 'scene=hills',
    isHidden: true,
    read: (given, name, { get }) => {
      const isGrey = readers.toggle(given, name);
      return get('scene') !== undefined && isGrey;
    },
    initial: () => false,
    spell: String,
  },
  theme: {
    group: 'background',
    help: 'a named pair of `bg` and `fg`',
    control: { kind: 'choice', choices: THEME_NAMES },
    otherwise: { words: 'none' },
    example: 'ocean',
    read: readers.oneOf(THEME_NAMES, themeNamed),
    spelledBy: ['bg', 'fg'],
  },
  seed: {
    group: 'background',
    help: 'any string: what a `scene` shows; without one, a pair of `bg` and `fg` that stays the same',
    control: { kind: 'text', maxLength: MAX_TEXT },
    forms: 'any string',
    isOpen: true,
    otherwise: { words: 'none' },
    example: 'ada',
    // Without a scene, `bg` and `fg` already spell its meaning.
    read: (given, _name, { get }) => (get('scene') === undefined ? undefined : given),
    initial: () => undefined,
    spell: encodeURIComponent,
  },
  radius: {
    group: 'shape',
    help: 'of the corners, in px or per cent of the shorter side',
    control: { kind: 'integer', min: 0, max: 2000, step: 1 },
    forms: 'px, `n%`, or four of them joined by `,` from the top left clockwise',
    isOpen: true,
    otherwise: { value: '0' },
    example: '24',
    read: (given, name, { width, height }) => readers.radius(given, name, width, height),
    initial: () => [0, 0, 0, 0],
    spell: (corners) => String(isEven(corners) ? corners[0] : corners),
    show: (corners) => (isEven(corners) ? corners[0] : corners.join(',')),
  },
  border: {
    group: 'shape',
    help: 'width of the border in px, and its colour',
    control: { kind: 'integer', min: 0, max: 999, step: 1 },
    forms: 'px, or `px,colour`',
    isOpen: true,
    otherwise: { value: '0' },
    example: '6,tomato',
    read: (given, name, { width, height, get }) =>
      readers.border(given, name, Math.min(width, height), get('fg')),
    initial: ({ get }) => ({ width: 0, color: get('fg') }),
    spell: ({ width, color }, { get }) =>
      isSameColor(color, get('fg')) ? String(width) : `${width},${formatColor(color)}`,
    show: ({ width, color }) => (width === 0 ? 0 : `${width},${formatColor(color)}`),
  },
  fluid: {
    group: 'shape',
    isHidden: true,
    help: 'sides of an SVG in per cent of what is around it, as holder.js has them',
    control: { kind: 'text', maxLength: 9 },
    otherwise: { words: 'none' },
    example: '100%x',
    beside: 'format=svg',
    read: (given, name, { get }) => {
      const sides = readers.fluid(given, name);
      return get('format') === 'svg' ? sides : undefined;
    },
    initial: () => undefined,
    spell: ({ width, height }) => {
      const side = (percent: number | undefined): string => (percent === undefined ? '' : `${percent}%25`);
      return `${side(width)}x${side(height)}`;
    },
  },
  format: {
    control: { kind: 'choice', choices: EXTENSIONS },
    group: 'output',
    help: 'as `.{ext}`',
    otherwise: { value: DEFAULT_FORMAT },
    example: 'webp',
    code: 'unsupported-format',
    read: readers.format,
    initial: () => DEFAULT_FORMAT,
    spell: String,
  },
  quality: {
    ...integer(1, 100),
    group: 'output',
    help: 'of JPEG, WebP and AVIF',
    otherwise: { words: 'per format' },
    example: '50',
    beside: 'format=jpg',
    read: (given, name, picture) => {
      const quality = readers.wholeNumber(1, 100)(given, name);
      return lossy(picture) ? quality : undefined;
    },
    initial: ({ get }) => FORMATS[get('format')].quality,
    spell: String,
  },
  scale: {
    ...integer(1, 4),
    group: 'output',
    help: 'output pixels per px, as `@{scale}x`',
    otherwise: { value: '1' },
    example: '2',
    initial: () => 1,
    spell: String,
  },
};

/** Every option, in the order of documents. */
export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

/** The documented options; the others only serve other services' URLs. */
export const SHOWN_OPTIONS = OPTION_NAMES.filter((name) => !OPTIONS[name].isHidden);

/** The options that a picture's key and canonical URL may name, sorted. */
export const SPELLED_OPTIONS = OPTION_NAMES.filter(isSpelled).sort();

/** Whether an option has a value and a spelling of its own. */
export function isSpelled(name: OptionName): name is keyof OptionValues {
  return 'spell' in OPTIONS[name];
}

export function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}
