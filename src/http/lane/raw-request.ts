import { isUtf8 } from 'node:buffer';

/** The parser's error for bytes that it refuses, as far as Node documents it ('clientError'). */
export interface ParserError extends Error {
  readonly code?: string;
  /** The last bytes received: a Buffer, if there were any. */
  readonly rawPacket?: unknown;
  /** How many of them were parsed. */
  readonly bytesParsed?: number;
}

/** The readable parts of a request that the parser refuses. */
export interface RawRequest {
  readonly method: string;
  /** As sent; latin1. */
  readonly target: string;
  readonly accept: string | undefined;
  /** Whether its first line ends in a version, as a request line does (RFC 9112, 3). */
  readonly hasVersion: boolean;
}

/** A method is any token (RFC 9110, 9.1). */
const REQUEST_LINE = /^(?:\r?\n)*([\w!#$%&'*+.^`|~-]{1,40}) ([^\r\n]*)/;
const VERSION = /[ \t]+HTTP\/\d\.\d$/;
const ACCEPT = /\r\naccept:[ \t]*([^\r\n]*)/i;

/** Reads as much as possible of the refused request. Undefined if its first line came in an earlier packet. */
export function readRaw({ code, rawPacket, bytesParsed = 0 }: ParserError): RawRequest | undefined {
  const text = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1') : '';
  // Of several requests that came together it is the last. Its own empty line may have been parsed too, unless the
  // parser stopped at its first word.
  const last = bytesParsed - (code === 'HPE_INVALID_METHOD' ? 4 : 5);
  const before = last < 0 ? -1 : text.lastIndexOf('\r\n\r\n', last);
  const rest = text.slice(before < 0 ? 0 : before + 4);
  const [, method, target] = REQUEST_LINE.exec(rest) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const [head = ''] = rest.split('\r\n\r\n', 1);
  return {
    method,
    target: target.replace(VERSION, ''),
    accept: ACCEPT.exec(head)?.[1],
    hasVersion: VERSION.test(target),
  };
}

/** Percent-encodes characters that a URL may not contain (RFC 3986, 2.1). Bytes are UTF-8, otherwise latin1. */
export function encodeTarget(target: string): string {
  const bytes = Buffer.from(target, 'latin1');
  const text = isUtf8(bytes) ? bytes.toString() : target;
  return text.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
