import { GreyboxError, quote } from '../../errors.ts';
import { FORMATS, type Format, formatsBy } from '../../formats.ts';
import { parseAccept, type Range } from '../protocol/accept.ts';

const BY_NAME = formatsBy('named');
const BY_SAFETY = formatsBy('unnamed');

/** The weight that a client gives a type, and whether it named the type itself: the most specific range decides. */
function rate(mime: string, ranges: readonly Range[]): { quality: number; named: boolean } {
  for (const type of [mime, 'image/*', '*/*']) {
    const matching = ranges.filter((range) => range.type === type).map(({ quality }) => quality);
    if (matching.length > 0) return { quality: Math.max(...matching), named: type === mime };
  }
  return { quality: 0, named: false };
}

/**
 * Chooses the format for `auto`. Only weights and names count, never the order or spelling of the header, so a picture
 * has at most one cache entry per format.
 * @throws GreyboxError `not-acceptable`
 */
export function negotiate(accept: string | undefined): Format {
  const ranges = parseAccept(accept === undefined || accept.trim() === '' ? '*/*' : accept);
  const rated = BY_NAME.map((format) => ({ format, ...rate(FORMATS[format].mime, ranges) }));
  const best = Math.max(...rated.map(({ quality }) => quality));
  if (best > 0) {
    const wanted = rated.filter(({ quality }) => quality === best);
    const named = wanted.find((candidate) => candidate.named);
    const chosen = named?.format ?? BY_SAFETY.find((format) => wanted.some((one) => one.format === format));
    if (chosen) return chosen;
  }
  const types = BY_NAME.map((format) => FORMATS[format].mime).join(', ');
  throw new GreyboxError('not-acceptable', `Accept must allow one of ${types}, got ${quote(accept ?? '')}`, {
    parameter: 'accept',
    value: accept ?? '',
  });
}
