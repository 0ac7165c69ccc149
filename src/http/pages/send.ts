import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerWith, type Representation } from '../images/answer.ts';
import { acceptedEncoding } from '../protocol/accept.ts';
import { fieldsOf, sendAnswer } from '../reply.ts';
import { type BundledFile, compressed } from './bundle.ts';

/** A body prepared once, in each encoding. */
export type Prepared = Omit<BundledFile, 'name'>;

/** Header fields for one kind of page: alternating names and values. */
export interface Kind {
  readonly type: string;
  readonly cacheControl: string;
  readonly fields?: readonly string[];
  /** Request fields that select the answer, in addition to `Accept-Encoding`. */
  readonly vary?: string;
}

/** Pages change with releases: a client keeps its copy, and revalidates it each time. */
const FRESH = 'no-cache';
/** A file with a hash in its name never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Only our own files are run and loaded, and no other site may frame the page (CSP Level 3). */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export const PAGE: Kind = {
  type: 'text/html; charset=utf-8',
  cacheControl: FRESH,
  fields: ['content-security-policy', PAGE_POLICY, 'referrer-policy', 'no-referrer'],
};
export const TEXT: Kind = { type: 'text/plain; charset=utf-8', cacheControl: FRESH };
export const JSON_DATA: Kind = { type: 'application/json; charset=utf-8', cacheControl: FRESH };
export const SCRIPT: Kind = { type: 'text/javascript; charset=utf-8', cacheControl: FOR_EVER };
export const STYLE: Kind = { type: 'text/css; charset=utf-8', cacheControl: FOR_EVER };

/** The best one first. */
const ENCODINGS = ['br', 'gzip'] as const;

/** Prepares a text body for sending. */
export const prepare = (text: string): Prepared => compressed(Buffer.from(text));

/** Sends a body in an encoding that the client accepts, or says that it has not changed. */
export function sendPrepared(
  request: FastifyRequest,
  reply: FastifyReply,
  prepared: Prepared,
  { type, cacheControl, fields = [], vary }: Kind,
): FastifyReply {
  const field = fieldsOf(request);
  const encoding = acceptedEncoding(field('accept-encoding') ?? '', ENCODINGS);
  const body = prepared[encoding ?? 'plain'];
  const etag = `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
  const representation: Representation = {
    etag,
    body,
    common: [
      ...['etag', etag, 'cache-control', cacheControl],
      ...['vary', vary === undefined ? 'Accept-Encoding' : `${vary}, Accept-Encoding`],
      ...fields,
    ],
    content: [
      ...['content-type', type, 'content-length', String(body.length)],
      ...(encoding ? ['content-encoding', encoding] : []),
    ],
  };
  const conditions = {
    method: request.method,
    ifMatch: field('if-match'),
    ifNoneMatch: field('if-none-match'),
  };
  return sendAnswer(reply, answerWith(representation, conditions));
}
