/** Bounds of a match (RFC 1951, 3.2.5). */
const SHORTEST = 3;
const LONGEST = 258;
const WINDOW = 32_768;

export const LENGTH_BASES = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
export const LENGTH_EXTRA = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
export const DISTANCE_BASES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
export const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

/** The symbol of each length, less 257, and of each distance: those over 256 by their upper bits. */
export const LENGTH_SYMBOLS = Uint8Array.from({ length: LONGEST + 1 }, (_, length) =>
  LENGTH_BASES.findLastIndex((base) => base <= length),
);
const NEAR = Uint8Array.from({ length: 257 }, (_, distance) =>
  DISTANCE_BASES.findLastIndex((base) => base <= distance),
);
const FAR = Uint8Array.from({ length: 257 }, (_, i) =>
  DISTANCE_BASES.findLastIndex((base) => base <= i * 128 + 1),
);

export function distanceSymbol(distance: number): number {
  return (distance <= 256 ? NEAR[distance] : FAR[(distance - 1) >> 7]) as number;
}

/** Literals and matches in the order of the data, and how often each symbol is needed. To be used again and again. */
export class Tokens {
  readonly literals = new Uint32Array(286);
  readonly distances = new Uint32Array(30);
  /** Literals as they are; matches as length << 16 | distance; a run of equal matches as its negative count, then it. */
  list = new Int32Array(0);
  count = 0;

  /** Forgets everything, and makes room for so many tokens. */
  reset(capacity: number): void {
    this.literals.fill(0);
    this.distances.fill(0);
    this.count = 0;
    if (this.list.length < capacity) this.list = new Int32Array(capacity);
  }

  literal(byte: number): void {
    this.literals[byte] = (this.literals[byte] as number) + 1;
    this.list[this.count++] = byte;
  }

  match(length: number, distance: number, times = 1): void {
    const symbol = 257 + (LENGTH_SYMBOLS[length] as number);
    const far = distanceSymbol(distance);
    this.literals[symbol] = (this.literals[symbol] as number) + times;
    this.distances[far] = (this.distances[far] as number) + times;
    if (times > 1) this.list[this.count++] = -times;
    this.list[this.count++] = (length << 16) | distance;
  }

  /** So many zeros, however many, in a few tokens. */
  zeros(count: number): void {
    if (count === 0) return;
    this.literal(0);
    const matches = Math.floor((count - 1) / LONGEST);
    const rest = (count - 1) % LONGEST;
    if (matches > 0) this.match(LONGEST, 1, matches);
    if (rest >= SHORTEST) this.match(rest, 1);
    else for (let i = 0; i < rest; i++) this.literal(0);
  }
}

const HASH_BITS = 12;
/** Matches at least this long are taken without a look at the places of the same three bytes. */
const GOOD = 24;

/** The last place of each three bytes; reused, for it is cleared faster than it is made. */
const recent = new Int32Array(1 << HASH_BITS);

function slotOf(bytes: Uint8Array, at: number): number {
  const key = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
  return Math.imul(key, 0x9e3779b1) >>> (32 - HASH_BITS);
}

/**
 * Finds matches where flat art has them: the byte before (a run), the row above, and the last places where the same
 * three bytes stood. Greedy: at every place the longest.
 * @param places of the same three bytes that are looked at
 */
export function findMatches(bytes: Uint8Array, stride: number, places: number, tokens: Tokens): void {
  const end = bytes.length;
  recent.fill(-1);
  const earlier = new Int32Array(places > 1 ? end : 0);
  const lengthOf = (at: number, from: number): number => {
    const most = Math.min(LONGEST, end - at);
    let length = 0;
    while (length < most && bytes[from + length] === bytes[at + length]) length += 1;
    return length;
  };
  const remember = (at: number): number => {
    const slot = slotOf(bytes, at);
    const last = recent[slot] as number;
    recent[slot] = at;
    if (places > 1) earlier[at] = last;
    return last;
  };
  for (let at = 0; at < end; ) {
    let length = at > 0 ? lengthOf(at, at - 1) : 0;
    let distance = 1;
    if (at >= stride && stride < WINDOW && length < LONGEST) {
      const above = lengthOf(at, at - stride);
      if (above > length) [length, distance] = [above, stride];
    }
    if (length < GOOD && at + SHORTEST <= end) {
      let from = remember(at);
      for (let left = places; left > 0 && from >= 0 && at - from < WINDOW; left--) {
        const found = lengthOf(at, from);
        if (found > length) [length, distance] = [found, at - from];
        if (left > 1) from = earlier[from] as number;
      }
    }
    if (length < SHORTEST) {
      tokens.literal(bytes[at++] as number);
      continue;
    }
    tokens.match(length, distance);
    const next = at + length;
    if (places > 1) for (at += 1; at < next && at + SHORTEST <= end; at++) remember(at);
    at = next;
  }
}
