import { crc32 } from 'node:zlib';
import { deflateRows } from './deflate.ts';
import { type IndexedImage, rowBytes } from './indexed.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** One chunk: length, type, data, CRC of type and data (PNG 3, 5.3). */
function chunk(type: string, data: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8);
  return out;
}

const END = chunk('IEND', Buffer.alloc(0));

/** IHDR with colour type 3: indexed (PNG 3, 11.2.1). */
function header({ width, height, box }: IndexedImage): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([box.depth, 3, 0, 0, 0], 8);
  return chunk('IHDR', data);
}

/** PLTE, and tRNS as far as the last entry that is not opaque (PNG 3, 11.2.2 and 11.3.1.1). */
function palette({ palette: colors }: IndexedImage): Buffer[] {
  const table = new Uint8Array(colors.length * 3);
  colors.forEach(([red, green, blue], i) => {
    table[i * 3] = red;
    table[i * 3 + 1] = green;
    table[i * 3 + 2] = blue;
  });
  const last = colors.findLastIndex((color) => color[3] < 255);
  if (last < 0) return [chunk('PLTE', table)];
  return [
    chunk('PLTE', table),
    chunk(
      'tRNS',
      Uint8Array.from(colors.slice(0, last + 1), (color) => color[3]),
    ),
  ];
}

/**
 * The scanlines that the box touches, each after its filter byte: "None", which compresses flat art best. All other
 * scanlines are zeros.
 */
function scanlines({ box }: IndexedImage, stride: number): Uint8Array {
  const { depth, x, width, height, data } = box;
  const start = 1 + (x * depth) / 8;
  const bytes = rowBytes(width, depth);
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++)
    out.set(data.subarray(row * bytes, (row + 1) * bytes), row * stride + start);
  return out;
}

/** Writes an indexed PNG of at most 256 colours. */
export function encodeIndexedPng(image: IndexedImage): Buffer {
  const { width, height, box } = image;
  const stride = 1 + rowBytes(width, box.depth);
  const above = box.y * stride;
  const below = (height - box.y - box.height) * stride;
  const data = deflateRows(above, scanlines(image, stride), stride, below, box.depth === 8);
  return Buffer.concat([SIGNATURE, header(image), ...palette(image), chunk('IDAT', data), END]);
}
