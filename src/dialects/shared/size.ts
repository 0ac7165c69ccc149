import { invalid } from '../../errors.ts';
import { formatOf } from '../../formats.ts';
import { invalidFormat } from '../../options/readers.ts';
import type { Limits } from '../../options/sizes.ts';

/** A requested size, in px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A service's own limits: its smallest and largest side, and its largest area if it has one. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** px² */
  readonly area?: number;
}

const SIDE = /^\d{1,6}(?:\.\d{1,4})?$/;

/** A side in whole px, with fractions rounded; undefined where the text is not a number. */
export function sideOf(text: string): number | undefined {
  const plain = text.trim().replace(/px$/i, '');
  return SIDE.test(plain) ? Math.round(Number(plain)) : undefined;
}

/** @throws GreyboxError `invalid-size` where a side or the area is out of a service's own bounds */
export function checkSize(size: Size, { min, max, area = max * max }: Bounds): Size {
  for (const side of ['width', 'height'] as const) {
    const value = size[side];
    if (value < min || value > max)
      throw invalid('invalid-size', side, `an integer from ${min} to ${max}`, String(value));
  }
  if (size.width * size.height <= area) return size;
  throw invalid('invalid-size', 'size', `at most ${area} pixels`, `${size.width}x${size.height}`);
}

/** Moves each side to the nearest one that a service draws, as some services do instead of refusing. */
export function clampSize({ width, height }: Size, { min, max }: Bounds): Size {
  const clamp = (side: number): number => Math.min(Math.max(side, min), max);
  return { width: clamp(width), height: clamp(height) };
}

/** Separator of two sides; some pages write `100px100`. */
const BETWEEN = /px(?=\d)|(?:px)?\s?[x×*](?=\s*\d)/i;

/** Reads `300x200`, `300X200`, `300×200`, `300*200`, `300px200px` or `300`, a square; undefined for anything else. */
export function sizeOf(text: string): Size | undefined {
  const [first = '', second = first, ...rest] = text.split(BETWEEN);
  const [width, height] = [sideOf(first), sideOf(second)];
  return width === undefined || height === undefined || rest.length > 0 ? undefined : { width, height };
}

/** As {@link sizeOf}. @throws GreyboxError `invalid-size`, or `unsupported-format` for an unknown extension */
export function readSize(text: string | undefined, bounds: Bounds): Size {
  const size = sizeOf(text ?? '');
  if (size) return checkSize(size, bounds);
  const [, before = '', extension = ''] = /^(.+)\.([a-z]\w{1,4})$/i.exec(text ?? '') ?? [];
  if (sizeOf(before) && !formatOf(extension)) throw invalidFormat(extension, 'format');
  throw invalid('invalid-size', 'size', 'a width and a height such as 300x200, or one side', text ?? '');
}

/**
 * A size within our bounds: where a side or the number of pixels is over them, both sides shrink in the same ratio, to
 * the nearest pixel.
 * @param scale output pixels per px
 */
export function fit({ width, height }: Size, { maxDimension, maxPixels }: Limits, scale = 1): Size {
  const pixels = width * height * scale * scale;
  const factor = Math.min(1, maxDimension / width, maxDimension / height, Math.sqrt(maxPixels / pixels));
  if (factor === 1) return { width, height };
  const shrink = (side: number): number => Math.max(1, Math.floor(side * factor + 1e-9));
  return { width: shrink(width), height: shrink(height) };
}
