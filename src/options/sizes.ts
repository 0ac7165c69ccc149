import { GreyboxError, invalid } from '../errors.ts';
import { NAMED_SIZES, type NamedSize } from './named-sizes.ts';

/** Bounds of one picture. */
export interface Limits {
  /** Largest width and height before scaling, in px. */
  readonly maxDimension: number;
  /** Largest number of output pixels, after scaling. */
  readonly maxPixels: number;
}

export const DEFAULT_LIMITS: Limits = { maxDimension: 2000, maxPixels: 16_000_000 };

/** A size as a path spells it, in px before scaling; not yet checked against the limits. */
export interface SizeText {
  readonly width: string;
  readonly height: string;
  /** `@2x`: output pixels per px. */
  readonly scale?: string;
  /** What was meant, for messages, where the numbers alone would puzzle: `4k`, `2000x1:2`. */
  readonly meant?: string;
}

/**
 * Reads a whole number from 1 to `maxDimension`; leading zeros are another spelling of the same number.
 * @throws GreyboxError `invalid-size`
 */
export function parseDimension(
  value: string,
  parameter: 'width' | 'height',
  { maxDimension }: Limits,
  meant?: string,
): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 1 && number <= maxDimension) return number;
  throw invalid('invalid-size', parameter, `an integer from 1 to ${maxDimension}`, value, meant);
}

const RATIO = /^(\d{1,5}(?:\.\d{1,4})?):(\d{1,5}(?:\.\d{1,4})?)$/;

/** Width over height of `16:9`; undefined for anything else, and for a side of 0. */
function ratioOf(text: string): number | undefined {
  const [, width, height] = RATIO.exec(text) ?? [];
  const ratio = Number(width) / Number(height);
  return ratio > 0 && Number.isFinite(ratio) ? ratio : undefined;
}

/** Fills in the side that a ratio stands for, to the nearest pixel: `640x16:9` is 640×360. */
function resolveRatio(width: string, height: string): SizeText {
  const [across, down] = [ratioOf(width), ratioOf(height)];
  const side = Number(across ? height : width);
  const plain = { width, height };
  if ((!across && !down) || !/^\d{1,6}$/.test(across ? height : width)) return plain;
  const meant = `${width}x${height}`;
  // A ratio on both sides is no size: it stays as it is, and its first half is refused as a width.
  if (across && down) return plain;
  if (across) return { width: String(Math.round(side * across)), height, meant };
  return { width, height: String(Math.round(side / (down as number))), meant };
}

/**
 * Reads the size segment of a path: `600x400`, `400`, `640x16:9`, `16:9x360` or a named size, then `@2x`.
 * @throws GreyboxError `invalid-size` where it is none of these
 */
export function parseSize(segment: string, { maxDimension }: Limits): SizeText {
  const [, text = '', scale] = /^(.*?)(?:@(.*)x)?$/is.exec(segment) ?? [];
  const scaled = scale === undefined ? {} : { scale };
  const name = text.toLowerCase();
  const named: NamedSize | undefined = Object.hasOwn(NAMED_SIZES, name) ? NAMED_SIZES[name] : undefined;
  if (named) return { width: String(named[0]), height: String(named[1]), meant: name, ...scaled };
  const sides = name.split('x');
  const [width = '', height = width] = sides;
  if (sides.length > 2 || !/\d/.test(text)) {
    const forms = `{width}x{height}, such as 600x400, each an integer from 1 to ${maxDimension}`;
    throw invalid(
      'invalid-size',
      'size',
      `${forms}, or one side, a ratio such as 640x16:9, or a named size`,
      segment,
    );
  }
  return { ...resolveRatio(width, height), ...scaled };
}

/** The size of a picture in output pixels: what its `scale` makes of it. */
export function outputSize({ width, height, scale }: { width: number; height: number; scale: number }): {
  readonly width: number;
  readonly height: number;
} {
  return { width: width * scale, height: height * scale };
}

/**
 * Checks what a picture would take in memory before anything is allocated.
 * @throws GreyboxError `invalid-size`
 */
export function checkPixels(width: number, height: number, scale: number, { maxPixels }: Limits): void {
  const output = outputSize({ width, height, scale });
  const pixels = output.width * output.height;
  if (pixels <= maxPixels) return;
  const size = `${width}x${height}@${scale}x`;
  const detail = `the picture must have at most ${maxPixels} pixels after scaling, got ${pixels} (${size})`;
  throw new GreyboxError('invalid-size', detail, { parameter: 'size', value: size });
}
