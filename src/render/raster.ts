import sharp, { type Sharp } from 'sharp';
import type { Format } from '../formats.ts';
import { expand, type IndexedImage } from './indexed.ts';

/** Formats that sharp writes, and how: the least effort that pays for itself in bytes. */
const ENCODERS = {
  jpeg: (image, quality) => image.jpeg({ quality }),
  webp: (image, quality) => image.webp({ quality, effort: 0 }),
  avif: (image, quality) => image.avif({ quality, effort: 0 }),
  gif: (image) => image.gif({ effort: 1 }),
} satisfies Partial<Record<Format, (image: Sharp, quality: number) => Sharp>>;

export type RasterFormat = keyof typeof ENCODERS;

/** Encodes pixels through sharp, on its own threads. `quality` is 1–100 and has no effect on gif. */
export function encodeRaster(image: IndexedImage, format: RasterFormat, quality = 80): Promise<Buffer> {
  const { pixels, channels } = expand(image);
  const raw = { width: image.width, height: image.height, channels };
  return ENCODERS[format](sharp(pixels, { raw }), quality).toBuffer();
}
