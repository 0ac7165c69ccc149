import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Fields } from '../protocol/fields.ts';
import { MAX_WHOLE, writeInPieces } from './paced-response.ts';

/** Longest body that is copied behind its head: up to about here a copy costs less than sending two pieces; bytes. */
export const MAX_COPY = 32_768;

/** An answer in HTTP/1.1, ready to be sent. */
export interface WireMessage {
  /** The head, followed by a small body. */
  readonly bytes: Buffer;
  /** A large body. */
  readonly rest: Buffer | undefined;
}

/** What a head says about the connection and the time. */
export interface WireContext {
  /** s since 1970 */
  readonly second: number;
  /** How long the connection may be idle, in ms; undefined if it is closed. */
  readonly keepAlive: number | undefined;
}

/** How long the connection may be idle from now on, see `WireContext`. */
export type KeepAlive = () => number | undefined;

/** Writes a head as node:http does: the fields as they are, then its own three (RFC 9110, 6.6.1; RFC 9112, 9.3). */
export function writeHead(
  status: number,
  fields: Readonly<Fields>,
  { second, keepAlive }: WireContext,
): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
  for (let i = 0; i < fields.length; i += 2) head += `${fields[i]}: ${fields[i + 1]}\r\n`;
  head += `Date: ${new Date(second * 1000).toUTCString()}\r\n`;
  return keepAlive === undefined
    ? `${head}Connection: close\r\n\r\n`
    : `${head}Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAlive / 1000)}\r\n\r\n`;
}

/** Writes a head and its body; a small body goes into the same buffer. */
export function writeMessage(
  status: number,
  fields: Readonly<Fields>,
  body: Buffer | undefined,
  context: WireContext,
): WireMessage {
  const isLarge = body !== undefined && body.length > MAX_COPY;
  const pieces = [
    Buffer.from(writeHead(status, fields, context), 'latin1'),
    ...(body && !isLarge ? [body] : []),
  ];
  return { bytes: Buffer.concat(pieces), rest: isLarge ? body : undefined };
}

/**
 * @param taken called when the connection accepts more, if it does not at once
 * @returns whether it does
 */
export function sendMessage(socket: Socket, { bytes, rest }: WireMessage, taken: () => void): boolean {
  if (rest) {
    socket.cork();
    socket.write(bytes);
  }
  const isPaced = rest !== undefined && rest.length > MAX_WHOLE;
  if (isPaced) writeInPieces(socket, rest, taken);
  const takesMore = !isPaced && socket.write(rest ?? bytes);
  if (!isPaced && !takesMore) socket.once('drain', taken);
  // The head is sent together with the body, or its first piece.
  if (rest) socket.uncork();
  return takesMore;
}
