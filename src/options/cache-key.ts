import { createHash } from 'node:crypto';
import { FORMAT_NAMES } from '../formats.ts';
import type { Option, Reading } from './option.ts';
import { isSpelled, OPTIONS, SHOWN_OPTIONS, SPELLED_OPTIONS } from './option-table.ts';
import { type Placeholder, readingOf } from './options.ts';
import { outputSize } from './sizes.ts';
import type { OptionValues } from './values.ts';

/** Longest key that is spelled out, in bytes. */
const MAX_KEY = 200;

/** The options that the beginning of a key already contains. */
const IN_BASE: readonly (keyof OptionValues)[] = ['format'];
type Row = Option<OptionValues[keyof OptionValues]>;

/** An option's row. It fits the option's value, but the type of a union of rows cannot express that. */
const rowOf = (name: keyof OptionValues): Row => OPTIONS[name] as unknown as Row;

const IN_QUERY = SPELLED_OPTIONS.filter((name) => !IN_BASE.includes(name));

/** An option's canonical spelling; undefined where the option has its default value. */
function spelled(name: keyof OptionValues, picture: Reading): string | undefined {
  const { spell, initial } = rowOf(name);
  const [value, fallback] = [picture.get(name), initial(picture)] as const;
  if (value === undefined || value === fallback) return undefined;
  const spelling = spell(value, picture);
  return fallback !== undefined && spelling === spell(fallback, picture) ? undefined : spelling;
}

/** The options that differ from their defaults, canonically spelled: `bg=ff0000&text=Hi`; empty for none. */
export function canonicalOptions(placeholder: Placeholder): string {
  const picture = readingOf(placeholder);
  let options = '';
  for (const name of IN_QUERY) {
    const value = spelled(name, picture);
    if (value !== undefined) options += `${options && '&'}${name}=${value}`;
  }
  return options;
}

/** Every documented option with its value, as `.json` shows it. */
export function shownOptions(placeholder: Placeholder): Record<string, string | number | null> {
  const picture = readingOf(placeholder);
  const shown: Record<string, string | number | null> = {};
  for (const name of SHOWN_OPTIONS) {
    if (!isSpelled(name)) continue;
    const { show, spell } = rowOf(name);
    const value = picture.get(name);
    if (value === undefined) shown[name] = null;
    else if (show) shown[name] = show(value, picture);
    else shown[name] = typeof value === 'number' || typeof value === 'string' ? value : spell(value, picture);
  }
  return shown;
}

/**
 * The cache key, which a person can type: `600.400.png`, `600.400.png?bg=ff0000&text=Hi`. In a key over 200 bytes, the
 * part after the `?` is replaced by its SHA-256 in hex. Equal pictures have equal keys, whatever their URLs.
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

/** Whether a key has the form of our keys: a store may also hold other programs' keys. */
export function isCacheKey(key: string): boolean {
  return KEY.test(key);
}

/** A file name for the picture: `600x400.png`, `600x400@2x.png`. */
export function fileName({ width, height, scale, format }: Placeholder): string {
  return `${width}x${height}${scale === 1 ? '' : `@${scale}x`}.${format}`;
}
