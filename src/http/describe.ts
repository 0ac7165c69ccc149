import { cacheKey, canonicalOptions } from '../options/cache-key.ts';
import { formatColor } from '../options/color.ts';
import type { Placeholder } from '../options/options.ts';

/** What `.json` answers: a URL explained. */
export interface Description {
  /** Every option with its value, the ones left out too, under the names of the query. */
  readonly options: Readonly<Record<string, string | number | null>>;
  /** The shortest spelling that every other one of this picture is the same as. */
  readonly path: string;
  readonly url: string;
  readonly cacheKey: string;
  readonly etag: string;
  readonly snippets: {
    readonly img: string;
    readonly srcset: string;
    readonly css: string;
    readonly markdown: string;
  };
}

/** The canonical path of a picture, at its own scale or another. */
function canonicalPath(placeholder: Placeholder, prefix: string, scale = placeholder.scale): string {
  const { width, height, format } = placeholder;
  const query = canonicalOptions({ ...placeholder, scale: 1 });
  return `${prefix}/${width}x${height}${scale === 1 ? '' : `@${scale}x`}.${format}${query && `?${query}`}`;
}

/** Text for an HTML attribute in double quotes. */
const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('\n', ' ');

/** A link destination: brackets in it would have to be balanced (CommonMark, 6.3). */
const markdownTarget = (url: string): string => url.replaceAll('(', '%28').replaceAll(')', '%29');

/**
 * Explains a picture.
 * @param origin scheme and authority that the client used, such as `https://img.example`
 * @param prefix path before the size, such as `/image`
 */
export function describe(
  placeholder: Placeholder,
  etag: string,
  origin: string,
  prefix: string,
): Description {
  const { width, height, scale, format, background, foreground, border, text } = placeholder;
  const path = canonicalPath(placeholder, prefix);
  const url = origin + path;
  const alt = attribute(text === '' ? `${width} × ${height}` : text);
  const src = attribute(url);
  const srcset = [1, 2, 3]
    .map((one) => `${attribute(origin + canonicalPath(placeholder, prefix, one))} ${one}x`)
    .join(', ');
  const size = `width="${width}" height="${height}" alt="${alt}"`;
  return {
    options: {
      width,
      height,
      scale,
      format,
      bg: background.colors.map(formatColor).join('-'),
      fg: formatColor(foreground),
      angle: background.colors.length > 1 ? background.angle : null,
      text,
      font: placeholder.font,
      weight: placeholder.weight,
      size: placeholder.size ?? null,
      quality: placeholder.quality ?? null,
      radius: placeholder.radius,
      border: border.width === 0 ? 0 : `${border.width},${formatColor(border.color)}`,
      pattern: placeholder.pattern,
    },
    path,
    url,
    cacheKey: cacheKey(placeholder),
    etag,
    snippets: {
      img: `<img src="${src}" ${size}>`,
      srcset: `<img src="${src}" srcset="${srcset}" ${size}>`,
      css: `background: url("${url}") center / cover no-repeat;`,
      markdown: `![${text.replace(/[[\]\\`<*_]/g, '\\$&').replaceAll('\n', ' ')}](${markdownTarget(url)})`,
    },
  };
}
