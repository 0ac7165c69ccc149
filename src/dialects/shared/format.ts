import { type Format, formatOf } from '../../formats.ts';

const EXTENSION = /\.([a-z]{3,4})$/i;

/** Splits a path segment from its extension, where that names one of our formats. */
export function splitFormat(text: string): { readonly rest: string; readonly format: Format | undefined } {
  const [suffix = '', name = ''] = EXTENSION.exec(text) ?? [];
  const format = formatOf(name);
  return format ? { rest: text.slice(0, -suffix.length), format } : { rest: text, format: undefined };
}
