/** One part of a glob: any number of characters (`any`), one byte, or a test of one. */
type Token = 'any' | number | ((byte: number) => boolean);

const [STAR, ONE, OPEN, CLOSE, ESCAPE, NOT, DASH] = Buffer.from('*?[]\\^-') as unknown as readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** Reads `[…]`, starting after the bracket. @returns the test and its end: without a `]`, the end of the glob */
function readClass(glob: Buffer, start: number): readonly [Token, number] {
  const negated = glob[start] === NOT;
  // One mark per byte, so that a test takes the same time however long the class is.
  const listed = new Uint8Array(256);
  let at = negated ? start + 1 : start;
  for (; at < glob.length && glob[at] !== CLOSE; at += 1) {
    if (glob[at] === ESCAPE && at + 1 < glob.length) {
      at += 1;
      listed[glob[at] as number] = 1;
    } else if (glob[at + 1] === DASH && at + 2 < glob.length) {
      const [one, other] = [glob[at] as number, glob[at + 2] as number];
      listed.fill(1, Math.min(one, other), Math.max(one, other) + 1);
      at += 2;
    } else listed[glob[at] as number] = 1;
  }
  return [(byte) => (listed[byte] === 1) !== negated, at];
}

function compile(glob: Buffer): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < glob.length; at += 1) {
    const byte = glob[at] as number;
    if (byte === STAR) {
      tokens.push('any');
      continue;
    }
    if (byte === ONE) {
      tokens.push(() => true);
      continue;
    }
    if (byte === OPEN) {
      const [token, end] = readClass(glob, at + 1);
      tokens.push(token);
      at = end;
      continue;
    }
    if (byte === ESCAPE && at + 1 < glob.length) at += 1;
    tokens.push(glob[at] as number);
  }
  return tokens;
}

/** Backtracks to the last `*` only, so the time is bounded by the glob's length times the key's length. */
function matches(tokens: readonly Token[], key: Buffer): boolean {
  let [token, at, star, mark] = [0, 0, -1, 0];
  while (at < key.length) {
    const wanted = tokens[token];
    if (wanted === 'any') {
      [star, mark] = [token, at];
      token += 1;
    } else if (typeof wanted === 'number' ? wanted === key[at] : wanted?.(key[at] as number)) {
      token += 1;
      at += 1;
    } else if (star >= 0) {
      mark += 1;
      [token, at] = [star + 1, mark];
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === 'any');
}

/**
 * Tests keys against a glob exactly as Redis' MATCH does: `*`, `?`, `[a-z]`, `[^a]`, and `\` to escape a character. It
 * compares bytes of UTF-8, not characters.
 */
export function globMatcher(glob: string): (key: string) => boolean {
  const tokens = compile(Buffer.from(glob));
  return (key) => matches(tokens, Buffer.from(key));
}

/** A glob that matches only this text. */
export function escapeGlob(text: string): string {
  return text.replace(/[*?[\]\\^-]/g, '\\$&');
}
