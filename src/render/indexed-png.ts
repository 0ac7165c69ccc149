import type { Color } from '../options/color.ts';
import { deflateRows } from './deflate.ts';
import { type IndexedImage, rowBytes } from './indexed.ts';
import { SLACK } from './matches.ts';
import { type Chunk, header, writePng } from './png.ts';
import { physicalDimensions } from './resolution.ts';

/** PLTE (PNG 3, 11.2.2) */
function palette(colors: readonly Color[]): Uint8Array {
  const table = new Uint8Array(colors.length * 3);
  colors.forEach(([red, green, blue], i) => {
    table[i * 3] = red;
    table[i * 3 + 1] = green;
    table[i * 3 + 2] = blue;
  });
  return table;
}

/** tRNS, up to the last entry that is not opaque (PNG 3, 11.3.1.1). */
function transparency(colors: readonly Color[]): Uint8Array {
  const last = colors.findLastIndex((color) => color[3] < 255);
  return Uint8Array.from(colors.slice(0, last + 1), (color) => color[3]);
}

/**
 * The scanlines that the box touches, each after its filter byte "None", which compresses flat art best. All other
 * scanlines are zeros.
 */
function scanlines({ box }: IndexedImage, stride: number): Uint8Array<ArrayBuffer> {
  const { depth, x, width, height, data } = box;
  const start = 1 + (x * depth) / 8;
  const bytes = rowBytes(width, depth);
  const out = new Uint8Array(stride * height + SLACK).subarray(0, stride * height);
  for (let row = 0; row < height; row++)
    out.set(data.subarray(row * bytes, (row + 1) * bytes), row * stride + start);
  return out;
}

/** Writes an indexed PNG of at most 256 colours. @param scale output pixels per px, for the size in print */
export function encodeIndexedPng(image: IndexedImage, scale: number): Buffer {
  const { width, height, box } = image;
  const stride = 1 + rowBytes(width, box.depth);
  const chunks: Chunk[] = [
    ['IHDR', header(width, height, box.depth, 3)],
    ['pHYs', physicalDimensions(scale)],
    ['PLTE', palette(image.palette)],
    ['tRNS', transparency(image.palette)],
    [
      'IDAT',
      deflateRows({
        before: box.y * stride,
        bytes: scanlines(image, stride),
        stride,
        after: (height - box.y - box.height) * stride,
        fine: box.depth === 8,
      }),
    ],
  ];
  return writePng(chunks.filter(([type, data]) => type !== 'tRNS' || data.length > 0));
}
