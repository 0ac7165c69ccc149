import { canonicalCodes, codeLengths } from './huffman.ts';
import {
  DISTANCE_BASES,
  DISTANCE_EXTRA,
  distanceSymbol,
  findMatches,
  LENGTH_BASES,
  LENGTH_EXTRA,
  LENGTH_SYMBOLS,
  Tokens,
} from './matches.ts';

const END_OF_BLOCK = 256;

/** Places of the same three bytes that are looked at in the rows of a label, and in others, whose art is finer. */
const FEW_PLACES = 1;
const MANY_PLACES = 12;

/** Writes bits, least significant first (RFC 1951, 3.1.1). */
class BitWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;
  #bits = 0;
  #count = 0;

  /** @param count at most 16 */
  write(value: number, count: number): void {
    this.#bits |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      if (this.#length === this.#bytes.length) this.#grow();
      this.#bytes[this.#length++] = this.#bits;
      this.#bits >>>= 8;
      this.#count -= 8;
    }
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  finish(): Uint8Array {
    if (this.#count > 0) this.write(0, 8 - this.#count);
    return this.#bytes.subarray(0, this.#length);
  }
}

/** The order in which lengths of code lengths are sent (RFC 1951, 3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Code lengths with their runs shortened: symbol, its extra bits and how many (RFC 1951, 3.2.7). */
function shorten(lengths: Uint8Array): [symbol: number, extra: number, bits: number][] {
  const out: [number, number, number][] = [];
  for (let i = 0; i < lengths.length; ) {
    const length = lengths[i] as number;
    let run = 1;
    while (i + run < lengths.length && lengths[i + run] === length) run += 1;
    if (length === 0 && run >= 11) {
      run = Math.min(run, 138);
      out.push([18, run - 11, 7]);
    } else if (length === 0 && run >= 3) out.push([17, run - 3, 3]);
    else if (length > 0 && run >= 4) {
      run = Math.min(run, 7);
      out.push([length, 0, 0], [16, run - 4, 2]);
    } else {
      run = 1;
      out.push([length, 0, 0]);
    }
    i += run;
  }
  return out;
}

/** The tables of a block with dynamic codes (RFC 1951, 3.2.7). */
function writeTables(out: BitWriter, literals: Uint8Array, distances: Uint8Array): void {
  const literalCount = Math.max(257, literals.findLastIndex((length) => length > 0) + 1);
  const distanceCount = Math.max(1, distances.findLastIndex((length) => length > 0) + 1);
  const all = new Uint8Array(literalCount + distanceCount);
  all.set(literals.subarray(0, literalCount));
  all.set(distances.subarray(0, distanceCount), literalCount);
  const symbols = shorten(all);
  const frequencies = new Uint32Array(19);
  for (const [symbol] of symbols) frequencies[symbol] = (frequencies[symbol] as number) + 1;
  const lengths = codeLengths(frequencies, 7);
  const codes = canonicalCodes(lengths);
  const sent = Math.max(4, ORDER.findLastIndex((symbol) => (lengths[symbol] as number) > 0) + 1);
  out.write(literalCount - 257, 5);
  out.write(distanceCount - 1, 5);
  out.write(sent - 4, 4);
  for (const symbol of ORDER.slice(0, sent)) out.write(lengths[symbol] as number, 3);
  for (const [symbol, extra, bits] of symbols) {
    out.write(codes[symbol] as number, lengths[symbol] as number);
    out.write(extra, bits);
  }
}

/** Reused: a picture is compressed in one go. */
const tokens = new Tokens();

/** Writes the tokens as one last block with codes of their own. */
function writeBlock(out: BitWriter): void {
  tokens.literals[END_OF_BLOCK] = 1;
  const literals = codeLengths(tokens.literals, 15);
  const distances = codeLengths(tokens.distances, 15);
  const literalCodes = canonicalCodes(literals);
  const distanceCodes = canonicalCodes(distances);
  out.write(0b101, 3);
  writeTables(out, literals, distances);
  const writeMatch = (token: number): void => {
    const length = token >> 16;
    const distance = token & 0xffff;
    const symbol = LENGTH_SYMBOLS[length] as number;
    out.write(literalCodes[symbol + 257] as number, literals[symbol + 257] as number);
    out.write(length - (LENGTH_BASES[symbol] as number), LENGTH_EXTRA[symbol] as number);
    const far = distanceSymbol(distance);
    out.write(distanceCodes[far] as number, distances[far] as number);
    out.write(distance - (DISTANCE_BASES[far] as number), DISTANCE_EXTRA[far] as number);
  };
  for (let i = 0; i < tokens.count; i++) {
    const token = tokens.list[i] as number;
    if (token < 0) {
      const repeated = tokens.list[++i] as number;
      for (let times = -token; times > 0; times--) writeMatch(repeated);
    } else if (token < 256) out.write(literalCodes[token] as number, literals[token] as number);
    else writeMatch(token);
  }
  out.write(literalCodes[END_OF_BLOCK] as number, literals[END_OF_BLOCK] as number);
}

const MODULUS = 65521;

/** Adler-32 (RFC 1950, 8.2) of zeros, then bytes, then zeros: only the bytes are looked at. */
function adler32(before: number, bytes: Uint8Array, after: number): number {
  let [a, b] = [1, before % MODULUS];
  for (let start = 0; start < bytes.length; start += 3800) {
    const end = Math.min(start + 3800, bytes.length);
    for (let i = start; i < end; i++) {
      a += bytes[i] as number;
      b += a;
    }
    a %= MODULUS;
    b %= MODULUS;
  }
  b = (b + (after % MODULUS) * a) % MODULUS;
  return b * 65536 + a;
}

/**
 * Compresses rows between two runs of zeros into a zlib stream (RFC 1950). The zeros cost nothing but their bits, so a
 * large flat picture takes hardly longer than a small one; and unlike zlib's, whose output differs between versions and
 * processors, the bytes are the same everywhere.
 * @param before zeros ahead of the rows
 * @param rows bytes, `stride` of them a row
 * @param after zeros behind the rows
 * @param fine whether the rows hold more than a label: worth a longer search
 */
export function deflateRows(
  before: number,
  rows: Uint8Array,
  stride: number,
  after: number,
  fine: boolean,
): Buffer {
  tokens.reset(rows.length + 1024);
  tokens.zeros(before);
  findMatches(rows, stride, fine ? MANY_PLACES : FEW_PLACES, tokens);
  tokens.zeros(after);
  const out = new BitWriter();
  out.write(0x78, 8);
  out.write(0x9c, 8);
  writeBlock(out);
  const stream = out.finish();
  const whole = Buffer.alloc(stream.length + 4);
  whole.set(stream);
  whole.writeUInt32BE(adler32(before, rows, after), stream.length);
  return whole;
}
