import { FORMATS, type Format, formatsBy } from '../../formats.ts';
import { nearest } from '../../nearest.ts';
import { cacheKey, canonicalOptions, shownOptions } from '../../options/cache-key.ts';
import { SHOWN_OPTIONS } from '../../options/option-table.ts';
import type { Placeholder } from '../../options/options.ts';
import { fits, type Limits } from '../../options/sizes.ts';

/** What `.json` answers: a URL explained. */
export interface Description {
  /** Every option with its value, including omitted ones, under their query names. */
  readonly options: Readonly<Record<string, string | number | null>>;
  /** The shortest of all equivalent spellings of this picture. */
  readonly path: string;
  readonly url: string;
  readonly cacheKey: string;
  readonly etag: string;
  /** Unknown parameters, each with the option nearest in spelling. */
  readonly ignored: readonly { readonly name: string; readonly nearest: string | null }[];
  readonly snippets: {
    readonly img: string;
    readonly srcset: string;
    readonly picture: string;
    readonly css: string;
    readonly markdown: string;
  };
}

/** What an explanation needs in addition to the picture. */
export interface DescribeContext {
  readonly etag: string;
  /** Scheme and authority that the client used, such as `https://img.example`. */
  readonly origin: string;
  /** Path before the size, such as `/image`. */
  readonly prefix: string;
  readonly limits: Limits;
  /** Names of unknown query parameters. */
  readonly ignored?: readonly string[];
}

/** The canonical path of a picture. */
function canonicalPath(placeholder: Placeholder, prefix: string): string {
  const { width, height, format, scale } = placeholder;
  const query = canonicalOptions({ ...placeholder, scale: 1 });
  return `${prefix}/${width}x${height}${scale === 1 ? '' : `@${scale}x`}.${format}${query && `?${query}`}`;
}

/** Text for an HTML attribute in double quotes. */
const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('\n', ' ');

/** A link destination. Parentheses are encoded, because they would have to be balanced (CommonMark, 6.3). */
const markdownTarget = (url: string): string => url.replaceAll('(', '%28').replaceAll(')', '%29');

/** Text for Markdown's square brackets. */
const markdownText = (text: string): string => text.replace(/[[\]\\`<*_]/g, '\\$&').replaceAll('\n', ' ');

/** Screen densities that pages are made for. */
const DENSITIES = [1, 2, 3];

/** The formats that a `<picture>` offers before its `<img>`, the smallest first; none for a scalable format. */
function sourcesOf(format: Format): readonly Format[] {
  return format === 'svg' ? [] : formatsBy('named').filter((one) => FORMATS[one].modern);
}

/** The same picture in another format, at its default quality. */
function inFormat(placeholder: Placeholder, format: Format): Placeholder {
  if (placeholder.format === format) return placeholder;
  return { ...placeholder, format, quality: FORMATS[format].quality };
}

/** Ready-made code that shows a picture; every URL in it works. */
function snippetsOf(
  placeholder: Placeholder,
  { origin, prefix, limits }: DescribeContext,
): Description['snippets'] {
  const { width, height, text } = placeholder;
  const urlOf = (picture: Placeholder): string => origin + canonicalPath(picture, prefix);
  const url = urlOf(placeholder);
  const scales = DENSITIES.filter((scale) => fits(width, height, scale, limits));
  const srcset = (picture: Placeholder): string =>
    scales.map((scale) => `${attribute(urlOf({ ...picture, scale }))} ${scale}x`).join(', ');
  const alt = text === '' ? `${width} × ${height}` : text;
  const size = `width="${width}" height="${height}" alt="${attribute(alt)}"`;
  const img = (picture: Placeholder): string =>
    `<img src="${attribute(urlOf(picture))}" srcset="${srcset(picture)}" ${size}>`;
  const sources = sourcesOf(placeholder.format).map(
    (format) => `<source type="${FORMATS[format].mime}" srcset="${srcset(inFormat(placeholder, format))}">`,
  );
  const fallback = FORMATS[placeholder.format].modern ? inFormat(placeholder, 'png') : placeholder;
  return {
    img: `<img src="${attribute(url)}" ${size}>`,
    srcset: img(placeholder),
    picture: `<picture>${sources.join('')}${img(fallback)}</picture>`,
    css: `background: url("${url}") center / cover no-repeat;`,
    markdown: `![${markdownText(alt)}](${markdownTarget(url)})`,
  };
}

/** Explains a picture. */
export function describe(placeholder: Placeholder, context: DescribeContext): Description {
  const { width, height } = placeholder;
  const path = canonicalPath(placeholder, context.prefix);
  const ignored = (context.ignored ?? []).map((name) => ({
    name,
    nearest: nearest(name, SHOWN_OPTIONS) ?? null,
  }));
  return {
    options: { width, height, ...shownOptions(placeholder) },
    path,
    url: context.origin + path,
    cacheKey: cacheKey(placeholder),
    etag: context.etag,
    ignored,
    snippets: snippetsOf(placeholder, context),
  };
}
