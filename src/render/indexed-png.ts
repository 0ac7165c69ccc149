import { crc32 } from 'node:zlib';
import type { Color } from '../options/color.ts';
import { deflateRows } from './deflate.ts';
import { type IndexedImage, rowBytes } from './indexed.ts';
import { SLACK } from './matches.ts';
import { physicalDimensions } from './resolution.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Length, type and CRC of a chunk (PNG 3, 5.3). */
const AROUND_DATA = 12;

/** Writes a chunk, and tells where the next one begins. */
function writeChunk(out: Buffer, at: number, type: string, data: Uint8Array): number {
  const end = at + 8 + data.length;
  out.writeUInt32BE(data.length, at);
  out.write(type, at + 4, 'latin1');
  out.set(data, at + 8);
  out.writeUInt32BE(crc32(out.subarray(at + 4, end)), end);
  return end + 4;
}

/** IHDR with colour type 3: indexed (PNG 3, 11.2.1). */
function header({ width, height, box }: IndexedImage): Uint8Array {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data[8] = box.depth;
  data[9] = 3;
  return data;
}

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

/** tRNS as far as the last entry that is not opaque (PNG 3, 11.3.1.1). */
function transparency(colors: readonly Color[]): Uint8Array {
  const last = colors.findLastIndex((color) => color[3] < 255);
  return Uint8Array.from(colors.slice(0, last + 1), (color) => color[3]);
}

/**
 * The scanlines that the box touches, each after its filter byte: "None", which compresses flat art best. All other
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

/** Writes an indexed PNG of at most 256 colours. @param scale output pixels per px: the picture prints in one size */
export function encodeIndexedPng(image: IndexedImage, scale: number): Buffer {
  const { width, height, box } = image;
  const stride = 1 + rowBytes(width, box.depth);
  const chunks: [type: string, data: Uint8Array][] = [
    ['IHDR', header(image)],
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
    ['IEND', new Uint8Array(0)],
  ];
  const needed = chunks.filter(([type, data]) => type !== 'tRNS' || data.length > 0);
  const length = needed.reduce((sum, [, data]) => sum + AROUND_DATA + data.length, SIGNATURE.length);
  const out = Buffer.alloc(length);
  out.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const [type, data] of needed) at = writeChunk(out, at, type, data);
  return out;
}
