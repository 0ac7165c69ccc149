import type { Socket } from 'node:net';
import { GreyboxError } from '../../errors.ts';
import { NO_ROUTE, type RequestCounts } from '../../stats/request-counts.ts';
import type { ErrorAnswers } from '../errors/problem.ts';
import { headTooLarge, MAX_TARGET, targetTooLong } from '../protocol/message.ts';
import { methodError, READS } from '../protocol/methods.ts';
import type { Connections } from './connections.ts';
import { encodeTarget, type ParserError, type RawRequest, readRaw } from './raw-request.ts';
import { writeMessage } from './wire-message.ts';

/** Explains why the parser refused the bytes. */
function explain({ code }: ParserError, raw: RawRequest | undefined): GreyboxError {
  const target = raw?.target;
  // The parser knows only registered methods, in upper case; to a server, any other is just not allowed (RFC 9110, 9.1).
  if (code === 'HPE_INVALID_METHOD' && raw?.hasVersion) return methodError(raw.method, READS);
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new GreyboxError('request-timeout', 'the HTTP/1.1 request did not arrive in time');
  if (code === 'HPE_HEADER_OVERFLOW') {
    const length = target?.length ?? 0;
    return length > MAX_TARGET ? targetTooLong(`${length} or more`) : headTooLarge();
  }
  const malformed = 'the request is not well-formed HTTP/1.1';
  if (target === undefined || !/[ \x80-\xff]/.test(target))
    return new GreyboxError('bad-request', `${malformed} (RFC 9112)`);
  const rule = 'spaces, and characters that are not ASCII, must be percent-encoded in a URL (RFC 3986, 2.1)';
  return new GreyboxError('bad-request', `${malformed}: ${rule}, as in ${shorten(encodeTarget(target))}`);
}

/** The longest URL that is shown corrected, in characters. */
const MAX_SHOWN = 200;

/** A URL, or the first escape in it with its surroundings. */
function shorten(target: string): string {
  if (target.length <= MAX_SHOWN) return target;
  const at = Math.max(0, target.indexOf('%') - MAX_SHOWN / 2);
  return `…${target.slice(at, at + MAX_SHOWN)}…`;
}

/** The known parts of the refused request. */
type Refused = Partial<RawRequest>;

export interface ClientErrorOptions {
  readonly connections: Connections;
  readonly counts: RequestCounts;
  readonly errors: ErrorAnswers;
}

/** Answers requests for which Node creates no response, and closes their connections. */
export class ClientErrors {
  readonly #options: ClientErrorOptions;
  /** Sockets whose last answer is being sent, or waits for earlier answers. */
  readonly #refused = new WeakSet<Socket>();

  constructor(options: ClientErrorOptions) {
    this.#options = options;
  }

  /** Handles 'clientError': answers bytes that are not an HTTP request, if the peer still listens. */
  handle(error: ParserError, socket: Socket): void {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const last = this.#options.connections.of(socket)?.last;
    if (last && !last[0].complete) {
      // The malformed part is the body of a request that has its answer or will get it.
      this.#afterAnswers(socket, () => socket.destroySoon());
      return;
    }
    const raw = readRaw(error);
    this.refuse(socket, explain(error, raw), raw);
  }

  /** Answers with an error after all earlier requests are answered: answers keep their order (RFC 9112, 9.3.2). */
  refuse(socket: Socket, error: GreyboxError, refused: Refused = {}): void {
    this.#afterAnswers(socket, () => void this.answer(socket, error, refused));
  }

  /** Answers with an error at once, and closes. */
  async answer(
    socket: Socket,
    error: GreyboxError,
    { method = '', target = '', accept }: Refused,
  ): Promise<void> {
    const { counts, errors } = this.#options;
    const url = encodeTarget(target);
    const { status, fields, body } = await errors.answer(error, { method, url, accept, size: undefined });
    if (!socket.writable) return;
    // The answer to an unreadable request does not vary by its fields.
    const vary = fields.indexOf('vary');
    counts.add(NO_ROUTE, status);
    const context = { second: Math.floor(Date.now() / 1000), keepAlive: undefined };
    const sent = writeMessage(status, fields.toSpliced(vary, vary < 0 ? 0 : 2), body, context);
    socket.write(sent.bytes);
    if (sent.rest) socket.write(sent.rest);
    // With `end` alone, the peer would decide when the socket is freed.
    socket.destroySoon();
  }

  /** Calls back once for each socket, after its last response has been sent. */
  #afterAnswers(socket: Socket, done: () => void): void {
    if (this.#refused.has(socket)) return;
    this.#refused.add(socket);
    const connection = this.#options.connections.of(socket);
    if (connection) connection.waitsFor = 'end';
    const [, response] = connection?.last ?? [];
    if (!response || response.writableFinished) done();
    else response.once('close', done);
  }
}
