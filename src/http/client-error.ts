import { maxHeaderSize, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type ErrorCode, GreyboxError } from '../errors.ts';
import { PROBLEM_TYPE, toProblem } from './problem.ts';
import { NO_ROUTE, type RequestCounts } from './request-counts.ts';

/** What is said of bytes that Node's parser refuses, by its error's code; all others are plain bad requests. */
const PARSER_FAULTS: Readonly<Record<string, readonly [ErrorCode, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    'headers-too-large',
    `the request line and all header fields of HTTP/1.1 must take at most ${maxHeaderSize} bytes`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'the HTTP/1.1 request did not arrive in time'],
};
const MALFORMED = ['bad-request', 'the request is not well-formed HTTP/1.1 (RFC 9112)'] as const;

/** Answers a problem past Node's own responses and closes the connection. */
export function answerOnSocket(socket: Socket, error: GreyboxError, counts: RequestCounts): void {
  const { status, allow } = error;
  const body = JSON.stringify(toProblem(error, ''));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    ...(allow === undefined ? [] : [`Allow: ${allow}`]),
    'Connection: close',
  ];
  counts.add(NO_ROUTE, status);
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  // `end` alone would leave it to the peer when the socket is freed.
  socket.destroySoon();
}

/** Sockets whose last answer is on its way or waits for those before it. */
const refused = new WeakSet<Socket>();

/** Calls back when all requests that were read so far are answered: answers keep their order (RFC 9112, 9.3.2). */
function afterAnswers(socket: Socket, done: () => void): void {
  // Node keeps the response that has its turn here, and has no public name for it.
  const { _httpMessage: response } = socket as Socket & { _httpMessage?: ServerResponse | null };
  if (response) response.once('close', () => afterAnswers(socket, done));
  else done();
}

/** Answers bytes that are no HTTP request, where the peer still listens. */
export function answerClientError(
  error: Error & { code?: string },
  socket: Socket,
  counts: RequestCounts,
): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  if (refused.has(socket)) return;
  refused.add(socket);
  const [code, detail] = PARSER_FAULTS[error.code ?? ''] ?? MALFORMED;
  afterAnswers(socket, () => answerOnSocket(socket, new GreyboxError(code, detail), counts));
}
