import { GreyboxError } from '../../errors.ts';
import type { Answer } from '../images/answer.ts';
import { OPEN_FIELDS } from './fields.ts';

/** `Allow` of all readable routes (RFC 9110, 10.2.1). */
export const READS = 'GET, HEAD, OPTIONS';

export const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Field names, separated by commas (RFC 9110, 5.6): only these may be copied into an answer. */
const NAMES = /^[\w!#$%&'*+.^`|~, -]+$/;

/** Whether this is a browser's preflight before it reads from another origin (Fetch, 4.8). */
export const isPreflight = (method: string, field: (name: string) => string | undefined): boolean =>
  method === 'OPTIONS' && field('access-control-request-method') !== undefined;

/**
 * Answers OPTIONS for readable routes (RFC 9110, 9.3.7), and a browser's preflight before it reads from another origin
 * (Fetch, 4.8).
 * @param field the value of a header field of the request
 */
export function optionsAnswer(field: (name: string) => string | undefined): Answer {
  const asked = field('access-control-request-headers') ?? '';
  const names = NAMES.test(asked) ? ['access-control-allow-headers', asked] : [];
  const preflight = [
    'access-control-allow-methods',
    'GET, HEAD',
    ...names,
    'access-control-max-age',
    '86400',
  ];
  const fields = ['allow', READS, ...OPEN_FIELDS, ...(isPreflight('OPTIONS', field) ? preflight : [])];
  return { status: 204, fields, body: undefined };
}

/** The error for a method that a target does not support (RFC 9110, 15.5.6). @param allow the supported methods */
export function methodError(method: string, allow: string): GreyboxError {
  const detail = `the method must be ${allow.includes(',') ? 'one of ' : ''}${allow}, got ${method}`;
  return new GreyboxError('method-not-allowed', detail, { parameter: 'method', value: method, allow });
}
