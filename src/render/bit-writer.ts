/** Most bits that can be written at once: up to seven more wait until they fill a byte. */
export const MOST_BITS = 24;

/** Writes bits, least significant first (RFC 1951, 3.1.1). Reusable. */
export class BitWriter {
  #bytes = new Uint8Array(16_384);
  #length = 0;
  #bits = 0;
  #count = 0;

  /** @param count at most {@link MOST_BITS} */
  write(value: number, count: number): void {
    this.#bits |= value << this.#count;
    this.#count += count;
    if (this.#length + 4 > this.#bytes.length) this.#grow();
    while (this.#count >= 8) {
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
