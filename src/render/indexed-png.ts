import { crc32, deflateSync } from 'node:zlib';
import type { IndexedImage } from './indexed.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** One chunk: length, type, data, CRC of type and data (PNG 3, 5.3). */
function chunk(type: string, data: Uint8Array): Buffer {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8);
  return out;
}

/** IHDR with colour type 3: indexed (PNG 3, 11.2.1). */
function header({ width, height }: IndexedImage, depth: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, 3, 0, 0, 0], 8);
  return chunk('IHDR', data);
}

/** PLTE, and tRNS as far as the last entry that is not opaque (PNG 3, 11.2.2 and 11.3.1.1). */
function palette({ palette: colors }: IndexedImage): Buffer[] {
  const chunks = [chunk('PLTE', Uint8Array.from(colors.flatMap((color) => color.slice(0, 3))))];
  const alphas = colors.map((color) => color[3]);
  const last = alphas.findLastIndex((alpha) => alpha < 255);
  if (last >= 0) chunks.push(chunk('tRNS', Uint8Array.from(alphas.slice(0, last + 1))));
  return chunks;
}

/** Scanlines of packed indices, each after its filter byte: "None", which compresses flat art best. */
function scanlines({ width, height, box }: IndexedImage, depth: 1 | 2 | 4 | 8): Buffer {
  const stride = 1 + Math.ceil((width * depth) / 8);
  const out = Buffer.alloc(stride * height);
  const perByte = 8 / depth;
  for (let row = 0, i = 0; row < box.height; row++) {
    const line = (box.y + row) * stride + 1;
    for (let x = box.x; x < box.x + box.width; x++, i++) {
      const index = box.data[i] as number;
      if (index === 0) continue;
      const at = line + ((x / perByte) | 0);
      out[at] = (out[at] as number) | (index << (8 - depth * ((x % perByte) + 1)));
    }
  }
  return out;
}

/** The fewest bits, of those that PNG has, that hold every index (PNG 3, 11.2.1). */
function bitDepth(colors: number): 1 | 2 | 4 | 8 {
  if (colors <= 2) return 1;
  if (colors <= 4) return 2;
  return colors <= 16 ? 4 : 8;
}

/** Writes an indexed PNG of at most 256 colours. */
export function encodeIndexedPng(image: IndexedImage): Buffer {
  const depth = bitDepth(image.palette.length);
  const data = deflateSync(scanlines(image, depth), { level: 6 });
  return Buffer.concat([
    SIGNATURE,
    header(image, depth),
    ...palette(image),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
