const MODULUS = 65521;

/** Bytes after which the sums could pass 31 bits: a multiple of 4. */
const BYTES_PER_SUM = 3800;

/**
 * Adler-32 (RFC 1950, 8.2) of zeros, then bytes, then zeros: only the bytes are read, four at a time.
 * @param bytes must begin at a multiple of four in their buffer
 */
export function adler32(before: number, bytes: Uint8Array, after: number): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let [a, b] = [1, before % MODULUS];
  for (let i = 0; i < words.length; ) {
    const end = Math.min(i + BYTES_PER_SUM / 4, words.length);
    for (; i < end; i++) {
      const word = words[i] as number;
      b += a << 2;
      if (word === 0) continue;
      const [b0, b1, b2, b3] = [word & 255, (word >> 8) & 255, (word >> 16) & 255, word >>> 24];
      a += b0 + b1 + b2 + b3;
      b += (b0 << 2) + 3 * b1 + (b2 << 1) + b3;
    }
    a %= MODULUS;
    b %= MODULUS;
  }
  for (let i = words.length << 2; i < bytes.length; i++) {
    a += bytes[i] as number;
    b += a;
  }
  a %= MODULUS;
  b = (b + (after % MODULUS) * a) % MODULUS;
  return b * 65536 + a;
}
