import { adler32 } from './adler32.ts';
import { BitWriter, MOST_BITS, packCode } from './bit-writer.ts';
import { type PrefixCode, prefixCode } from './huffman.ts';
import { findMatches, SLACK } from './matches.ts';
import { EXTRA_BITS, FIRST_DISTANCE, Tokens } from './tokens.ts';

const END_OF_BLOCK = 256;
/** The symbol of the longest match. */
const LAST_LENGTH = 285;

/** Earlier places of the same four bytes to compare, in the rows of a label and in finer art. */
const FEW_PLACES = 1;
const MANY_PLACES = 12;

/** The order in which lengths of code lengths are sent (RFC 1951, 3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Reused, because a picture is compressed in one go. */
const tokens = new Tokens(() => writeBlock(false));
const out = new BitWriter();

/** How many of a code's lengths are sent: up to the last one in use. */
function sentLengths(count: number, least: number, length: (i: number) => number | undefined): number {
  let sent = count;
  while (sent > least && length(sent - 1) === 0) sent -= 1;
  return sent;
}

/** Lengths of both codes with their runs shortened: symbol | its extra bits << 8. Reused. */
const shortened = new Uint16Array(286 + 30);

/** Shortens runs of equal code lengths (RFC 1951, 3.2.7), and returns how many symbols are left. */
function shorten(lengths: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < lengths.length; ) {
    const length = lengths[i] as number;
    let run = 1;
    while (run < 138 && i + run < lengths.length && lengths[i + run] === length) run += 1;
    if (length === 0 && run >= 11) shortened[count++] = 18 | ((run - 11) << 8);
    else if (length === 0 && run >= 3) shortened[count++] = 17 | ((run - 3) << 8);
    else if (length > 0 && run >= 4) {
      run = Math.min(run, 7);
      shortened[count++] = length;
      shortened[count++] = 16 | ((run - 4) << 8);
    } else {
      run = 1;
      shortened[count++] = length;
    }
    i += run;
  }
  return count;
}

/** Extra bits of the symbols that shorten runs, from 16 on. */
const RUN_EXTRA = [2, 3, 7];

/** The tables of a block with dynamic codes (RFC 1951, 3.2.7). */
function writeTables(literals: Uint8Array, distances: Uint8Array): void {
  const literalCount = sentLengths(literals.length, 257, (i) => literals[i]);
  const distanceCount = sentLengths(distances.length, 1, (i) => distances[i]);
  const all = new Uint8Array(literalCount + distanceCount);
  all.set(literals.subarray(0, literalCount));
  all.set(distances.subarray(0, distanceCount), literalCount);
  const symbols = shortened.subarray(0, shorten(all));
  const frequencies = new Uint32Array(ORDER.length);
  for (let i = 0; i < symbols.length; i++) {
    const symbol = (symbols[i] as number) & 255;
    frequencies[symbol] = (frequencies[symbol] as number) + 1;
  }
  const { lengths, codes } = prefixCode(frequencies, 7);
  const sent = sentLengths(ORDER.length, 4, (i) => lengths[ORDER[i] as number]);
  out.write(literalCount - 257, 5);
  out.write(distanceCount - 1, 5);
  out.write(sent - 4, 4);
  for (let i = 0; i < sent; i++) out.write(lengths[ORDER[i] as number] as number, 3);
  for (let i = 0; i < symbols.length; i++) {
    const symbol = (symbols[i] as number) & 255;
    out.write(codes[symbol] as number, lengths[symbol] as number);
    if (symbol >= 16) out.write((symbols[i] as number) >> 8, RUN_EXTRA[symbol - 16] as number);
  }
}

/** Longest codes: one and its extra bits, at most 5 for a length and 13 for a distance, are written at once. */
const LONGEST_CODE = { literals: 13, distances: MOST_BITS - 13 };

/** Both codes of a block by symbol, packed. Reused. */
const packed = new Int32Array(EXTRA_BITS.length);

function pack({ codes, lengths }: PrefixCode, first: number): void {
  for (let i = 0; i < codes.length; i++)
    packed[first + i] = packCode(codes[i] as number, lengths[i] as number, EXTRA_BITS[first + i] as number);
}

/** Writes the tokens as a block with its own codes. */
function writeBlock(last: boolean): void {
  const { frequencies, list, count, runs } = tokens;
  frequencies[END_OF_BLOCK] = 1;
  const literals = prefixCode(frequencies.subarray(0, FIRST_DISTANCE), LONGEST_CODE.literals);
  const distances = prefixCode(frequencies.subarray(FIRST_DISTANCE), LONGEST_CODE.distances);
  out.write(last ? 0b101 : 0b100, 3);
  writeTables(literals.lengths, distances.lengths);
  pack(literals, 0);
  pack(distances, FIRST_DISTANCE);
  // The longest match at distance 1 has no extra bits.
  const lengthBits = literals.lengths[LAST_LENGTH] as number;
  const runBits = lengthBits + (distances.lengths[0] as number);
  const run = (literals.codes[LAST_LENGTH] as number) | ((distances.codes[0] as number) << lengthBits);
  let from = 0;
  for (const { at, times } of runs) {
    out.writeTokens(list, from, at, packed);
    out.repeat(run, runBits, times);
    from = at;
  }
  out.writeTokens(list, from, count, packed);
  out.write(literals.codes[END_OF_BLOCK] as number, literals.lengths[END_OF_BLOCK] as number);
}

/** Rows of bytes between two runs of zeros. */
export interface Rows {
  /** Zeros before the rows. */
  readonly before: number;
  /** Must begin at a multiple of four in their buffer, which has {@link SLACK} more bytes after them. */
  readonly bytes: Uint8Array;
  readonly stride: number;
  /** Zeros after the rows. */
  readonly after: number;
  /** Whether the rows hold more than a label, and are worth a longer search. */
  readonly fine: boolean;
}

/**
 * Compresses rows between two runs of zeros into a zlib stream (RFC 1950). The zeros take hardly any time, so a large
 * flat picture is about as fast as a small one. The bytes are the same everywhere; zlib's differ between versions and
 * processors.
 * @returns the stream; the next one overwrites it
 */
export function deflateRows({ before, bytes, stride, after, fine }: Rows): Uint8Array {
  return deflate((list) => {
    list.zeros(before);
    findMatches(bytes, stride, fine ? MANY_PLACES : FEW_PLACES, list);
    list.zeros(after);
    return adler32(before, bytes, after);
  });
}

/**
 * Writes a zlib stream (RFC 1950).
 * @param addTokens adds the tokens of the data to the list, and returns its Adler-32
 * @returns the stream; the next one overwrites it
 */
export function deflate(addTokens: (list: Tokens) => number): Uint8Array {
  out.write(0x78, 8);
  out.write(0x9c, 8);
  tokens.clear();
  const sum = addTokens(tokens);
  writeBlock(true);
  out.align();
  for (let shift = 24; shift >= 0; shift -= 8) out.write((sum >>> shift) & 255, 8);
  return out.finish();
}
