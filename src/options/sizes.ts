import { GreyboxError, invalid } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { NAMED_SIZES, type NamedSize, neededLimit } from './named-sizes.ts';
import type { Size } from './values.ts';

/** Bounds of one picture. */
export interface Limits {
  /** Largest width and height before scaling, in px. */
  readonly maxDimension: number;
  /** Largest number of output pixels, after scaling. */
  readonly maxPixels: number;
}

export const DEFAULT_LIMITS: Limits = { maxDimension: 2000, maxPixels: 16_000_000 };

/** More about a side than its number, for errors. */
interface SideContext {
  /** What the number comes from, where it alone would be puzzling: `4k`, `2000x1:2`. */
  readonly meant?: string | undefined;
  /** What to do about it: `write 600x400`. */
  readonly hint?: string | undefined;
}

/**
 * Reads a whole number from 1 to `maxDimension`, with or without leading zeros.
 * @throws GreyboxError `invalid-size`
 */
export function parseDimension(
  value: string,
  parameter: 'width' | 'height' | 'size',
  { maxDimension }: Limits,
  { meant, hint }: SideContext = {},
): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 1 && number <= maxDimension) return number;
  throw invalid('invalid-size', parameter, `an integer from 1 to ${maxDimension}`, value, meant, hint);
}

const RATIO = /^(\d{1,5}(?:\.\d{1,4})?):(\d{1,5}(?:\.\d{1,4})?)$/;

/** Width over height of `16:9`; undefined for anything else, and for a side of 0. */
function ratioOf(text: string): number | undefined {
  const [, width, height] = RATIO.exec(text) ?? [];
  const ratio = Number(width) / Number(height);
  return ratio > 0 && Number.isFinite(ratio) ? ratio : undefined;
}

/** Replaces a ratio by the side that it stands for, to the nearest pixel: `640x16:9` is 640×360. */
function resolveRatio(width: string, height: string): { width: string; height: string; meant?: string } {
  const [across, down] = [ratioOf(width), ratioOf(height)];
  const side = across ? height : width;
  // Two ratios are not a size: they stay as they are, and the first is refused as a width.
  if (Boolean(across) === Boolean(down) || !/^0*\d{1,6}$/.test(side)) return { width, height };
  const meant = `${width}x${height}`;
  if (across) return { width: String(Math.round(Number(side) * across)), height, meant };
  return { width, height: String(Math.round(Number(side) / (down as number))), meant };
}

/** Longest size that gets a hint, in characters. */
const LONGEST_HINTED = 40;

/** Two sides with something other than an x between them; a point or a colon is part of a number or a ratio. */
const SIDES = /^(\d{1,5})(?:[^\da-z.:+]{1,4}|-|by)([1-9]\d{0,4})$/;

/** A size in which only the numbers can be wrong. */
const WELL_FORMED = /^\d+(?:x\d+)?$/;

/** What to write instead of a bad size; undefined where that cannot be told. */
function sizeHint(text: string, maxDimension: number): string | undefined {
  if (text.length > LONGEST_HINTED || WELL_FORMED.test(text)) return undefined;
  if (text.includes('%')) return 'a percent sign begins an escape of two hex digits, such as %20';
  if (RATIO.test(text)) return `a ratio is of one side: write 640x${text} or ${text}x360`;
  const plain = text
    .replace(/(?<=\d)px ?(?=\d)/, 'x')
    .replaceAll('px', '')
    .replaceAll(' ', '');
  const [, width, height] = SIDES.exec(plain.replace('x', '*')) ?? [];
  if (width && height) return `write ${width}x${height}`;
  if (/^\d{1,5}$/.test(plain)) return `write ${plain}`;
  const names = Object.keys(NAMED_SIZES).filter((name) => neededLimit(name, maxDimension) === undefined);
  return didYouMean(text, names);
}

/** Whether a text is a named size, in any case. */
export const isNamedSize = (text: string): boolean => Object.hasOwn(NAMED_SIZES, text.toLowerCase());

/** The two signs that may replace the x of a size: `600X400`, `600×400`. */
const TIMES = /[X×]/g;

/**
 * Reads the size of a path: `600x400`, `400`, `640x16:9`, `16:9x360` or a named size, in any case.
 * @throws GreyboxError `invalid-size` where it is none of these, or over the limits
 */
export function parseSize(segment: string, limits: Limits): Size {
  const { maxDimension } = limits;
  const text = segment.replace(TIMES, 'x').toLowerCase();
  const named = Object.hasOwn(NAMED_SIZES, text) ? NAMED_SIZES[text] : undefined;
  if (named) return sizeNamed(text, named, limits);
  // The x of `600px` does not separate two sides.
  const sides = /^[^x]*px$/.test(text) ? [text] : text.split('x', 3);
  const [width = '', height = width] = sides;
  if (sides.length > 2 || !/\d/.test(text)) {
    const forms =
      `{width}x{height}, such as 600x400, each an integer from 1 to ${maxDimension}, ` +
      'or one side, a ratio such as 640x16:9, or a named size';
    throw invalid('invalid-size', 'size', forms, segment, undefined, sizeHint(text, maxDimension));
  }
  const { meant, ...resolved } = resolveRatio(width, height);
  const context = { meant, hint: meant === undefined ? sizeHint(text, maxDimension) : undefined };
  return {
    width: parseDimension(resolved.width, 'width', limits, context),
    height: parseDimension(resolved.height, 'height', limits, context),
  };
}

function sizeNamed(name: string, [width, height]: NamedSize, limits: Limits): Size {
  const needed = neededLimit(name, limits.maxDimension);
  const hint = needed === undefined ? undefined : `MAX_DIMENSION=${needed} allows it`;
  const context = { meant: name, hint };
  return {
    width: parseDimension(String(width), 'width', limits, context),
    height: parseDimension(String(height), 'height', limits, context),
  };
}

/** The size of a picture in output pixels, after its `scale`. */
export function outputSize({ width, height, scale }: { width: number; height: number; scale: number }): Size {
  return { width: width * scale, height: height * scale };
}

/** Whether a picture's output pixels are within the bounds. */
export function fits(width: number, height: number, scale: number, { maxPixels }: Limits): boolean {
  return width * scale * height * scale <= maxPixels;
}

/**
 * Checks the memory that a picture needs before anything is allocated.
 * @throws GreyboxError `invalid-size`
 */
export function checkPixels(width: number, height: number, scale: number, limits: Limits): void {
  if (fits(width, height, scale, limits)) return;
  const size = `${width}x${height}@${scale}x`;
  const pixels = width * scale * height * scale;
  const detail = `the picture must have at most ${limits.maxPixels} pixels after scaling, got ${pixels} (${size})`;
  throw new GreyboxError('invalid-size', detail, { parameter: 'size', value: size });
}
