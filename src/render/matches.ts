import { LONGEST, SHORTEST, type Tokens } from './tokens.ts';

/** The farthest match (RFC 1951, 3.2.5). */
const WINDOW = 32_768;

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
