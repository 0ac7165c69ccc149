import { DIALECTS } from '../../dialects/table.ts';
import { GreyboxError, quote } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { readTarget } from '../protocol/target.ts';

/** Where a URL leads. */
export interface Asked {
  readonly target: string;
  /** Empty if the URL names none. */
  readonly host: string;
}

/** Text pasted around a URL: an HTML attribute, CSS `url()`, or quotes. */
const AROUND = /\b(?:src|href)\s*=\s*["']?([^"'\s>]+)|\burl\(\s*["']?([^"')]+)|^["'`](.+)["'`]$/is;
/** A CSS colour; in a URL its `#` would begin the fragment. */
const CSS_COLOUR = /#(?=(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})(?![\w-]))/gi;

const HOSTS = DIALECTS.flatMap(({ hosts }) => hosts);

/**
 * Where pasted text leads: a whole URL, one without a scheme, a path, the address of a playground, or code that
 * contains one of these.
 * @param base the path prefix of greybox
 */
export function askedBy(given: string, base: string): Asked {
  const pasted = given.trim();
  const [, ...inside] = AROUND.exec(pasted) ?? [];
  const whole = inside.find(Boolean) ?? pasted;
  const [, inHash] = /#(\/.*)$/s.exec(whole) ?? [];
  const url = (inHash ?? whole).replace(/^\/\//, 'https://').replace(CSS_COLOUR, '%23');
  const { target, host } = /^https?:\/\//i.test(url)
    ? readTarget(url.replace(/#.*/s, ''))
    : { target: url.startsWith('/') ? url : `/${url}`, host: '' };
  return { target: target.startsWith(`${base}/`) ? target.slice(base.length) : target, host };
}

/** The error for a URL whose host nearly matches a service's; undefined for any other. */
export function unknownHost({ target, host }: Asked): GreyboxError | undefined {
  const [, first = ''] = /^\/([^/?]+)/.exec(target) ?? [];
  const name = (host || (first.includes('.') ? first : '')).toLowerCase().replace(/:\d+$/, '');
  const meant = name === '' ? undefined : didYouMean(name, HOSTS);
  if (meant === undefined) return undefined;
  const detail = `${quote(name)} is no service whose URLs greybox knows; ${meant}`;
  return new GreyboxError('not-found', detail, { parameter: 'url', value: name });
}
