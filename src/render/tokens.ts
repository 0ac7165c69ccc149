/** Bounds of a match (RFC 1951, 3.2.5). */
export const SHORTEST = 3;
export const LONGEST = 258;

const LENGTH_BASES = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

/** The symbol of each length, less 257, and of each distance; distances over 256 are looked up by their upper bits. */
const LENGTH_SYMBOLS = Uint8Array.from({ length: LONGEST + 1 }, (_, length) =>
  LENGTH_BASES.findLastIndex((base) => base <= length),
);
const NEAR = Uint8Array.from({ length: 257 }, (_, distance) =>
  DISTANCE_BASES.findLastIndex((base) => base <= distance),
);
const FAR = Uint8Array.from({ length: 257 }, (_, i) =>
  DISTANCE_BASES.findLastIndex((base) => base <= i * 128 + 1),
);

/** Symbols of both codes are counted in one order: bytes, the end of a block and lengths, then distances. */
export const FIRST_DISTANCE = 286;
const FIRST_LENGTH = 257;

/** A token is a symbol, and above these bits the value of its extra bits. */
export const SYMBOL_BITS = 9;
/** The bits of a token that are its symbol. */
export const SYMBOL = (1 << SYMBOL_BITS) - 1;

/** The number of extra bits of each symbol (RFC 1951, 3.2.5). */
export const EXTRA_BITS = new Uint8Array(FIRST_DISTANCE + DISTANCE_EXTRA.length);
EXTRA_BITS.set(LENGTH_EXTRA, FIRST_LENGTH);
EXTRA_BITS.set(DISTANCE_EXTRA, FIRST_DISTANCE);

const LENGTH_TOKENS = Int32Array.from(LENGTH_SYMBOLS, (symbol, length) => {
  const extra = length - (LENGTH_BASES[symbol] as number);
  return (FIRST_LENGTH + symbol) | (extra << SYMBOL_BITS);
});

function distanceToken(distance: number): number {
  const symbol = (distance <= 256 ? NEAR[distance] : FAR[(distance - 1) >> 7]) as number;
  return (FIRST_DISTANCE + symbol) | ((distance - (DISTANCE_BASES[symbol] as number)) << SYMBOL_BITS);
}

/** Most tokens of a block: more gain nothing, because each part of a picture does better with its own codes. */
const MOST_TOKENS = 80_000;

/** Room for what may follow before a full block is ended: a pixel and a match. */
const ROOM = 8;

/** Literals and matches of a block in the order of the data, and how often each symbol occurs. */
export class Tokens {
  readonly frequencies = new Uint32Array(EXTRA_BITS.length);
  /** Symbols with their extra bits; a match is two, its length and its distance. */
  readonly list = new Int32Array(MOST_TOKENS + ROOM);
  count = 0;
  /** Runs of longest matches at distance 1, each before the token at `at`. */
  readonly runs: { readonly at: number; readonly times: number }[] = [];
  readonly #onFull: () => void;

  /** @param onFull must use the tokens; they are cleared afterwards */
  constructor(onFull: () => void) {
    this.#onFull = onFull;
  }

  clear(): void {
    this.frequencies.fill(0);
    this.count = 0;
    this.runs.length = 0;
  }

  #count(symbol: number, times: number): void {
    this.frequencies[symbol] = (this.frequencies[symbol] as number) + times;
  }

  #push(token: number): void {
    this.#count(token & SYMBOL, 1);
    this.list[this.count++] = token;
  }

  #endIfFull(): void {
    if (this.count < MOST_TOKENS) return;
    this.#onFull();
    this.clear();
  }

  literal(byte: number): void {
    this.#push(byte);
    this.#endIfFull();
  }

  match(length: number, distance: number): void {
    this.#push(LENGTH_TOKENS[length] as number);
    this.#push(distanceToken(distance));
    this.#endIfFull();
  }

  /** Adds a pixel of 3 or 4 bytes, the first one in the lowest bits, so many times. */
  pixels(pixel: number, channels: number, times: number): void {
    for (let channel = 0; channel < channels; channel++) this.#push((pixel >>> (8 * channel)) & 255);
    // Matches of whole pixels.
    const longest = LONGEST - (LONGEST % channels);
    let left = (times - 1) * channels;
    for (; left > longest; left -= longest) this.match(longest, channels);
    if (left > 0) this.match(left, channels);
    else this.#endIfFull();
  }

  /** Adds any number of zeros in a few tokens. */
  zeros(count: number): void {
    if (count === 0) return;
    this.literal(0);
    const longest = Math.floor((count - 1) / LONGEST);
    const rest = (count - 1) % LONGEST;
    if (longest > 0) {
      this.#count((LENGTH_TOKENS[LONGEST] as number) & SYMBOL, longest);
      this.#count(FIRST_DISTANCE, longest);
      this.runs.push({ at: this.count, times: longest });
    }
    if (rest >= SHORTEST) this.match(rest, 1);
    else for (let i = 0; i < rest; i++) this.literal(0);
  }
}
