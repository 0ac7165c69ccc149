import { invalid } from '../errors.ts';
import { EXTENSIONS, type Format, formatOf } from '../formats.ts';
import { didYouMean } from '../nearest.ts';
import { PATTERNS, type Pattern } from './choices.ts';
import { type Color, invalidColor, isColor, isSameColor, joinedHint, parseColor } from './color.ts';
import { habitHint } from './habits.ts';
import type { Corners, Fluid, OptionName, PatternValue } from './values.ts';

/** Turns the text given for an option into its value. */
export type Reader<T> = (value: string, name: OptionName) => T;

/** The error for a bad value; it says what to write if the value is one that people know from elsewhere. */
function refuse(value: string, name: OptionName, allowed: string, isGood: (one: string) => boolean): Error {
  return invalid('invalid-option', name, allowed, value, undefined, habitHint(name, value, isGood));
}

export const wholeNumber = (low: number, high: number): Reader<number> => {
  const numberIn = (value: string): number => (/^0*\d{1,9}$/.test(value) ? Number(value) : Number.NaN);
  const isGood = (value: string): boolean => numberIn(value) >= low && numberIn(value) <= high;
  return (value, name) => {
    if (isGood(value.trim())) return numberIn(value.trim());
    throw refuse(value, name, `an integer from ${low} to ${high}`, isGood);
  };
};

/** Reads a name in any case. @param find returns the meaning of a name; default: the name itself */
export const oneOf = <T = string>(
  names: readonly string[],
  find: (name: string) => T | undefined = (name) => names.find((one) => one === name) as T | undefined,
): Reader<T> => {
  const allowed = `one of ${names.join(', ')}`;
  return (value, name) => {
    const word = value.trim().toLowerCase();
    const found = find(word);
    if (found !== undefined) return found;
    // Nearly every word of two letters is near to every other.
    const near = word.length > 2 ? didYouMean(word, names) : undefined;
    const hint = near ?? habitHint(name, value, (one) => find(one) !== undefined);
    throw invalid('invalid-option', name, allowed, value, undefined, hint);
  };
};

function weightIn(value: string): number | undefined {
  if (value.toLowerCase() === 'bold') return 700;
  return /^0*[1-9]\d\d$/.test(value) && Number(value) <= 900 ? Number(value) : undefined;
}

/** Reads an integer from 100 to 900, or `bold`. */
export const weight: Reader<number> = (value, name) => {
  const found = weightIn(value.trim());
  if (found !== undefined) return found;
  throw refuse(value, name, 'an integer from 100 to 900 or bold', (one) => weightIn(one) !== undefined);
};

/** The error for an unknown format. @param others what is allowed besides the extensions of formats */
export function invalidFormat(value: string, name: string, others: readonly string[] = []): Error {
  const allowed = [...EXTENSIONS, ...others];
  // A media type such as `image/svg+xml`, or a kind of PNG as image tools name it.
  const plain = value
    .trim()
    .toLowerCase()
    .replace(/^image\/|^\./, '')
    .replace(/\+xml$|(?<=^png)(?:8|24|32)$/, '');
  const hint = allowed.includes(plain) ? `write ${plain}` : didYouMean(value, allowed);
  return invalid('unsupported-format', name, `one of ${allowed.join(', ')}`, value, undefined, hint);
}

/** Reads a format by one of its extensions. */
export const format: Reader<Format> = (value, name) => {
  const found = formatOf(value);
  if (found) return found;
  throw invalidFormat(value, name);
};

/** Most colours of a gradient. */
const MOST_COLORS = 4;

/**
 * Splits a background into its colours.
 * @throws GreyboxError `invalid-color` for too many
 */
export function splitColors(value: string, separator: RegExp): string[] {
  // The commas of `rgb(1,2,3)` do not separate the colours of a gradient.
  if (value.includes('(')) throw invalidColor(value, 'bg');
  const parts = value.split(separator, MOST_COLORS + 1);
  if (parts.length > MOST_COLORS)
    throw invalidColor(value, 'bg', `a colour or a gradient of 2 to ${MOST_COLORS}`);
  if (parts.length > 1 && !parts.includes('') && !parts.every((part) => isColor(part))) {
    const hint = joinedHint(value);
    if (hint !== undefined) throw invalidColor(value, 'bg', undefined, hint);
  }
  return parts;
}

/** Reads one colour or a gradient of two to four; colours that are all equal count as one. */
export function background(value: string): readonly [Color, ...Color[]] {
  const parts = splitColors(value, /[,-]/);
  const colors = parts.map((part) => parseColor(part, 'bg')) as [Color, ...Color[]];
  return colors.every((color) => isSameColor(color, colors[0])) ? [colors[0]] : colors;
}

