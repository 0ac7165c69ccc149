import names from 'color-name';
import { type Color, formatColor } from '../color/rgb.ts';
import { type GreyboxError, invalid } from '../errors.ts';
import { didYouMean } from '../nearest.ts';

export { type Color, formatColor };

const ALLOWED =
  'a hex colour of 3, 4, 6 or 8 digits, a CSS colour name or transparent (in the path also {colour},{alpha 0-255})';

/** A named colour; `Object.hasOwn`, because `constructor` is not a colour. */
function named(name: string): Color | undefined {
  if (name === 'transparent') return [0, 0, 0, 0];
  const rgb = Object.hasOwn(names, name) ? names[name as keyof typeof names] : undefined;
  return rgb && [rgb[0], rgb[1], rgb[2], 255];
}

function hex(digits: string): Color | undefined {
  if (!/^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(digits)) return undefined;
  const long = digits.length < 6 ? digits.replace(/./g, '$&$&') : digits;
  const byte = (at: number): number => Number.parseInt(long.slice(at, at + 2), 16);
  return [byte(0), byte(2), byte(4), long.length === 8 ? byte(6) : 255];
}

/** Longest colour that a hint is looked for, in characters. */
const LONGEST_HINTED = 60;

const FUNCTION =
  /^rgba?\( ?(\d{1,3}) ?[ ,] ?(\d{1,3}) ?[ ,] ?(\d{1,3})(?: ?[,/] ?(\d?\.?\d{1,4}|\d{1,3}%))? ?\)$/;

/** The hex digits for `rgb(255,0,0)` (CSS Color 4, 5.1); undefined for any other text. */
function hexOf(text: string): string | undefined {
  const [, red, green, blue, alpha = '1'] = FUNCTION.exec(text) ?? [];
  const opacity = alpha.endsWith('%') ? Number.parseInt(alpha, 10) / 100 : Number(alpha);
  const channels = [Number(red), Number(green), Number(blue), Math.round(opacity * 255)] as const;
  return channels.every((channel) => channel <= 255) ? formatColor(channels) : undefined;
}

/** Words for no colour at all. */
const NONE = ['none', 'clear', 'null'];
/** Words for the default colour: no value says that. */
const DEFAULT = ['auto', 'default', 'initial', 'inherit', 'unset', 'currentcolor', 'undefined'];

/** What to write for several words that are one colour, `light-blue`, or for the channels `255,0,0`. */
export function joinedHint(value: string): string | undefined {
  const text = value.trim().toLowerCase();
  if (text.length > LONGEST_HINTED) return undefined;
  const joined = text.replace(/[\s_-]+/g, '');
  if (named(joined)) return `did you mean ${joined}?`;
  const digits = /^\d{1,3}(?:, ?\d{1,3}){2}$/.test(text) ? hexOf(`rgb(${text})`) : undefined;
  return digits && `write ${digits}`;
}

