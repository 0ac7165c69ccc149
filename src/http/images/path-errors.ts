import type { Dialect } from '../../dialects/dialect.ts';
import { OWN } from '../../dialects/table.ts';
import { GreyboxError, quote } from '../../errors.ts';

/** The form of URLs in one of our grammars. @param base the path that we are mounted at */
const shapeOf = ({ name, paths, forms }: Dialect, base: string): string =>
  `${paths[0] === undefined ? name : base + paths[0]}${forms[0]}`;

/** The error for a target that nothing is at. @param base the path that we are mounted at */
export function nothingHere(base: string): GreyboxError {
  return new GreyboxError(
    'not-found',
    `nothing is here; images are at ${shapeOf(OWN, base)}, such as ${base}${OWN.paths[0]}${OWN.examples[0]}`,
  );
}

/** The error for a path that another URL was meant by, both below the path that we are mounted at. */
export function pathError(dialect: Dialect, path: string, url: string, base: string): GreyboxError {
  const value = base + path;
  const meant = quote(base + url);
  const detail = `path must be as in ${shapeOf(dialect, base)}, got ${quote(value)}; did you mean ${meant}?`;
  return new GreyboxError('invalid-option', detail, { parameter: 'path', value });
}

/** The path of an origin of ours, see `DoorRequest`. */
export const pathOf = (origin: string): string => origin.replace(/^[^:/]*:\/\/[^/]*/, '');
