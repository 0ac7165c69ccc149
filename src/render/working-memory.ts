import type { Format } from '../formats.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { hasManyColors } from './cost.ts';
import { hasShapes } from './shapes.ts';

/** Bytes for any picture: its label, and the beginning of the next picture before this one is freed. */
const BASE = 2 * 2 ** 20;

/**
 * Bytes per output pixel while a picture is drawn and encoded, in all copies: for one background and its label, with a
 * pattern, border or round corners, in many colours, and for a scene. Measured as resident memory, for pictures of
 * 4 megapixels one after another, and rounded up.
 */
const BYTES_PER_PIXEL: Readonly<
  Record<
    Format,
    { readonly flat: number; readonly shapes: number; readonly many: number; readonly scene: number }
  >
> = {
  png: { flat: 6, shapes: 30, many: 22, scene: 32 },
  gif: { flat: 7, shapes: 30, many: 26, scene: 32 },
  jpeg: { flat: 15, shapes: 31, many: 38, scene: 36 },
  webp: { flat: 22, shapes: 40, many: 48, scene: 40 },
  avif: { flat: 26, shapes: 52, many: 68, scene: 52 },
  svg: { flat: 0, shapes: 0, many: 0, scene: 0 },
};

/** Additional bytes per pixel where a scene is blurred, or a canvas draws on it. */
const UPON_SCENE = 12;

/** An estimate of the most memory that drawing a picture takes, in bytes. */
export function memoryOf(placeholder: Placeholder): number {
  const { format, scene, blur } = placeholder;
  const { width, height } = outputSize(placeholder);
  const perPixel = BYTES_PER_PIXEL[format];
  const pixels = width * height;
  if (format === 'svg') return BASE;
  if (scene !== undefined) {
    const more = blur > 0 || hasShapes(placeholder) ? UPON_SCENE : 0;
    return BASE + pixels * (perPixel.scene + more);
  }
  if (hasManyColors(placeholder)) return BASE + pixels * perPixel.many;
  return BASE + pixels * (hasShapes(placeholder) ? perPixel.shapes : perPixel.flat);
}
