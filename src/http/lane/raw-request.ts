import { isUtf8 } from 'node:buffer';

/** What the parser says of bytes that it refuses, as far as Node documents it ('clientError'). */
export interface ParserError extends Error {
  readonly code?: string;
  /** The bytes that came last: a Buffer, if anything came. */
  readonly rawPacket?: unknown;
  /** How many of them it had read. */
  readonly bytesParsed?: number;
}

/** What can be known of a request that the parser refuses. */
export interface RawRequest {
  readonly method: string;
  /** As it was sent; latin1. */
  readonly target: string;
  readonly accept: string | undefined;
}

const REQUEST_LINE = /^(?:\r?\n)*([A-Z]{1,20}) ([^\r\n]*)/;
const VERSION = /[ \t]+HTTP\/\d\.\d$/;
const ACCEPT = /\r\naccept:[ \t]*([^\r\n]*)/i;

/** Reads what it can of the refused request. Undefined where its first line came in an earlier packet. */
export function readRaw({ rawPacket, bytesParsed = 0 }: ParserError): RawRequest | undefined {
  const text = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1') : '';
  // Several may have come together: it is the last that had begun. Its own empty line may have been read, too.
  const before = text.lastIndexOf('\r\n\r\n', bytesParsed - 5);
  const rest = text.slice(before < 0 || bytesParsed < 5 ? 0 : before + 4);
  const [, method, target] = REQUEST_LINE.exec(rest) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const [head = ''] = rest.split('\r\n\r\n', 1);
  return { method, target: target.replace(VERSION, ''), accept: ACCEPT.exec(head)?.[1] };
}

/** Percent-encodes what may not stand in a URL (RFC 3986, 2.1). Bytes are UTF-8, or else latin1. */
export function encodeTarget(target: string): string {
  const bytes = Buffer.from(target, 'latin1');
  const text = isUtf8(bytes) ? bytes.toString() : target;
  return text.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
