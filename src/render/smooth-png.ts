import { deflate } from './deflate.ts';
import type { Tokens } from './matches.ts';
import { header, writePng } from './png.ts';

/** Filter "Up": each byte less the one above it (PNG 3, 9.2). */
const UP = 2;
/** Longest match that is whole pixels (RFC 1951, 3.2.5). */
const LONGEST = 255;

const MODULUS = 65521;

/**
 * The three differences of a pixel to the one above it, each modulo 256: red in the lowest byte. Bytes are subtracted
 * two at a time, with a bit between them that takes what is borrowed.
 */
function less(pixel: number, above: number): number {
  const outer = (((pixel & 0xff00ff) | 0x1000100) - (above & 0xff00ff)) & 0xff00ff;
  return outer | (((pixel & 0xff00) - (above & 0xff00)) & 0xff00);
}

/** Adler-32 (RFC 1950, 8.2), reduced after each row: until then the sums stay far below what a number holds. */
class Checksum {
  a = 1;
  b = 0;

  /** Adds three bytes so many times. */
  add(red: number, green: number, blue: number, count: number): void {
    const sum = red + green + blue;
    // Each time adds the sum to `a`; `b` adds up what `a` was after each byte.
    this.b += count * (3 * this.a + 3 * red + 2 * green + blue) + 1.5 * sum * count * (count - 1);
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

/** Where the run of equal differences to the row above ends that begins at `from`. */
function endOfRun(pixels: Int32Array, above: Int32Array, from: number, difference: number): number {
  const { length } = pixels;
  let to = from + 1;
  if (difference === 0) while (to < length && pixels[to] === above[to]) to += 1;
  else while (to < length && less(pixels[to] as number, above[to] as number) === difference) to += 1;
  return to;
}

/** Adds the tokens of a row of three bytes a pixel. */
function addRow(pixels: Int32Array, above: Int32Array, tokens: Tokens, checksum: Checksum): void {
  tokens.literal(UP);
  checksum.begin(UP);
  for (let at = 0; at < pixels.length; ) {
    const difference = less(pixels[at] as number, above[at] as number);
    const to = endOfRun(pixels, above, at, difference);
    const red = difference & 255;
    const green = (difference >> 8) & 255;
    const blue = difference >> 16;
    tokens.literal(red);
    tokens.literal(green);
    tokens.literal(blue);
    let left = (to - at - 1) * 3;
    for (; left >= LONGEST; left -= LONGEST) tokens.match(LONGEST, 3);
    if (left > 0) tokens.match(left, 3);
    checksum.add(red, green, blue, to - at);
    at = to;
  }
}

/** Adds the tokens of scanlines, and tells their Adler-32. */
function addScanlines(pixels: Int32Array, width: number, height: number, tokens: Tokens): number {
  const checksum = new Checksum();
  let above: Int32Array = new Int32Array(width);
  for (let row = 0; row < height; row++) {
    const line = pixels.subarray(row * width, (row + 1) * width);
    addRow(line, above, tokens, checksum);
    above = line;
  }
  return checksum.value;
}

/**
 * Writes a PNG of opaque pixels in true colour. Made for drawings of flat and slowly changing colours: runs of equal
 * differences to the row above are all that it looks for, so it takes little time, and the bytes are the same everywhere.
 * @param pixels little-endian words: red in the lowest byte
 */
export function encodeSmoothPng(pixels: Int32Array, width: number, height: number): Buffer {
  return writePng([
    ['IHDR', header(width, height, 8, 2)],
    ['IDAT', deflate((tokens) => addScanlines(pixels, width, height, tokens))],
  ]);
}
