import { deflate } from './deflate.ts';
import type { Pixels } from './indexed.ts';
import { header, writePng } from './png.ts';
import { physicalDimensions } from './resolution.ts';
import type { Tokens } from './tokens.ts';

/** Filter "Up": each byte less the one above it (PNG 3, 9.2). */
const UP = 2;

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

/** The end of the run from `from` on with equal differences to the row above. */
function endOfRun(pixels: Int32Array, above: Int32Array, from: number, difference: number): number {
  const { length } = pixels;
  let to = from + 1;
  if (difference === 0) while (to < length && pixels[to] === above[to]) to += 1;
  else while (to < length && less(pixels[to] as number, above[to] as number) === difference) to += 1;
  return to;
}

/** Adler-32 (RFC 1950, 8.2), reduced after each row: until then the sums stay far below what a number holds. */
class Checksum {
  #a = 1;
  #b = 0;

  /**
   * Adds a row of bytes.
   * @param sum of the bytes
   * @param weighed the same sum, the last byte counted once, the one before it twice, and so on
   */
  addRow(bytes: number, sum: number, weighed: number): void {
    this.#b = (this.#b + bytes * this.#a + weighed) % MODULUS;
    this.#a = (this.#a + sum) % MODULUS;
  }

  get value(): number {
    return this.#b * 65536 + this.#a;
  }
}

/** Adds the tokens of a row of pixels. */
function addRow(
  pixels: Int32Array,
  above: Int32Array,
  channels: number,
  tokens: Tokens,
  checksum: Checksum,
): void {
  const { length } = pixels;
  const bytes = 1 + length * channels;
  let sum = UP;
  let weighed = UP * bytes;
  tokens.literal(UP);
  for (let at = 0; at < length; ) {
    const difference = less(pixels[at] as number, above[at] as number);
    const to = endOfRun(pixels, above, at, difference);
    const count = to - at;
    tokens.pixels(difference, channels, count);
    if (difference !== 0) {
      const green = (difference >>> 8) & 255;
      const blue = (difference >>> 16) & 255;
      const alpha = difference >>> 24;
      const all = (difference & 255) + green + blue + alpha;
      // The weight of the first channel of the pixel in the middle of the run.
      const weight = channels * (length - at - (count - 1) / 2);
      sum += count * all;
      weighed += count * (weight * all - green - 2 * blue - 3 * alpha);
    }
    at = to;
  }
  checksum.addRow(bytes, sum, weighed);
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
function isOpaque(pixels: Int32Array): boolean {
  for (let i = 0; i < pixels.length; i++) if ((pixels[i] as number) >>> 24 !== 255) return false;
  return true;
}

/** Bytes of pixels as words, four bytes each. */
export function wordsOf(bytes: Buffer): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
}

/**
 * Words as bytes for an encoder: three per pixel if all are opaque.
 * @param opaque whether they are, where that is known
 */
export function toPixels(words: Int32Array, opaque = isOpaque(words)): Pixels {
  if (!opaque) return { data: Buffer.from(words.buffer, words.byteOffset, words.byteLength), channels: 4 };
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
 * @param opaque whether all pixels are, where that is known
 */
export function encodeSmoothPng(
  pixels: Int32Array,
  width: number,
  height: number,
  scale: number,
  opaque = isOpaque(pixels),
): Buffer {
  const channels = opaque ? 3 : 4;
  return writePng([
    ['IHDR', header(width, height, 8, channels === 3 ? 2 : 6)],
    ['pHYs', physicalDimensions(scale)],
    ['IDAT', deflate((tokens) => addScanlines(pixels, width, channels, tokens))],
  ]);
}
