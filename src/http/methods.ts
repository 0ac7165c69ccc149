import { GreyboxError } from '../errors.ts';
import type { Answer } from './answer.ts';
import { OPEN_FIELDS } from './fields.ts';

/** The methods of a picture, and of all else that is read. */
export const READS: readonly string[] = ['GET', 'HEAD'];

/** `Allow` of a target with these methods (RFC 9110, 10.2.1). */
export const allowOf = (methods: readonly string[]): string => [...methods, 'OPTIONS'].join(', ');

/** Field names, separated by commas (RFC 9110, 5.6): all that may be repeated in an answer. */
const NAMES = /^[\w!#$%&'*+.^`|~, -]*$/;

/**
 * Answers OPTIONS (RFC 9110, 9.3.7), and what a browser asks before it asks another origin (Fetch, 4.8). Only reads are
 * for any origin.
 * @param field the value of a header field of the request
 */
export function optionsAnswer(
  methods: readonly string[],
  field: (name: string) => string | undefined,
): Answer {
  const isPreflight = methods === READS && field('access-control-request-method') !== undefined;
  const asked = field('access-control-request-headers') ?? '';
  const preflight = [
    'access-control-allow-methods',
    methods.join(', '),
    ...(asked !== '' && NAMES.test(asked) ? ['access-control-allow-headers', asked] : []),
    'access-control-max-age',
    '86400',
  ];
  const fields = ['allow', allowOf(methods), ...OPEN_FIELDS, ...(isPreflight ? preflight : [])];
  return { status: 204, fields, body: undefined };
}

/** The error of a method that a target does not have (RFC 9110, 15.5.6). */
export function methodError(methods: readonly string[], method: string): GreyboxError {
  const allow = allowOf(methods);
  const detail = `the method must be one of ${allow}, got ${method}`;
  return new GreyboxError('method-not-allowed', detail, { parameter: 'method', value: method, allow });
}
