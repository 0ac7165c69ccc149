import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { GreyboxError } from '../errors.ts';
import { FORMATS } from '../formats.ts';
import { type ErrorPictures, prefersPicture } from './error-picture.ts';
import { type Fields, OPEN_FIELDS, withFields } from './fields.ts';
import { SVG_POLICY } from './headers.ts';

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
export const MAX_INSTANCE = 2000;

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

/** The header fields of every error; its form depends on what the client likes (RFC 9110, 12.5.5). */
function errorFields({ code, retryAfter, allow }: GreyboxError): Fields {
  return [
    ...OPEN_FIELDS,
    'cache-control',
    'no-store',
    'vary',
    'Accept',
    ...(retryAfter === undefined ? [] : ['retry-after', String(retryAfter)]),
    ...(allow === undefined ? [] : ['allow', allow]),
    ...(code === 'unauthorized' ? ['www-authenticate', CHALLENGE] : []),
  ];
}

/** An error as it is sent. */
export interface ErrorAnswer {
  readonly fields: Fields;
  readonly body: Buffer;
}

/** The header fields of an error that is sent as a problem. @param length of the body in bytes */
export function problemFields(error: GreyboxError, length: string): Fields {
  return [...errorFields(error), 'content-type', PROBLEM_TYPE, 'content-length', length];
}

/** An error as a problem. @param target of the request, as it was sent */
function problemAnswer(error: GreyboxError, target: string): ErrorAnswer {
  const body = Buffer.from(JSON.stringify(toProblem(error, target)));
  return { fields: problemFields(error, String(body.length)), body };
}

/** An error as a picture. */
function pictureAnswer(error: GreyboxError, body: Buffer): ErrorAnswer {
  const content = ['content-type', FORMATS.svg.mime, 'content-security-policy', SVG_POLICY];
  return { fields: [...errorFields(error), ...content, 'content-length', String(body.length)], body };
}

export type SendError = (
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>;

/** Makes what sends an error: as a problem, or for an `<img>` as a picture. */
export function errorSender(pictures: Pick<ErrorPictures, 'get'>): SendError {
  return async (error, request, reply) => {
    const known = toGreyboxError(error, request.log);
    const target = request.originalUrl;
    const picture = prefersPicture(request.headers.accept) && (await pictures.get(known, target, request.ip));
    const { fields, body } = picture ? pictureAnswer(known, picture) : problemAnswer(known, target);
    return withFields(reply.code(known.status), fields).send(body);
  };
}
