import { GreyboxError, quote } from '../errors.ts';
import type { Limits } from '../options/sizes.ts';
import type { Dialect, MeantPicture } from './dialect.ts';
import { DialectTable, OWN } from './table.ts';

const ABSOLUTE = /^(?:https?:)?\/\/([^/?#]+)(.*)$/is;

/** The target and host that `600x400`, `og@2x.webp`, `placehold.co/300`, a path or a whole URL stand for. */
export function targetOf(source: string, table: DialectTable): { target: string; host: string } {
  const [, host, rest = ''] = ABSOLUTE.exec(source) ?? [];
  if (host !== undefined) return { target: rest.startsWith('/') ? rest : `/${rest}`, host };
  if (source.startsWith('/')) return { target: source, host: '' };
  const isSpelledOut = table.resolve(`/${source}`, '') !== undefined;
  return { target: isSpelledOut ? `/${source}` : `${OWN.paths[0]}/${source}`, host: '' };
}

/**
 * Reads what a user typed for a picture, see {@link targetOf}.
 * @throws GreyboxError for a source of no grammar, for a bad URL, and for one that answers with data
 */
export function readSource(source: string, table: DialectTable, limits: Limits): MeantPicture {
  const { target, host } = targetOf(source, table);
  const resolved = table.resolve(target, host);
  if (!resolved) {
    const detail = `${quote(source)} is no URL of a placeholder service that greybox knows`;
    throw new GreyboxError('not-found', detail, { parameter: 'url', value: source });
  }
  const meant = resolved.dialect.read(resolved.target, { limits, accept: undefined, base: resolved.mount });
  if (meant.kind === 'picture') return meant;
  const detail = `${quote(source)} is no picture, but data about one`;
  throw new GreyboxError('invalid-option', detail, { parameter: 'url', value: source });
}

/**
 * The grammars that go by names or hosts: `picsum.photos`, `/avatar`.
 * @param option the option that gives them, for errors
 * @throws TypeError for a name that no grammar has
 */
export function grammarsNamed(names: string | readonly string[], option: string): Dialect[] {
  const all = new DialectTable();
  return [names].flat().map((name) => {
    const row = all.named(String(name));
    if (row) return row;
    throw new TypeError(`${option} must name some of ${all.names.join(', ')}, got ${quote(String(name))}`);
  });
}
