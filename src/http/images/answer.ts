import { hash } from 'node:crypto';
import { GreyboxError } from '../../errors.ts';
import { type Fields, OPEN_FIELDS } from '../protocol/fields.ts';
import { allowsEtag, matchesEtag } from '../protocol/headers.ts';

/** An answer, independent of how the request arrived. */
export interface Answer {
  readonly status: number;
  readonly fields: Readonly<Fields>;
  readonly body: Buffer | undefined;
}

/** What makes a GET or HEAD conditional (RFC 9110, 13.1). */
export interface Conditions {
  readonly method: string;
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** A body with an entity tag, and its fields. */
export interface Representation {
  readonly etag: string;
  readonly body: Buffer;
  /** Fields that a 304 repeats (RFC 9110, 15.4.5). */
  readonly common: Fields;
  /** Fields that only a 200 has. */
  readonly content: Fields;
}

/** How a representation is sent: whole, only its head, or as "not modified". */
export type Form = 'whole' | 'head' | 'unchanged';

export const STATUS = { whole: 200, head: 200, unchanged: 304 } as const satisfies Record<Form, number>;

/**
 * Decides how a representation is sent: If-Match is evaluated before If-None-Match (RFC 9110, 13.2.2). There is no
 * modification date, so date conditions are ignored.
 * @throws GreyboxError `precondition-failed`
 */
export function formOf({ method, ifMatch, ifNoneMatch }: Conditions, etag: string): Form {
  if (!allowsEtag(ifMatch, etag)) {
    throw new GreyboxError('precondition-failed', `If-Match must name ${etag} or be *`);
  }
  if (ifNoneMatch !== undefined && (ifNoneMatch === etag || matchesEtag(ifNoneMatch, etag)))
    return 'unchanged';
  return method === 'HEAD' ? 'head' : 'whole';
}

/** The answer to a GET or HEAD of an existing representation. @throws as {@link formOf} */
export function answerWith(representation: Representation, conditions: Conditions): Answer {
  const { etag, body, common, content } = representation;
  const form = formOf(conditions, etag);
  return {
    status: STATUS[form],
    fields: form === 'unchanged' ? common : [...common, ...content],
    body: form === 'whole' ? body : undefined,
  };
}

/** Data that is not a picture: a service's own data, or an explanation. */
export interface Data {
  /** media type */
  readonly type: string;
  readonly body: string;
  readonly cacheControl: string;
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

export function representData({ type, body, cacheControl, fields = {} }: Data): Representation {
  const bytes = Buffer.from(body);
  const etag = `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`;
  return {
    etag,
    body: bytes,
    common: ['etag', etag, 'cache-control', cacheControl, ...OPEN_FIELDS, ...Object.entries(fields).flat()],
    content: ['content-type', type, 'content-length', String(bytes.length)],
  };
}
