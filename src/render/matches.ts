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

/** The symbol of each length, less 257, and of each distance; distances over 256 are looked up by their upper bits. */
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

/** Most tokens of a block: more gain nothing, because each part of a picture does better with its own codes. */
const MOST_TOKENS = 65_536;

/** Literals and matches of a block in the order of the data, and the frequencies of symbols. */
export class Tokens {
  readonly literals = new Uint32Array(286);
  readonly distances = new Uint32Array(30);
  /** Literals as they are; matches as length << 16 | distance; longest matches at distance 1 as a negative count. */
  readonly list = new Int32Array(MOST_TOKENS);
  count = 0;
  readonly #onFull: () => void;

  /** @param onFull must use the tokens; they are cleared afterwards */
  constructor(onFull: () => void) {
    this.#onFull = onFull;
  }

  clear(): void {
    this.literals.fill(0);
    this.distances.fill(0);
    this.count = 0;
  }

  #push(token: number): void {
    this.list[this.count++] = token;
    if (this.count < MOST_TOKENS) return;
    this.#onFull();
    this.clear();
  }

  #tally(length: number, distance: number, times: number): void {
    const symbol = 257 + (LENGTH_SYMBOLS[length] as number);
    const far = distanceSymbol(distance);
    this.literals[symbol] = (this.literals[symbol] as number) + times;
    this.distances[far] = (this.distances[far] as number) + times;
  }

  literal(byte: number): void {
    this.literals[byte] = (this.literals[byte] as number) + 1;
    this.#push(byte);
  }

  match(length: number, distance: number): void {
    this.#tally(length, distance, 1);
    this.#push((length << 16) | distance);
  }

  /** Adds any number of zeros in a few tokens. */
  zeros(count: number): void {
    if (count === 0) return;
    this.literal(0);
    const longest = Math.floor((count - 1) / LONGEST);
    const rest = (count - 1) % LONGEST;
    if (longest > 0) {
      this.#tally(LONGEST, 1, longest);
      this.#push(-longest);
    }
    if (rest >= SHORTEST) this.match(rest, 1);
    else for (let i = 0; i < rest; i++) this.literal(0);
  }
}

const HASH_BITS = 12;
/** A match of at least this length is taken without comparing places of the same four bytes. */
const GOOD = 24;
/** A match this short and this far away takes more bits than its literals. */
const SHORT = 4;
const FAR_AWAY = 1024;

/** Bytes that are read past the last one searched, because words begin at any byte. */
export const SLACK = 3;

/** The last place of each four bytes; reused, because clearing is faster than creating. */
const recent = new Int32Array(1 << HASH_BITS);
/** The previous place for each place within reach. */
const earlier = new Int32Array(WINDOW);

/** How many bytes are equal from two places on, up to `most`; compares words. */
function equalBytes(bytes: DataView, at: number, from: number, most: number): number {
  for (let length = 0; length < most; length += 4) {
    const differing = bytes.getInt32(at + length, true) ^ bytes.getInt32(from + length, true);
    if (differing === 0) continue;
    // Whole bytes below the lowest bit that differs.
    return Math.min(most, length + ((31 - Math.clz32(differing & -differing)) >> 3));
  }
  return most;
}

/**
 * Finds matches where flat art has them: the byte before (a run), the row above, and the last places with the same four
 * bytes. Greedy: takes the longest match at every place.
 * @param bytes with {@link SLACK} more bytes after them in their buffer
 * @param places of the same four bytes to compare
 */
export function findMatches(bytes: Uint8Array, stride: number, places: number, tokens: Tokens): void {
  const end = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, end + SLACK);
  recent.fill(-1);
  // A row above that is too far away does not count.
  const above = stride < WINDOW ? stride : end;
  const remember = (at: number): number => {
    const slot = Math.imul(view.getInt32(at, true), 0x9e3779b1) >>> (32 - HASH_BITS);
    const last = recent[slot] as number;
    recent[slot] = at;
    if (places > 1) earlier[at % WINDOW] = last;
    return last;
  };
  for (let at = 0; at < end; ) {
    const most = Math.min(LONGEST, end - at);
    const byte = bytes[at] as number;
    let length = at > 0 && bytes[at - 1] === byte ? equalBytes(view, at, at - 1, most) : 0;
    let distance = 1;
    // Checks a candidate only if it could be longer.
    if (at >= above && length < most && bytes[at - above + length] === bytes[at + length]) {
      const found = equalBytes(view, at, at - above, most);
      if (found > length) [length, distance] = [found, above];
    }
    if (length < GOOD && most >= SHORTEST) {
      let from = remember(at);
      for (let left = places; left > 0 && from >= 0 && at - from < WINDOW; left--) {
        if (bytes[from + length] === bytes[at + length]) {
          const found = equalBytes(view, at, from, most);
          if (found > length) [length, distance] = [found, at - from];
        }
        if (left > 1) from = earlier[from % WINDOW] as number;
      }
    }
    if (length < SHORTEST || (length <= SHORT && distance > FAR_AWAY)) {
      tokens.literal(byte);
      at += 1;
      continue;
    }
    tokens.match(length, distance);
    const next = at + length;
    if (places > 1) for (at += 1; at < next && at + SHORTEST <= end; at++) remember(at);
    at = next;
  }
}
