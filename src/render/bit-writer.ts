import { SYMBOL, SYMBOL_BITS } from './tokens.ts';

/** Most bits that can be written at once: up to seven more wait until they fill a byte. */
export const MOST_BITS = 24;

/** Where a packed code has its length, and its length with the extra bits. */
const LENGTH_AT = 16;
const WHOLE_AT = 24;

/** A symbol's code, its length, and the number of extra bits after it, in one number: {@link BitWriter.writeTokens}. */
export function packCode(code: number, length: number, extra: number): number {
  return code | (length << LENGTH_AT) | ((length + extra) << WHOLE_AT);
}

/** Writes bits, least significant first (RFC 1951, 3.1.1). Reusable. */
export class BitWriter {
  #bytes = new Uint8Array(16_384);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** Bits that do not fill a byte yet. */
  #bits = 0;
  #count = 0;

  /** @param count at most {@link MOST_BITS} */
  write(value: number, count: number): void {
    this.#reserve(4);
    const bits = this.#bits | (value << this.#count);
    const held = this.#count + count;
    // Four bytes in any case, for that needs no branch: those that are not whole are written again with the next bits.
    this.#view.setInt32(this.#length, bits, true);
    this.#length += held >> 3;
    this.#bits = bits >>> (held & ~7);
    this.#count = held & 7;
  }

  /**
   * Writes tokens: a code and its extra bits each.
   * @param codes by symbol, from {@link packCode}; no code and its extra bits are longer than {@link MOST_BITS}
   */
  writeTokens(tokens: Int32Array, from: number, to: number, codes: Int32Array): void {
    this.#reserve((to - from) * (MOST_BITS / 8) + 4);
    // The same as `write`, but in local variables: twice as fast.
    const view = this.#view;
    let [length, bits, held] = [this.#length, this.#bits, this.#count];
    for (let i = from; i < to; i++) {
      const token = tokens[i] as number;
      const code = codes[token & SYMBOL] as number;
      const value = (code & 0xffff) | ((token >> SYMBOL_BITS) << ((code >> LENGTH_AT) & 31));
      bits |= value << held;
      held += code >> WHOLE_AT;
      view.setInt32(length, bits, true);
      length += held >> 3;
      bits >>>= held & ~7;
      held &= 7;
    }
    this.#length = length;
    this.#bits = bits;
    this.#count = held;
  }

  /** Makes room for so many more bytes. */
  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  /**
   * Writes the same bits many times.
   * @param count at most {@link MOST_BITS}
   */
  repeat(value: number, count: number, times: number): void {
    // Writes as many as fit at once.
    let [block, size, held] = [value, count, 1];
    for (; size * 2 <= MOST_BITS; held *= 2, size *= 2) block |= block << size;
    let left = times;
    for (; left >= held; left -= held) this.write(block, size);
    for (; left > 0; left--) this.write(value, count);
  }

  /** Fills up the last byte. */
  align(): void {
    this.write(0, -this.#count & 7);
  }

  /** The whole bytes that were written; the next write overwrites them. */
  finish(): Uint8Array {
    const end = this.#length;
    this.#length = 0;
    this.#bits = 0;
    this.#count = 0;
    return this.#bytes.subarray(0, end);
  }
}
