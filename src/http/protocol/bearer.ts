import { hash, timingSafeEqual } from 'node:crypto';

/** Digests are of one length whatever they are made of: comparing them tells nothing of either. */
const digest = (text: string): Buffer => Buffer.from(hash('sha256', text, 'hex'), 'hex');

/** Makes what tells whether the field `Authorization` bears a token (RFC 6750, 2.1). */
export function bears(token: string): (authorization: string | undefined) => boolean {
  const expected = digest(token);
  return (authorization = '') => {
    const [, given] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    return given !== undefined && timingSafeEqual(digest(given), expected);
  };
}