const RADIUS = /^0*(\d{1,4}(?:\.\d{1,2})?)(%?)$/;
const RADII = 'a number of px from 0 to 2000, or a percentage from 0% to 100%, or four of them joined by ,';

/** Rounds down to two decimals, finer than any screen, so that the sum still fits; tolerates floating-point errors. */
const roundDown = (px: number): number => Math.floor(px * 100 + 1e-6) / 100;

/** One radius in px, of px or a percentage of the shorter side. */
function cornerIn(value: string, shorter: number): number | undefined {
  const [, number, percent] = RADIUS.exec(value.trim()) ?? [];
  if (number === undefined || Number(number) > (percent ? 100 : 2000)) return undefined;
  return percent ? (Number(number) / 100) * shorter : Number(number);
}

/** One radius for all corners, or four, in px. */
function cornersIn(value: string, shorter: number): readonly number[] | undefined {
  const given = value.split(',', 5).map((part) => cornerIn(part, shorter));
  const isWhole = given.length === 1 || given.length === 4;
  return isWhole && given.every((one) => one !== undefined) ? given : undefined;
}

/**
 * Reads px or a percentage of the shorter side, or four of them, into px with two decimals. Where the two radii of a
 * side need more than it has, all are made smaller in the same ratio (CSS Backgrounds 3, 4.5).
 */
export function radius(value: string, name: OptionName, width: number, height: number): Corners {
  const shorter = Math.min(width, height);
  const given = cornersIn(value, shorter);
  if (!given) throw refuse(value, name, RADII, (one) => cornersIn(one, shorter) !== undefined);
  const [a = 0, b = a, c = a, d = a] = given;
  const sums = [a + b, b + c, c + d, d + a];
  const factor = Math.min(1, ...[width, height, width, height].map((side, at) => side / (sums[at] || 1)));
  return [roundDown(a * factor), roundDown(b * factor), roundDown(c * factor), roundDown(d * factor)];
}

const isBorderWidth = (px: string): boolean => /^0*\d{1,3}$/.test(px);

/** Reads `px` or `px,colour`; a border takes up at most the whole picture. */
export function border(
  value: string,
  name: OptionName,
  shorter: number,
  fallback: Color,
): { width: number; color: Color } {
  const [px, color] = splitFirst(value);
  if (!isBorderWidth(px))
    throw refuse(value, name, 'px from 0 to 999, or px,colour', (one) => {
      const [width, ink] = splitFirst(one);
      return isBorderWidth(width) && (ink === undefined || isColor(ink));
    });
  const read = color === undefined ? fallback : parseColor(color, name);
  const width = Math.min(Number(px), Math.ceil(shorter / 2));
  return { width, color: width === 0 ? fallback : read };
}

const FLUID = /^(?:(\d{1,3})%)?x(?:(\d{1,3})%)?$/;

/** Reads the sides that are in per cent: `100%x`, `x50%`, `90%x80%`. */
export function fluid(value: string, name: OptionName): Fluid {
  const [match, width, height] = FLUID.exec(value.trim()) ?? [];
  if (match === undefined || match === 'x')
    throw invalid('invalid-option', name, 'a side in per cent or both, such as 100%x or 90%x80%', value);
  const side = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : Number(text);
  return { width: side(width), height: side(height) };
}

/** The pattern of `name` or `name,colour`; undefined where either is none. */
function patternNamed(word: string): Pattern | undefined {
  const [name, ink] = splitFirst(word);
  return ink === undefined || isColor(ink) ? PATTERNS.find((one) => one === name) : undefined;
}

const patternName = oneOf<Pattern>(PATTERNS, patternNamed);

/** Reads `name` or `name,colour`. */
export function pattern(value: string, option: OptionName): PatternValue {
  const [given, ink] = splitFirst(value);
  const name = patternNamed(given.toLowerCase()) ?? patternName(value, option);
  const color = ink === undefined ? undefined : parseColor(ink, option);
  return { name, color: name === 'none' ? undefined : color };
}

/** Splits a value at its first comma. */
function splitFirst(value: string): [first: string, rest: string | undefined] {
  const at = value.indexOf(',');
  return at < 0 ? [value.trim(), undefined] : [value.slice(0, at).trim(), value.slice(at + 1)];
}

const YES = ['', '1', 'true', 'yes', 'on'];
const NO = ['0', 'false', 'no', 'off'];

/** Reads a switch: its name alone, `true`, or `false`. */
export const toggle: Reader<boolean> = (value, name) => {
  const word = value.trim().toLowerCase();
  if (YES.includes(word)) return true;
  if (NO.includes(word)) return false;
  throw invalid('invalid-option', name, 'true or false', value);
};
