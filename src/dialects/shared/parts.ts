import { isTelling } from '../../options/parse.ts';
import type { Target } from '../dialect.ts';

/** A service's URL, split as leniently as real pages need. */
export interface Parts {
  /** Path segments, percent-decoded; empty ones are left out. */
  readonly segments: readonly string[];
  /** As {@link segments}, with empty ones between others: `/300x200//fff` leaves out a colour and names the next. */
  readonly places: readonly string[];
  /** Query parameters by lower-case name; the last one counts where a name is repeated, as in PHP. */
  readonly query: ReadonlyMap<string, string>;
}

/** Percent-decodes a text; one that cannot be decoded stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Most parameters and segments that are read: no service uses more. */
const MOST_PARTS = 200;

/** `&amp;`, which some pages escape more than once. */
const AMPERSAND = /&(?:amp;)+/gi;

function readQuery(query: string): Map<string, string> {
  const params = new Map<string, string>();
  const plain = query.replace(AMPERSAND, '&').replaceAll('?', '&').split('&', MOST_PARTS).join('&');
  for (const [name, value] of new URLSearchParams(plain))
    if (name !== '') params.set(name.toLowerCase(), value);
  return params;
}

/**
 * Splits a target. Pages write `/300x200&text=Hi` as often as `/300x200?text=Hi`, so the query begins at the first of
 * the two characters. A segment such as `text=Hi` is part of it, `&amp;` is `&`, and a second `?` counts as `&`.
 */
export function takeApart({ path: sent, query }: Target): Parts {
  const path = sent.replace(AMPERSAND, '&');
  const at = path.indexOf('&');
  const inPath = at < 0 ? '' : path.slice(at + 1);
  const all = (at < 0 ? path : path.slice(0, at)).split('/', MOST_PARTS);
  const isParam = (segment: string): boolean => /^(?:text|bg|fg|size)=/i.test(segment);
  const params = [...all.filter(isParam), inPath, query ?? ''].filter(Boolean).join('&');
  const places = all.filter((one) => !isParam(one)).map(decode);
  const [first, last] = [places.findIndex(Boolean), places.findLastIndex(Boolean)];
  return {
    segments: places.filter(Boolean),
    places: first < 0 ? [] : places.slice(first, last + 1),
    query: readQuery(params),
  };
}

/** What follows the first place of a path, such as `/image`, from the next segment that is not empty. */
export function afterFirst(places: readonly string[]): readonly string[] {
  const next = places.findIndex((one, i) => i > 0 && one !== '');
  return next < 0 ? [] : places.slice(next);
}

/**
 * The names in a query that a grammar does not use, except for tracking and cache-busting ones.
 * @param known in lower case; `any` where every name has a meaning
 */
export function unknownNames({ query }: Parts, known: readonly string[] | 'any'): string[] {
  if (known === 'any') return [];
  return [...query.keys()].filter((name) => !known.includes(name) && isTelling(name));
}

/** Whether a parameter is switched on: `true`, `yes`, `1`, `on`, or given without a value. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(?:|true|yes|1|on|✓)$/i.test(value);
}
