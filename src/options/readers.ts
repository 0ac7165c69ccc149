import { invalid } from '../errors.ts';
import { EXTENSIONS, type Format, formatOf } from '../formats.ts';
import { type Color, formatColor, parseColor } from './color.ts';
import { FONT_NAMES, fontNamed } from './font-table.ts';
import { THEME_NAMES, themeNamed } from './themes.ts';

export const PATTERNS = ['none', 'cross', 'grid', 'checker', 'stripes', 'dots'] as const;
export type Pattern = (typeof PATTERNS)[number];

/** Turns what was given for an option into its value. */
export type Reader<T> = (value: string, name: string) => T;

const wholeNumber =
  (low: number, high: number): Reader<number> =>
  (value, name) => {
    const number = /^0*\d{1,9}$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (number >= low && number <= high) return number;
    throw invalid('invalid-option', name, `an integer from ${low} to ${high}`, value);
  };

const oneOf =
  <T>(find: (value: string) => T | undefined, names: readonly string[]): Reader<T> =>
  (value, name) => {
    const found = find(value);
    if (found !== undefined) return found;
    throw invalid('invalid-option', name, `one of ${names.join(', ')}`, value);
  };

export const pattern = oneOf((value) => PATTERNS.find((one) => one === value.trim().toLowerCase()), PATTERNS);
export const font = oneOf(fontNamed, FONT_NAMES);
export const scale = wholeNumber(1, 4);
export const size = wholeNumber(4, 500);
export const quality = wholeNumber(1, 100);
export const angle = wholeNumber(0, 360);
export const theme = oneOf(themeNamed, THEME_NAMES);
export const weight: Reader<number> = (value, name) => {
  if (value.trim().toLowerCase() === 'bold') return 700;
  if (/^0*[1-9]\d\d$/.test(value.trim()) && Number(value) <= 900) return Number(value);
  throw invalid('invalid-option', name, 'an integer from 100 to 900 or bold', value);
};

/** A format by one of its extensions; the only reader whose error is `unsupported-format`. */
export const format: Reader<Format> = (value, name) => {
  const found = formatOf(value);
  if (found) return found;
  throw invalid('unsupported-format', name, `one of ${EXTENSIONS.join(', ')}`, value);
};

/** Reads one colour or a gradient of two to four; equal colours throughout are one. */
export function background(value: string): readonly [Color, ...Color[]] {
  const parts = value.split(/[,-]/);
  if (parts.length > 4) throw invalid('invalid-color', 'bg', 'a colour or a gradient of 2 to 4', value);
  const colors = parts.map((part) => parseColor(part, 'bg')) as [Color, ...Color[]];
  return colors.every((color) => formatColor(color) === formatColor(colors[0])) ? [colors[0]] : colors;
}

/** Reads px or a percentage of the shorter side, into px with two decimals, at most half of that side. */
export function radius(value: string, shorter: number): number {
  const [, number, percent] = /^0*(\d{1,4}(?:\.\d{1,2})?)(%?)$/.exec(value.trim()) ?? [];
  const allowed = 'a number of px from 0 to 2000, or a percentage from 0% to 100%';
  if (number === undefined || Number(number) > (percent ? 100 : 2000)) {
    throw invalid('invalid-option', 'radius', allowed, value);
  }
  const px = percent ? (Number(number) / 100) * shorter : Number(number);
  return Math.round(Math.min(px, shorter / 2) * 100) / 100;
}

/** Reads `px` or `px,colour`; a border may take up the whole picture, and is no wider. */
export function border(value: string, shorter: number, fallback: Color): { width: number; color: Color } {
  const [, px, color] = /^0*(\d{1,3})(?:,(.*))?$/s.exec(value.trim()) ?? [];
  if (px === undefined) throw invalid('invalid-option', 'border', 'px from 0 to 999, or px,colour', value);
  const read = color === undefined ? fallback : parseColor(color, 'border');
  const width = Math.min(Number(px), Math.ceil(shorter / 2));
  return { width, color: width === 0 ? fallback : read };
}
