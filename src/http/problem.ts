import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { GreyboxError } from '../errors.ts';
import { OPEN_HEADERS } from './headers.ts';

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

/** Sends an error: the one place that serialises them. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toGreyboxError(error, request.log);
  if (known.retryAfter !== undefined) reply.header('retry-after', known.retryAfter);
  if (known.allow !== undefined) reply.header('allow', known.allow);
  return reply
    .code(known.status)
    .headers({ ...OPEN_HEADERS, 'cache-control': 'no-store', 'content-type': PROBLEM_TYPE })
    .send(Buffer.from(JSON.stringify(toProblem(known, request.raw.url ?? ''))));
}

/** Statuses for bytes that Node's parser refuses, by its error's code; all others are plain bad requests. */
const PARSER_STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers bytes that are no HTTP request, where the peer still listens, and closes the connection. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = PARSER_STATUS[error.code ?? ''] ?? 400;
  const title = STATUS_CODES[status] ?? '';
  const known = new GreyboxError('bad-request', 'the request is not well-formed HTTP/1.1 (RFC 9112)');
  const body = JSON.stringify({ ...toProblem(known, ''), title, status });
  socket.write(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Cache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
  );
  // `end` alone would leave it to the peer when the socket is freed.
  socket.destroySoon();
}
