import { createHash } from 'node:crypto';

/**
 * Pseudo-random numbers, the same for the same seed everywhere: sfc32 (C. Doty-Humphrey, PractRand), started from the
 * seed's SHA-256.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  /**
   * @param seed any string
   * @param stream what the numbers are for: streams of one seed are independent of each other
   */
  constructor(seed: string, stream = '') {
    const hash = createHash('sha256').update(stream).update('\0').update(seed).digest();
    [this.#a, this.#b, this.#c, this.#counter] = [
      hash.readInt32LE(0),
      hash.readInt32LE(4),
      hash.readInt32LE(8),
      hash.readInt32LE(12),
    ];
  }

  /** From 0 to 1, excluding 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  }

  /** From `low` to `high`. */
  range(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** An item of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  /**
   * A separate generator for a part of a picture. How many numbers the part takes does not change what follows, so that
   * pictures of nearly the same shape look nearly the same.
   */
  fork(): Random {
    return new Random(String(this.next()));
  }

  /** A list in random order. */
  shuffle<T>(list: readonly T[]): T[] {
    const mixed = [...list];
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
    }
    return mixed;
  }
}
