import { createHash } from 'node:crypto';
import { FORMAT_NAMES } from '../formats.ts';
import { type Color, formatColor, isSameColor } from './color.ts';
import { DEFAULT_BACKGROUND, defaultsOf, type OptionName, type Placeholder } from './options.ts';
import { outputSize } from './sizes.ts';

/** Longest key that is spelled out, in bytes. */
const MAX_KEY = 200;

/** The canonical spelling of each option that may follow the size, the names sorted; undefined where it is the default. */
const SPELLED: readonly (readonly [
  name: OptionName,
  spell: (value: Placeholder, defaults: Partial<Placeholder>) => string | undefined,
])[] = [
  ['angle', ({ background }) => (background.angle === 180 ? undefined : String(background.angle))],
  ['bg', ({ background }) => spellBackground(background.colors)],
  ['border', ({ border, foreground }) => (border.width === 0 ? undefined : spellBorder(border, foreground))],
  ['fg', ({ foreground }, defaults) => spellInk(foreground, defaults.foreground)],
  ['font', ({ font }, defaults) => unless(defaults.font, font)],
  ['pattern', ({ pattern }) => unless('none', pattern)],
  ['quality', ({ quality }, defaults) => unless(defaults.quality, quality)],
  ['radius', ({ radius }) => unless(0, radius)],
  ['scale', ({ scale }) => unless(1, scale)],
  ['size', ({ size }) => unless(undefined, size)],
  ['text', ({ text }, defaults) => (text === defaults.text ? undefined : encodeURIComponent(text))],
  ['weight', ({ weight }, defaults) => unless(defaults.weight, weight)],
];

function unless<T extends string | number | undefined>(fallback: T, value: T): string | undefined {
  return value === fallback ? undefined : String(value);
}

function spellBackground(colors: Placeholder['background']['colors']): string | undefined {
  if (colors.length === 1 && isSameColor(colors[0], DEFAULT_BACKGROUND)) return undefined;
  return colors.map(formatColor).join('-');
}

function spellInk(color: Color, fallback = color): string | undefined {
  return isSameColor(color, fallback) ? undefined : formatColor(color);
}

function spellBorder({ width, color }: Placeholder['border'], foreground: Placeholder['foreground']): string {
  const spelled = spellInk(color, foreground);
  return spelled === undefined ? String(width) : `${width},${spelled}`;
}

/** The options that differ from their defaults, canonically spelled: `bg=ff0000&text=Hi`; empty for none. */
export function canonicalOptions(placeholder: Placeholder): string {
  const defaults = defaultsOf(placeholder);
  let options = '';
  for (const [name, spell] of SPELLED) {
    const spelled = spell(placeholder, defaults);
    if (spelled !== undefined) options += `${options && '&'}${name}=${spelled}`;
  }
  return options;
}

/**
 * The cache key, in output terms that a person can type: `600.400.png`, `600.400.png?bg=ff0000&text=Hi`. Over 200
 * bytes what follows the `?` is its SHA-256 in hex. Equal pictures have equal keys, however they were asked for.
 */
export function cacheKey(placeholder: Placeholder): string {
  const { width, height } = outputSize(placeholder);
  const base = `${width}.${height}.${placeholder.format}`;
  const options = canonicalOptions(placeholder);
  if (options === '') return base;
  const key = `${base}?${options}`;
  return key.length <= MAX_KEY ? key : `${base}?${createHash('sha256').update(options).digest('hex')}`;
}

const KEY = new RegExp(`^[1-9]\\d*\\.[1-9]\\d*\\.(?:${FORMAT_NAMES.join('|')})(?:\\?.+)?$`);

/** Whether a key has the form of ours: a store may hold other programs' too. */
export function isCacheKey(key: string): boolean {
  return KEY.test(key);
}

/** A file name for the picture: `600x400.png`, `600x400@2x.png`. */
export function fileName({ width, height, scale, format }: Placeholder): string {
  return `${width}x${height}${scale === 1 ? '' : `@${scale}x`}.${format}`;
}
