import { hash, timingSafeEqual } from 'node:crypto';

/** All digests have the same length, so comparing them reveals nothing about either text. */
const digest = (text: string): Buffer => Buffer.from(hash('sha256', text, 'hex'), 'hex');

/** Makes a function that checks the field `Authorization` for a token (RFC 6750, 2.1). */
export function bears(token: string): (authorization: string | undefined) => boolean {
  const expected = digest(token);
  return (authorization = '') => {
    const [, given] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    return given !== undefined && timingSafeEqual(digest(given), expected);
  };
}