const GRADIENT =
  /^(?:repeating-)?(?:linear|radial|conic)-gradient\((?:(\d{1,3})deg,|to [a-z ]+,)?([a-z\d# ,]+)\)$/;

/** What to write for a gradient in CSS, or whose colours are parted by other signs. */
function gradientHint(text: string): string | undefined {
  const [, angle, stops = text] = GRADIENT.exec(text) ?? [];
  const colors = stops.split(/ to |[ ,;:|>_.]+/).filter(Boolean);
  if (colors.length < 2 || colors.length > 4 || !colors.every(isColor)) return undefined;
  return `write ${colors.join('-').replaceAll('#', '')}${angle === undefined ? '' : ` and angle=${angle}`}`;
}

/** What to write instead of a bad colour; undefined where that cannot be told. */
function colorHint(value: string, parameter: string): string | undefined {
  const text = value.trim().toLowerCase();
  if (text === '')
    return 'where it began with #, that begins the fragment of a URL and is never sent: write %23, or leave # out';
  if (text.length > LONGEST_HINTED) return undefined;
  const plain = text.replace(/^(?:0x|%23|\\23|#)+/, '');
  const digits = hexOf(text) ?? (hex(plain) && plain);
  if (digits) return `write ${digits}`;
  if (NONE.includes(text)) return 'write transparent';
  const isBackground = parameter === 'bg';
  if (DEFAULT.includes(text) && (isBackground || parameter === 'fg')) return `leave ${parameter} out`;
  const gradient = isBackground ? gradientHint(text) : undefined;
  if (gradient !== undefined) return gradient;
  if (/^[a-z-]+\(/.test(text)) return 'write it as hex, such as ff0000';
  return joinedHint(text) ?? didYouMean(text, [...Object.keys(names), 'transparent']);
}

/**
 * The error for a bad colour.
 * @param allowed what is allowed, if not just a colour
 * @param hint what to do about it, where the context tells more than the value
 */
export function invalidColor(
  value: string,
  parameter: string,
  allowed = ALLOWED,
  hint = colorHint(value, parameter),
): GreyboxError {
  return invalid('invalid-color', parameter, allowed, value, undefined, hint);
}

const colorIn = (text: string): Color | undefined =>
  named(text) ?? hex(text.startsWith('#') ? text.slice(1) : text);

/** Whether a text is a colour without further alpha, as {@link parseColor} reads it. */
export const isColor = (text: string): boolean => colorIn(text.trim().toLowerCase()) !== undefined;

/**
 * Reads a colour: hex of 3, 4, 6 or 8 digits with or without `#`, a CSS named colour (CSS Color 4, 6.1) or
 * `transparent`; with `commaAlpha` also `ff0000,128`, which path segments may contain.
 * @throws GreyboxError `invalid-color`
 */
export function parseColor(value: string, parameter: string, commaAlpha = false): Color {
  const [base = '', alpha, ...rest] = value.trim().toLowerCase().split(',', 3);
  const color = colorIn(base);
  const isAlpha = commaAlpha && /^0*\d{1,3}$/.test(alpha ?? '') && Number(alpha) <= 255;
  if (!color || rest.length > 0 || (alpha !== undefined && !isAlpha)) throw invalidColor(value, parameter);
  return alpha === undefined ? color : [color[0], color[1], color[2], Number(alpha)];
}

export function isSameColor(a: Color, b: Color): boolean {
  return a === b || (a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3]);
}

/** A colour as a function of CSS (CSS Color 4, 5). */
export function css([red, green, blue, alpha]: Color): string {
  return `rgba(${red},${green},${blue},${alpha / 255})`;
}

export const WHITE: Color = [255, 255, 255, 255];
export const BLACK: Color = [0, 0, 0, 255];

/** `from` moved towards `to` by `amount` (0–1), in sRGB, channel by channel. */
export function mix(from: Color, to: Color, amount: number): Color {
  const channel = (i: 0 | 1 | 2 | 3): number => Math.round(from[i] + (to[i] - from[i]) * amount);
  return [channel(0), channel(1), channel(2), channel(3)];
}

/** An ink that covers a share (0–1) of a colour: source-over, not premultiplied (Compositing 1, 5.1). */
export function over(below: Color, ink: Color, share: number): Color {
  const source = (ink[3] / 255) * share;
  const kept = (below[3] / 255) * (1 - source);
  const alpha = source + kept;
  if (alpha === 0) return below;
  const channel = (i: 0 | 1 | 2): number => Math.round((ink[i] * source + below[i] * kept) / alpha);
  return [channel(0), channel(1), channel(2), Math.round(alpha * 255)];
}

/** A colour as it looks on an opaque backdrop. */
export function flatten(color: Color, backdrop: Color = WHITE): Color {
  const [red, green, blue] = mix(backdrop, color, color[3] / 255);
  return [red, green, blue, 255];
}
