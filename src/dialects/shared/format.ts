import { type Format, formatOf } from '../../formats.ts';

const EXTENSION = /\.([a-z]{3,4})$/i;

/** A piece of a path with the extension that it ends in, where that names a format of ours. */
export function splitFormat(text: string): { readonly rest: string; readonly format: Format | undefined } {
  const [suffix = '', name = ''] = EXTENSION.exec(text) ?? [];
  const format = formatOf(name);
  return format ? { rest: text.slice(0, -suffix.length), format } : { rest: text, format: undefined };
}
