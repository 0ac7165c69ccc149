import { type AskedSize, GreyboxError } from '../../errors.ts';
import { FORMATS } from '../../formats.ts';
import type { Answer } from '../images/answer.ts';
import { prefersPicture } from '../protocol/accept.ts';
import { type Fields, OPEN_FIELDS } from '../protocol/fields.ts';
import type { ErrorPictures } from './error-picture.ts';

/** Problem details (RFC 9457, 3): its five members, and three of our own. */
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

/** The challenge of `unauthorized` (RFC 6750, 3). */
const CHALLENGE = 'Bearer realm="greybox"';

/** The longest part of a request target that is sent back as `instance`, in characters. */
export const MAX_INSTANCE = 2000;

/** @param pages the path that the pages are mounted at */
export function toProblem(error: GreyboxError, target: string, pages = ''): Problem {
  const { code, title, status, message: detail, parameter, value } = error;
  return {
    type: `${pages}/docs#${code}`,
    title,
    status,
    detail,
    instance: target.slice(0, MAX_INSTANCE),
    code,
    ...(parameter !== undefined && { parameter }),
    ...(value !== undefined && { value }),
  };
}

/** The log for our own faults. */
export interface ErrorLog {
  error(about: object, message: string): void;
}

/** Any thrown value as one of our errors. Server errors about requests keep their status; others are `internal`. */
function toGreyboxError(error: unknown, log: ErrorLog): GreyboxError {
  if (error instanceof GreyboxError) return error;
  const { statusCode = 500, message = '' } = error as { statusCode?: number; message?: string };
  if (statusCode >= 400 && statusCode < 500)
    return new GreyboxError('bad-request', message, { cause: error });
  log.error({ err: error }, 'request failed');
  return new GreyboxError('internal', 'greybox could not answer this request; its log says why', {
    cause: error,
  });
}

/** The header fields of every error; its form depends on the client's preferences (RFC 9110, 12.5.5). */
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

/** The header fields of an error sent as a problem. @param length of the body in bytes */
export function problemFields(error: GreyboxError, length: string): Fields {
  return [...errorFields(error), 'content-type', PROBLEM_TYPE, 'content-length', length];
}

/** The request that an error answers. */
export interface Refused {
  readonly method: string;
  /** Its target, as sent. */
  readonly url: string;
  readonly accept: string | undefined;
  /** The size of the requested picture, if it was understood. */
  readonly size: AskedSize | undefined;
  /** The client's address, if known. */
  readonly client?: string | undefined;
  /** The path that the pages are mounted at; default: the root. */
  readonly pages?: string | undefined;
}

/** Answers errors: as a problem, or for an `<img>` as a picture. */
export class ErrorAnswers {
  readonly #pictures: Pick<ErrorPictures, 'get'>;
  readonly #log: () => ErrorLog;

  constructor(pictures: Pick<ErrorPictures, 'get'>, log: () => ErrorLog) {
    this.#pictures = pictures;
    this.#log = log;
  }

  /** @param error anything that was thrown */
  async answer(error: unknown, { method, url, accept, size, client, pages }: Refused): Promise<Answer> {
    const known = toGreyboxError(error, this.#log());
    const picture = prefersPicture(accept)
      ? await this.#pictures.get(known, known.asked ?? size, client)
      : undefined;
    const body = picture ?? Buffer.from(JSON.stringify(toProblem(known, url, pages)));
    const length = String(body.length);
    const fields = picture
      ? [
          ...errorFields(known),
          'content-type',
          FORMATS.svg.mime,
          ...(FORMATS.svg.fields ?? []),
          'content-length',
          length,
        ]
      : problemFields(known, length);
    return { status: known.status, fields, body: method === 'HEAD' ? undefined : body };
  }
}
