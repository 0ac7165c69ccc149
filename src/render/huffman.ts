/**
 * Depths of the leaves of a Huffman tree, in place: ascending weights become descending code lengths.
 * Moffat and Katajainen, "In-place calculation of minimum-redundancy codes", 1995. At least two weights.
 */
function weightsToLengths(a: Uint32Array): void {
  const n = a.length;
  const at = (i: number): number => a[i] as number;
  a[0] = at(0) + at(1);
  for (let root = 0, leaf = 2, next = 1; next < n - 1; next++) {
    if (leaf >= n || at(root) < at(leaf)) {
      a[next] = at(root);
      a[root++] = next;
    } else a[next] = at(leaf++);
    if (leaf >= n || (root < next && at(root) < at(leaf))) {
      a[next] = at(next) + at(root);
      a[root++] = next;
    } else a[next] = at(next) + at(leaf++);
  }
  a[n - 2] = 0;
  for (let next = n - 3; next >= 0; next--) a[next] = at(at(next)) + 1;
  for (let available = 1, depth = 0, root = n - 2, next = n - 1; available > 0; depth++) {
    let used = 0;
    for (; root >= 0 && at(root) === depth; root--) used += 1;
    for (; available > used; available--) a[next--] = depth;
    available = 2 * used;
  }
}

/** Most symbols of a code. */
const MOST_SYMBOLS = 512;

/** Reused: symbols with their frequencies, and the lengths that these become. */
const sortable = new Uint32Array(MOST_SYMBOLS);
const depths = new Uint32Array(MOST_SYMBOLS);

/**
 * Code lengths for symbols by their frequencies; 0 for symbols that never occur. Frequencies are halved until no code
 * is longer than `limit` bits.
 */
function codeLengths(frequencies: Uint32Array, limit: number): Uint8Array {
  const lengths = new Uint8Array(frequencies.length);
  let used = 0;
  for (let symbol = 0; symbol < frequencies.length; symbol++) {
    const frequency = frequencies[symbol] as number;
    if (frequency > 0) sortable[used++] = (frequency << 9) | symbol;
  }
  if (used === 1) lengths[(sortable[0] as number) & 511] = 1;
  if (used < 2) return lengths;
  const keys = sortable.subarray(0, used).sort();
  const weights = depths.subarray(0, used);
  for (let halvings = 0; ; halvings++) {
    for (let i = 0; i < used; i++) weights[i] = Math.max(1, ((keys[i] as number) >>> 9) >> halvings);
    weightsToLengths(weights);
    if ((weights[0] as number) <= limit) break;
  }
  for (let i = 0; i < used; i++) lengths[(keys[i] as number) & 511] = weights[i] as number;
  return lengths;
}

/** The canonical code of each symbol, its bits reversed as DEFLATE sends them (RFC 1951, 3.2.2). */
function canonicalCodes(lengths: Uint8Array): Uint16Array {
  const next = new Uint16Array(17);
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i] as number;
    if (length > 0) next[length + 1] = (next[length + 1] as number) + 1;
  }
  for (let bits = 2; bits <= 16; bits++)
    next[bits] = ((next[bits] as number) + (next[bits - 1] as number)) << 1;
  // Now next[bits] is the first code of that length: each shorter code takes two places of the next length.
  const codes = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] as number;
    if (length === 0) continue;
    const code = next[length] as number;
    next[length] = code + 1;
    let reversed = 0;
    for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
    codes[symbol] = reversed;
  }
  return codes;
}

/** A prefix code: each symbol's bits in sending order, and their number, which is 0 for an unused symbol. */
export interface PrefixCode {
  readonly lengths: Uint8Array;
  readonly codes: Uint16Array;
}

/**
 * The Huffman code for symbols with these frequencies, with at most `limit` bits per code.
 * @param frequencies at most 512, each under 2^23
 */
export function prefixCode(frequencies: Uint32Array, limit: number): PrefixCode {
  const lengths = codeLengths(frequencies, limit);
  return { lengths, codes: canonicalCodes(lengths) };
}
