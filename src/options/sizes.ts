import { GreyboxError, invalid, quote } from '../errors.ts';

/** Bounds of one picture. */
export interface Limits {
  /** Largest width and height before scaling, in px. */
  readonly maxDimension: number;
  /** Largest number of output pixels, after scaling. */
  readonly maxPixels: number;
}

export const DEFAULT_LIMITS: Limits = { maxDimension: 2000, maxPixels: 16_000_000 };

export interface Size {
  /** px before scaling */
  readonly width: number;
  readonly height: number;
}

/**
 * Reads a whole number from 1 to `maxDimension`; leading zeros are another spelling of the same number.
 * @throws GreyboxError `invalid-size`
 */
export function parseDimension(
  value: string,
  parameter: 'width' | 'height',
  { maxDimension }: Limits,
): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 1 && number <= maxDimension) return number;
  throw invalid('invalid-size', parameter, `an integer from 1 to ${maxDimension}`, value);
}

/**
 * Reads the size segment of a path (without its `@{scale}x`): `600x400` or `400` for a square.
 * @throws GreyboxError `invalid-size`
 */
export function parseSize(segment: string, limits: Limits): Size {
  const sides = segment.toLowerCase().split('x');
  const [width = '', height = width] = sides;
  if (sides.length > 2 || !/\d/.test(segment)) {
    const example = `{width}x{height}, such as 600x400, each an integer from 1 to ${limits.maxDimension}`;
    throw invalid('invalid-size', 'size', example, segment);
  }
  return {
    width: parseDimension(width, 'width', limits),
    height: parseDimension(height, 'height', limits),
  };
}

/**
 * Checks what a picture would take in memory before anything is allocated.
 * @throws GreyboxError `invalid-size`
 */
export function checkPixels({ width, height }: Size, scale: number, { maxPixels }: Limits): void {
  const pixels = width * height * scale ** 2;
  if (pixels <= maxPixels) return;
  const size = `${width}x${height}@${scale}x`;
  throw new GreyboxError(
    'invalid-size',
    `the picture must have at most ${maxPixels} pixels after scaling, got ${pixels} (${quote(size)})`,
    { parameter: 'size', value: size },
  );
}
