import { crc32 } from 'node:zlib';
import type { Format } from './formats.ts';

type Dimensions = readonly [width: number, height: number];

/** Reads the dimensions of a complete image of the format; undefined for anything else. */
type Reader = (bytes: Buffer) => Dimensions | undefined;

const ascii = (bytes: Buffer, start: number, end: number): string => bytes.toString('latin1', start, end);

/** Every chunk with its CRC, from IHDR to IEND, with nothing after it (PNG 3, 5). */
const png: Reader = (bytes) => {
  if (ascii(bytes, 0, 8) !== '\x89PNG\r\n\x1a\n' || ascii(bytes, 12, 16) !== 'IHDR') return undefined;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      return undefined;
    const last = ascii(bytes, at + 4, at + 8) === 'IEND';
    if (last) return end === bytes.length ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : undefined;
    at = end;
  }
  return undefined;
};

/** Segments from SOI to the frame header; EOI at the end (ITU-T T.81, B.1). */
const jpeg: Reader = (bytes) => {
  if (
    bytes.length < 4 ||
    bytes.readUInt16BE(0) !== 0xffd8 ||
    bytes.readUInt16BE(bytes.length - 2) !== 0xffd9
  ) {
    return undefined;
  }
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] as number;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
  return undefined;
};

/** A RIFF of the stated length, and the first chunk of each of WebP's three kinds (RFC 9649, 2). */
const webp: Reader = (bytes) => {
  if (bytes.length < 30 || ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 12) !== 'WEBP') return undefined;
  if (bytes.readUInt32LE(4) + 8 !== bytes.length) return undefined;
  switch (ascii(bytes, 12, 16)) {
    case 'VP8 ':
      return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
    default:
      return undefined;
  }
};

/** Boxes that fill the file exactly, `ftyp` to `mdat`, and the image's `ispe` property (ISO/IEC 23008-12, 6.5.3). */
const avif: Reader = (bytes) => {
  if (ascii(bytes, 4, 12) !== 'ftypavif') return undefined;
  let at = 0;
  let last = '';
  while (at + 8 <= bytes.length) {
    const size = bytes.readUInt32BE(at);
    if (size < 8) return undefined;
    last = ascii(bytes, at + 4, at + 8);
    at += size;
  }
  const ispe = bytes.indexOf('ispe', 12, 'latin1');
  if (at !== bytes.length || last !== 'mdat' || ispe < 0 || ispe + 16 > bytes.length) return undefined;
  return [bytes.readUInt32BE(ispe + 8), bytes.readUInt32BE(ispe + 12)];
};

/** Size of the colour table that a packed field announces, in bytes (GIF89a, 18 and 20). */
const colorTable = (packed = 0): number => (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);

/** The end of a chain of sub-blocks: each has a length and that many bytes, the last is empty (GIF89a, 15 and 16). */
function subBlocksEnd(bytes: Buffer, start: number): number {
  let at = start;
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) at += 1 + length;
  return at + 1;
}

const GIF_EXTENSION = 0x21;
const GIF_IMAGE = 0x2c;
const GIF_TRAILER = 0x3b;

/** The logical screen, extensions and images, then the trailer with nothing after it (GIF89a, 18, 20, 24 and 27). */
const gif: Reader = (bytes) => {
  if (bytes.length < 14 || !/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return undefined;
  let at = 13 + colorTable(bytes[10]);
  while (bytes[at] === GIF_EXTENSION || bytes[at] === GIF_IMAGE) {
    // An image's own colour table and its code size come before its sub-blocks.
    const head = bytes[at] === GIF_IMAGE ? 11 + colorTable(bytes[at + 9]) : 2;
    at = subBlocksEnd(bytes, at + head);
  }
  const whole = bytes[at] === GIF_TRAILER && at === bytes.length - 1;
  return whole ? [bytes.readUInt16LE(6), bytes.readUInt16LE(8)] : undefined;
};

/** The root element as written by greybox, closed at the end. */
const svg: Reader = (bytes) => {
  const [, width, height] = /^<svg .*? viewBox="0 0 (\d+) (\d+)"/s.exec(ascii(bytes, 0, 300)) ?? [];
  const whole = ascii(bytes, bytes.length - 6, bytes.length) === '</svg>';
  return width && height && whole ? [Number(width), Number(height)] : undefined;
};

const READERS: Readonly<Record<Format, Reader>> = { png, jpeg, webp, avif, gif, svg };

/** Whether bytes are a complete image of this format and size. Never throws, whatever the bytes are. */
export function isImage(bytes: Buffer, format: Format, width: number, height: number): boolean {
  const size = READERS[format](bytes);
  return size !== undefined && size[0] === width && size[1] === height;
}

/** Size of the headers and tables of any image; bytes. */
const HEADERS = 2 ** 16;
/** An incompressible pixel takes 4 bytes in a PNG; no format takes more than this. */
const BYTES_PER_PIXEL = 6;
/** The outlines of the longest label at any size, in bytes: the most seen was 1.7 MB. */
const SVG_BYTES = 8 * 2 ** 20;

/** The most bytes that an image of this format and size can have; anything longer is not one. */
export const maxImageBytes = (format: Format, width: number, height: number): number =>
  format === 'svg' ? SVG_BYTES : HEADERS + BYTES_PER_PIXEL * width * height;
