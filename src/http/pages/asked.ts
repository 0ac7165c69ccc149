import { DIALECTS } from '../../dialects/table.ts';
import { GreyboxError, quote } from '../../errors.ts';
import { didYouMean } from '../../options/nearest.ts';
import { readTarget } from '../protocol/target.ts';

/** Where a URL leads. */
export interface Asked {
  readonly target: string;
  /** Empty where the URL names none. */
  readonly host: string;
}

/** What is pasted around a URL: an attribute of HTML, `url()` of CSS, or quotes. */
const AROUND = /\b(?:src|href)\s*=\s*["']?([^"'\s>]+)|\burl\(\s*["']?([^"')]+)|^["'`](.+)["'`]$/is;
/** A colour as CSS has it; in a URL it would begin the fragment. */
const CSS_COLOUR = /#(?=(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})(?![\w-]))/gi;

const HOSTS = DIALECTS.flatMap(({ hosts }) => hosts);

/**
 * Where what somebody pasted leads: a whole URL, one without its scheme, a path, the address of a playground, or code
 * that holds one of them.
 * @param base the path that all of greybox is below
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

/** The error of a URL of a host that is no service's, but nearly; undefined for any other. */
export function unknownHost({ target, host }: Asked): GreyboxError | undefined {
  const [, first = ''] = /^\/([^/?]+)/.exec(target) ?? [];
  const name = (host || (first.includes('.') ? first : '')).toLowerCase().replace(/:\d+$/, '');
  const meant = name === '' ? undefined : didYouMean(name, HOSTS);
  if (meant === undefined) return undefined;
  const detail = `${quote(name)} is no service whose URLs greybox knows; ${meant}`;
  return new GreyboxError('not-found', detail, { parameter: 'url', value: name });
}
