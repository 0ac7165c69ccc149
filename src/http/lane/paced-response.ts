import { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';

/** How much of a large body is written at once, in bytes. */
const PIECE = 65_536;
/** The longest body that is written whole, in bytes: even the slowest peer accepts it before it counts as stalled. */
export const MAX_WHOLE = 4 * PIECE;

/**
 * Writes a body piece by piece, as the peer accepts it, so that `writableLength` shows its progress.
 * @param done called when all of it is accepted; never if the stream is destroyed before
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

/** The largest body that ends a response at once, in bytes: with its head it stays below a socket's high-water mark. */
const MAX_AT_ONCE = 8192;

/** The last bytes of a response, from the arguments of `end`. */
function bytesOf([body, encoding]: readonly unknown[]): Uint8Array | undefined {
  if (typeof body !== 'string') return body instanceof Uint8Array ? body : undefined;
  return Buffer.from(body, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
}

/**
 * A response that ends only after the peer has accepted its body, because `server.close()` closes connections whose
 * responses have ended. Writing begins after the parser has read the data that came with the request: it would stop
 * reading when the socket is full.
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
