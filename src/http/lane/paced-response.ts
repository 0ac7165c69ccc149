import { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';

/** Bytes that are written at once of a large body. */
const PIECE = 65_536;
/** Longest body that is written whole, in bytes: the slowest peer takes it before it counts as stalled. */
export const MAX_WHOLE = 4 * PIECE;

/**
 * Writes a body piece by piece, as the peer takes it: `writableLength` then says how much it has taken.
 * @param done called when all of it is taken; never where the stream is destroyed before
 */
export function writeInPieces(
  stream: Pick<Writable, 'write' | 'once' | 'destroyed'>,
  body: Uint8Array,
  done: () => void,
): void {
  let at = 0;
  const go = (): void => {
    if (stream.destroyed) return;
    while (at < body.length) {
      const piece = body.subarray(at, at + PIECE);
      at += PIECE;
      if (!stream.write(piece)) {
        stream.once('drain', go);
        return;
      }
    }
    done();
  };
  go();
}

/** Largest body that a response ends with at once, in bytes: with its head it is less than a socket's high-water mark. */
const MAX_AT_ONCE = 8192;

/** The last bytes of a response, by what its `end` is given. */
function bytesOf([body, encoding]: readonly unknown[]): Uint8Array | undefined {
  if (typeof body !== 'string') return body instanceof Uint8Array ? body : undefined;
  return Buffer.from(body, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
}

/**
 * A response that has not ended before the peer has taken its body: `server.close()` closes connections whose responses
 * have ended. It begins when the parser has read what came with its request, which it would stop at a socket that is full.
 */
export class PacedResponse extends ServerResponse {
  override end(...args: unknown[]): this {
    const body = bytesOf(args);
    const hasNone = this.req.method === 'HEAD' || this.statusCode === 304;
    if (body === undefined || body.length <= MAX_AT_ONCE || hasNone) return super.end(...(args as []));
    const done = args.find((arg) => typeof arg === 'function') as (() => void) | undefined;
    if (!this.headersSent && !this.hasHeader('content-length')) this.setHeader('content-length', body.length);
    process.nextTick(writeInPieces, this, body, () => super.end(done));
    return this;
  }
}
