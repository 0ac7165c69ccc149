import { GreyboxError, quote } from '../errors.ts';
import type { Limits } from '../options/sizes.ts';
import type { MeantPicture } from './dialect.ts';
import { type DialectTable, OWN } from './table.ts';

const ABSOLUTE = /^(?:https?:)?\/\/([^/?#]+)(.*)$/is;

/** The target and the host that a person means by `600x400`, `og@2x.webp`, `placehold.co/300`, a path or a whole URL. */
export function targetOf(source: string, table: DialectTable): { target: string; host: string } {
  const [, host, rest = ''] = ABSOLUTE.exec(source) ?? [];
  if (host !== undefined) return { target: rest.startsWith('/') ? rest : `/${rest}`, host };
  if (source.startsWith('/')) return { target: source, host: '' };
  const isSpelledOut = table.resolve(`/${source}`, '') !== undefined;
  return { target: isSpelledOut ? `/${source}` : `${OWN.paths[0]}/${source}`, host: '' };
}

/**
 * Reads what a person wrote for a picture, see {@link targetOf}.
 * @throws GreyboxError for what is in no grammar, for a bad URL, and for one that answers with data
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
