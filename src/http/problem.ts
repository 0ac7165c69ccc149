import { maxHeaderSize, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, GreyboxError } from '../errors.ts';
import { FORMATS } from '../formats.ts';
import { type ErrorPictures, prefersPicture } from './error-picture.ts';
import { OPEN_HEADERS, SVG_POLICY } from './headers.ts';
import type { RequestCounts } from './request-counts.ts';
import { NO_ROUTE } from './routes.ts';

/** Problem details (RFC 9457, 3): the five members it names, and three of our own. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly parameter?: string;
  readonly value?: string;
}

export const PROBLEM_TYPE = 'application/problem+json';

/** How to get past `unauthorized` (RFC 6750, 3). */
const CHALLENGE = 'Bearer realm="greybox"';

/** Longest part of a request target that is repeated as `instance`, in characters. */
const MAX_INSTANCE = 2000;

export function toProblem(error: GreyboxError, target: string): Problem {
  const { code, title, status, message: detail, parameter, value } = error;
  return {
    type: `urn:greybox:problem:${code}`,
    title,
    status,
    detail,
    instance: target.slice(0, MAX_INSTANCE),
    code,
    ...(parameter !== undefined && { parameter }),
    ...(value !== undefined && { value }),
  };
}

/** Any thrown value as one of our errors: what the server says of a request keeps its status, all else is `internal`. */
export function toGreyboxError(error: unknown, log: FastifyBaseLogger): GreyboxError {
  if (error instanceof GreyboxError) return error;
  const { statusCode = 500, message = '' } = error as { statusCode?: number; message?: string };
  if (statusCode >= 400 && statusCode < 500)
    return new GreyboxError('bad-request', message, { cause: error });
  log.error({ err: error }, 'request failed');
  return new GreyboxError('internal', 'greybox could not answer this request; its log says why', {
    cause: error,
  });
}

/** The headers of every error; its form depends on what the client likes (RFC 9110, 12.5.5). */
function errorHeaders({ code, retryAfter, allow }: GreyboxError): Record<string, string> {
  return {
    ...OPEN_HEADERS,
    'cache-control': 'no-store',
    vary: 'Accept',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(allow !== undefined && { allow }),
    ...(code === 'unauthorized' && { 'www-authenticate': CHALLENGE }),
  };
}

export type SendError = (
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>;

/** Makes what sends an error: the one place that serialises them, as a problem or for an `<img>` as a picture. */
export function errorSender(pictures: Pick<ErrorPictures, 'get'>): SendError {
  return async (error, request, reply) => {
    const known = toGreyboxError(error, request.log);
    reply.code(known.status).headers(errorHeaders(known));
    const target = request.originalUrl;
    const picture = prefersPicture(request.headers.accept) && (await pictures.get(known, target));
    if (picture) {
      reply.headers({ 'content-type': FORMATS.svg.mime, 'content-security-policy': SVG_POLICY });
      return reply.send(picture);
    }
    reply.header('content-type', PROBLEM_TYPE);
    return reply.send(Buffer.from(JSON.stringify(toProblem(known, target))));
  };
}

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
