import { deflate } from './deflate.ts';
import type { Pixels } from './indexed.ts';
import type { Tokens } from './matches.ts';
import { header, writePng } from './png.ts';
import { physicalDimensions } from './resolution.ts';

/** Filter "Up": each byte less the one above it (PNG 3, 9.2). */
const UP = 2;
/** Longest match (RFC 1951, 3.2.5). */
const LONGEST = 258;

const MODULUS = 65521;

/**
 * The differences of a pixel's channels to those of the pixel above, each modulo 256: red in the lowest byte. Bytes are
 * subtracted two at a time, with a bit between them for the borrow.
 */
function less(pixel: number, above: number): number {
  const outer = (((pixel & 0xff00ff) | 0x1000100) - (above & 0xff00ff)) & 0xff00ff;
  const inner = ((((pixel >>> 8) & 0xff00ff) | 0x1000100) - ((above >>> 8) & 0xff00ff)) & 0xff00ff;
  return outer | (inner << 8);
}

/** Adler-32 (RFC 1950, 8.2), reduced after each row: until then the sums stay far below what a number holds. */
class Checksum {
  a = 1;
  b = 0;

  /**
   * Adds the bytes of a pixel `count` times.
   * @param sum of the bytes
   * @param weighed the same sum, the last byte counted once, the one before it twice, and so on
   */
  add(channels: number, sum: number, weighed: number, count: number): void {
    // Each time adds the sum to `a`; `b` adds up what `a` was after each byte.
    this.b += count * (channels * this.a + weighed) + ((channels * sum) / 2) * count * (count - 1);
    this.a += count * sum;
  }

  /** Adds the byte that begins a row. */
  begin(filter: number): void {
    this.a = (this.a % MODULUS) + filter;
    this.b = ((this.b % MODULUS) + this.a) % MODULUS;
  }

  get value(): number {
    return (this.b % MODULUS) * 65536 + (this.a % MODULUS);
  }
}

/** The end of the run from `from` on with equal differences to the row above. */
function endOfRun(pixels: Int32Array, above: Int32Array, from: number, difference: number): number {
  const { length } = pixels;
  let to = from + 1;
  if (difference === 0) while (to < length && pixels[to] === above[to]) to += 1;
  else while (to < length && less(pixels[to] as number, above[to] as number) === difference) to += 1;
  return to;
}

/** Adds the tokens of a row of pixels. */
function addRow(
  pixels: Int32Array,
  above: Int32Array,
  channels: number,
  tokens: Tokens,
  checksum: Checksum,
): void {
  // Matches are whole pixels long.
  const longest = LONGEST - (LONGEST % channels);
  tokens.literal(UP);
  checksum.begin(UP);
  for (let at = 0; at < pixels.length; ) {
    const difference = less(pixels[at] as number, above[at] as number);
    const to = endOfRun(pixels, above, at, difference);
    const red = difference & 255;
    const green = (difference >>> 8) & 255;
    const blue = (difference >>> 16) & 255;
    tokens.literal(red);
    tokens.literal(green);
    tokens.literal(blue);
    let sum = red + green + blue;
    let weighed = channels * red + (channels - 1) * green + (channels - 2) * blue;
    if (channels === 4) {
      const alpha = difference >>> 24;
      tokens.literal(alpha);
      sum += alpha;
      weighed += alpha;
    }
    let left = (to - at - 1) * channels;
    for (; left >= longest; left -= longest) tokens.match(longest, channels);
    if (left > 0) tokens.match(left, channels);
    checksum.add(channels, sum, weighed, to - at);
    at = to;
  }
}

/** Adds the tokens of all scanlines, and returns their Adler-32. */
function addScanlines(pixels: Int32Array, width: number, channels: number, tokens: Tokens): number {
  const checksum = new Checksum();
  // Without alpha, the highest byte must not count as a difference.
  let above: Int32Array = new Int32Array(width).fill(channels === 3 ? 0xff000000 : 0);
  for (let at = 0; at < pixels.length; at += width) {
    const line = pixels.subarray(at, at + width);
    addRow(line, above, channels, tokens, checksum);
    above = line;
  }
  return checksum.value;
}

/** Whether all pixels are opaque. */
export function isOpaque(pixels: Int32Array): boolean {
  for (let i = 0; i < pixels.length; i++) if ((pixels[i] as number) >>> 24 !== 255) return false;
  return true;
}

/** Bytes of pixels as words, four bytes each. */
export function wordsOf(bytes: Buffer): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
}

/** Words as bytes for an encoder: three per pixel if all are opaque. */
export function toPixels(words: Int32Array): Pixels {
  if (!isOpaque(words))
    return { data: Buffer.from(words.buffer, words.byteOffset, words.byteLength), channels: 4 };
  const data = Buffer.allocUnsafe(words.length * 3);
  for (let i = 0, at = 0; i < words.length; i++, at += 3) {
    const word = words[i] as number;
    data[at] = word;
    data[at + 1] = word >> 8;
    data[at + 2] = word >> 16;
  }
  return { data, channels: 3 };
}

/**
 * Writes a PNG in true colour, with alpha if a pixel needs it. Made for drawings of flat and slowly changing colours:
 * it only looks for runs of equal differences to the row above. So it is fast, and the bytes are the same everywhere.
 * @param pixels little-endian words, not premultiplied: red in the lowest byte
 */
export function encodeSmoothPng(pixels: Int32Array, width: number, height: number, scale: number): Buffer {
  const channels = isOpaque(pixels) ? 3 : 4;
  return writePng([
    ['IHDR', header(width, height, 8, channels === 3 ? 2 : 6)],
    ['pHYs', physicalDimensions(scale)],
    ['IDAT', deflate((tokens) => addScanlines(pixels, width, channels, tokens))],
  ]);
}
