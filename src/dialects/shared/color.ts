import { invalid } from '../../errors.ts';
import { type Color, formatColor, parseColor } from '../../options/color.ts';

const HEX = /^[\da-f]+$/i;

/**
 * Hex digits as services and pages write them: one fills all six places, two are repeated, three are doubled. Four and
 * five lack their leading zeros, as numbers from `Math.random().toString(16)` do.
 */
function digitsOf(text: string): string | undefined {
  if (!HEX.test(text)) return undefined;
  const times: Readonly<Record<number, string>> = { 1: text.repeat(6), 2: text.repeat(3) };
  if (text.length === 3 || text.length === 8) return text;
  return text.length <= 6 ? (times[text.length] ?? text.padStart(6, '0')) : undefined;
}

const FUNCTION = /^rgba?\(([^()]*)\)?$/i;

/** `rgb(…)` and `rgba(…)`, with commas or spaces (CSS Color 4, 5.1); the closing bracket may be missing. */
function functionOf(text: string): Color | undefined {
  const [, inside] = FUNCTION.exec(text) ?? [];
  const parts = inside?.split(/[\s,/]+/).filter(Boolean) ?? [];
  if (parts.length < 3 || parts.length > 4) return undefined;
  const number = (part: string, whole: number): number =>
    part.endsWith('%') ? (Number(part.slice(0, -1)) / 100) * whole : Number(part);
  const channels = parts.map((part, i) => (i < 3 ? number(part, 255) : number(part, 1) * 255));
  if (channels.some((value) => !(value >= 0 && value <= 255))) return undefined;
  const [red = 0, green = 0, blue = 0, alpha = 255] = channels.map(Math.round);
  return [red, green, blue, alpha];
}

/** A colour in our spelling; undefined where the text is not a colour. A leading `#` or `%23` is dropped. */
export function colorOf(text: string): string | undefined {
  const whole = text.trim().replace(/^(?:#|%23)+/, '');
  // Some pages add other text after a space: `fff C/O https://placeholder.com`.
  const plain = whole.includes('(') ? whole : whole.replace(/\s.*/s, '');
  const [base = '', alpha] = plain.split(',');
  const made = functionOf(plain);
  if (made) return formatColor(made);
  try {
    const color = parseColor(digitsOf(base) ?? base, 'bg');
    const opacity = alpha === undefined ? color[3] : Number(alpha);
    if (!(opacity >= 0 && opacity <= 255) || (alpha !== undefined && !/^\d+$/.test(alpha))) return undefined;
    return formatColor([color[0], color[1], color[2], opacity]);
  } catch {
    return undefined;
  }
}

/** As {@link colorOf}. @throws GreyboxError `invalid-color` */
export function readColor(text: string, parameter: 'bg' | 'fg' | 'border'): string {
  const color = colorOf(text);
  if (color !== undefined) return color;
  throw invalid('invalid-color', parameter, 'a hex colour of up to 8 digits, or a CSS colour name', text);
}

/** Black or white, whichever reads better on a colour in our spelling, by its luma (ITU-R BT.601). */
export function blackOrWhite(background: string): string {
  const [red, green, blue] = parseColor(background, 'bg');
  return red * 0.299 + green * 0.587 + blue * 0.114 > 128 ? '000000' : 'ffffff';
}
