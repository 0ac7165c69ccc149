/** One answer: its words, and its value if it has one. */
export interface Reply {
  readonly line: string;
  /** Undefined if there is none, or if it is longer than the limit. */
  readonly body: Buffer | undefined;
  readonly isTooLong: boolean;
}

/** The longest line of an answer, in bytes: a longer one is not from memcached. */
const MAX_LINE = 2048;

/** Splits a server's output into answers. Joins pieces only when an answer is complete, and drops long values. */
export class Replies {
  readonly #maxBody: () => number;
  #pieces: Buffer[] = [];
  #held = 0;
  #needed = 1;
  /** The line of an answer whose value is dropped, and how many of its bytes have yet to arrive. */
  #skipped: { readonly line: string; left: number } | undefined;

  /** @param maxBody most bytes that the value of the current answer may have */
  constructor(maxBody: () => number) {
    this.#maxBody = maxBody;
  }

  /**
   * Calls back for each answer that is now complete.
   * @throws Error if this is not the protocol
   */
  add(piece: Buffer, onReply: (reply: Reply) => void): void {
    const rest = this.#skip(piece, onReply);
    if (rest.length > 0) this.#pieces.push(rest);
    this.#held += rest.length;
    for (let reply = this.#next(); reply; reply = this.#next()) onReply(reply);
  }

  #skip(piece: Buffer, onReply: (reply: Reply) => void): Buffer {
    const skipped = this.#skipped;
    if (!skipped) return piece;
    const taken = Math.min(skipped.left, piece.length);
    skipped.left -= taken;
    if (skipped.left === 0) {
      this.#skipped = undefined;
      onReply({ line: skipped.line, body: undefined, isTooLong: true });
    }
    return piece.subarray(taken);
  }

  #next(): Reply | undefined {
    if (this.#held < this.#needed) return undefined;
    const bytes = this.#pieces.length === 1 ? (this.#pieces[0] as Buffer) : Buffer.concat(this.#pieces);
    this.#pieces = [bytes];
    const end = bytes.indexOf('\r\n');
    if (end < 0 && bytes.length > MAX_LINE) throw new Error('this is not memcached');
    this.#needed = bytes.length + 1;
    if (end < 0) return undefined;
    const line = bytes.toString('latin1', 0, end);
    const [, digits] = /^VA (\d{1,10})(?: |$)/.exec(line) ?? [];
    if (digits === undefined) return this.#cut({ line, body: undefined, isTooLong: false }, end + 2);
    const size = Number(digits);
    const whole = end + 2 + size + 2;
    if (bytes.length >= whole) {
      const isTooLong = size > this.#maxBody();
      const body = isTooLong ? undefined : bytes.subarray(end + 2, whole - 2);
      return this.#cut({ line, body, isTooLong }, whole);
    }
    this.#needed = whole;
    if (size > this.#maxBody()) {
      this.#skipped = { line, left: whole - bytes.length };
      this.#cut(undefined, bytes.length);
    }
    return undefined;
  }

  #cut<T>(reply: T, length: number): T {
    const [bytes] = this.#pieces as [Buffer];
    this.#pieces = bytes.length > length ? [bytes.subarray(length)] : [];
    this.#held = bytes.length - length;
    this.#needed = 1;
    return reply;
  }
}
