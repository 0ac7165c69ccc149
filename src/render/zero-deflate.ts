import { constants, deflateRawSync } from 'node:zlib';

/** Longest match of DEFLATE, in bytes (RFC 1951, 3.2.5). */
const LONGEST = 258;
/** Fewer matches than this are not worth a block's tables: their zeros go through the compressor with the rest. */
const WORTHWHILE = 8;

/** Writes bits, least significant first (RFC 1951, 3.1.1), into a buffer of fixed size. */
class BitWriter {
  readonly bytes: Buffer;
  #at = 0;

  constructor(size: number) {
    this.bytes = Buffer.alloc(size);
  }

  write(value: number, count: number): void {
    for (let i = 0; i < count; i++, this.#at++) {
      const byte = this.#at >> 3;
      if ((value >>> i) & 1) this.bytes[byte] = (this.bytes[byte] as number) | (1 << (this.#at & 7));
    }
  }

  /** Writes a Huffman code, which goes most significant bit first. */
  code(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) this.write((value >>> i) & 1, 1);
  }

  /** Writes the bits 1 and 0 so many times: a few to get near a byte's edge, then whole bytes, then the rest. */
  writePairs(count: number): void {
    let left = count;
    for (; left > 0 && (this.#at & 7) > 1; left--) this.write(1, 2);
    const whole = left >> 2;
    const start = this.#at >> 3;
    const odd = this.#at & 1;
    this.bytes.fill(odd ? 0xaa : 0x55, start + odd, start + whole);
    if (odd && whole > 0) this.bytes[start] = (this.bytes[start] as number) | 0xaa;
    this.#at += whole * 8;
    for (left &= 3; left > 0; left--) this.write(1, 2);
  }

  /** An empty stored block, which ends at a byte's edge (RFC 1951, 3.2.4). @returns all that was written */
  align(last: boolean): Buffer {
    this.write(last ? 1 : 0, 3);
    const end = (this.#at + 7) >> 3;
    this.bytes.writeUInt32LE(0xffff0000, end);
    return this.bytes.subarray(0, end + 4);
  }
}

/**
 * The tables of a block with dynamic codes that knows two symbols of one bit each: 0 is "end of block" and 1 is "258
 * bytes from", followed by the only distance, 1, as 0 (RFC 1951, 3.2.7). The tables are spelled with two symbols of one
 * bit, too: 18 (a run of absent symbols) as 1, and the length 1 as 0, for the symbols 256 and 285 and the distance.
 */
function writeTables(out: BitWriter): void {
  out.write(286 - 257, 5);
  out.write(1 - 1, 5);
  out.write(18 - 4, 4);
  // In the order of RFC 1951, 18 comes third and 1 eighteenth.
  for (let i = 0; i < 18; i++) out.write(i === 2 || i === 17 ? 1 : 0, 3);
  for (const absent of [138, 118, 0, 28, 0, 0]) {
    out.write(absent > 0 ? 1 : 0, 1);
    if (absent > 0) out.write(absent - 11, 7);
  }
}

/**
 * Compresses 1 + 258 × `matches` zeros into whole bytes without looking at one: a block with fixed codes for the first
 * byte, then a block of matches at two bits each.
 */
function deflateZeros(matches: number, last: boolean): Buffer {
  const out = new BitWriter(64 + (matches >> 2));
  out.write(0b010, 3);
  out.code(0x30, 8);
  out.code(0, 7);
  out.write(0b100, 3);
  writeTables(out);
  out.writePairs(matches);
  out.write(0, 1);
  return out.align(last);
}

function matchesIn(zeros: number): number {
  const matches = Math.floor((zeros - 1) / LONGEST);
  return matches >= WORTHWHILE ? matches : 0;
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
 * Compresses bytes between two runs of zeros into a zlib stream (RFC 1950): the runs cost nothing but their bits, so a
 * large flat picture takes hardly longer than a small one.
 * @param level of zlib for the bytes in the middle, 0–9
 */
export function deflateBetweenZeros(before: number, bytes: Uint8Array, after: number, level: number): Buffer {
  const head = matchesIn(before);
  const tail = matchesIn(after);
  // What the matches leave over goes through the compressor with the bytes.
  const left = head > 0 ? before - 1 - head * LONGEST : before;
  const right = tail > 0 ? after - 1 - tail * LONGEST : after;
  const middle = Buffer.alloc(left + bytes.length + right);
  middle.set(bytes, left);
  const finishFlush = tail > 0 ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
  const parts: Uint8Array[] = [Buffer.from([0x78, 0x9c])];
  if (head > 0) parts.push(deflateZeros(head, false));
  parts.push(deflateRawSync(middle, { level, finishFlush }));
  if (tail > 0) parts.push(deflateZeros(tail, true));
  const check = Buffer.alloc(4);
  check.writeUInt32BE(adler32(before, bytes, after));
  return Buffer.concat([...parts, check]);
}
