import { NAMED_SIZES } from '../options/named-sizes.ts';
import { createPlaceholderValue } from '../options/options.ts';
import type { Limits } from '../options/sizes.ts';
import { AVATAR } from './avatar.ts';
import type { Dialect } from './dialect.ts';
import { IMAGE } from './image.ts';

/** Segments that people write instead of our mounts. */
const WORD = /^(?:ima?ge?s?|pics?|pictures?|photos?|placeholders?|dummy|static|assets)$/i;
const AVATAR_WORD = /^avatars?$/i;

/** `600x400` as the beginning of a segment, and `600` where it is a side. */
const PAIR = /^\d+(?:x|×|%C3%97)\d+/i;
const SIDE = /^\d+(?=[.@]|$)/;
const SIDES = [/^\d+$/, /^[1-9]\d{0,4}(?=[.@]|$)/] as const;

/** Segments before the size that are looked at: `/api/v1/image/600x400`. */
const DEEPEST = 3;

/** What was meant: one of our grammars, the path below its mount, and a query. */
interface Meant {
  readonly dialect: Dialect;
  readonly path: string;
  readonly params: URLSearchParams;
}

const isNamed = (segment: string): boolean => Object.hasOwn(NAMED_SIZES, segment.replace(/[.@].*/s, ''));

/** A picture's path below the mount, made from the segments of a wrong path; undefined where they name no picture. */
function imagePath(segments: readonly string[]): string | undefined {
  const at = segments.findIndex((segment) => PAIR.test(segment));
  if (at >= 0 && at <= DEEPEST) return segments.slice(at).join('/');
  const rest = segments.slice(WORD.test(segments[0] ?? '') ? 1 : 0);
  const [first = '', second = '', ...colors] = rest;
  // Two sides: `/600/400`.
  if (SIDES[0].test(first) && SIDES[1].test(second)) return [`${first}x${second}`, ...colors].join('/');
  return SIDE.test(first) || isNamed(first) ? rest.join('/') : undefined;
}

/** Takes the first of some parameters that is there, and removes all of them. */
function take(params: URLSearchParams, ...names: string[]): string | undefined {
  const found = names.find((name) => params.has(name));
  const value = found === undefined ? undefined : (params.get(found) ?? undefined);
  for (const name of names) params.delete(name);
  return value;
}

/** Takes out of a query the size that should be in the path. */
function sizeFrom(params: URLSearchParams): string | undefined {
  const width = take(params, 'width', 'w');
  const height = take(params, 'height', 'h');
  if (width !== undefined && height !== undefined) return `${width}x${height}`;
  return width ?? height ?? take(params, 'size');
}

/** A URL with the size in the query: `/image?width=600&height=400`, `/img.png?size=600x400`. */
function imageFromQuery(
  [first = '', ...others]: readonly string[],
  params: URLSearchParams,
): Meant | undefined {
  const [, word = '', extension = ''] = /^([^.]*)(\.[a-z]+)?$/i.exec(first) ?? [];
  const size = WORD.test(word) && others.length === 0 ? sizeFrom(params) : undefined;
  return size === undefined
    ? undefined
    : { dialect: IMAGE, path: `/${encodeURIComponent(size)}${extension}`, params };
}

/** `/avatars/128/Ada`, and `/avatar?name=Ada&size=128`. */
function avatar([first = '', ...rest]: readonly string[], params: URLSearchParams): Meant | undefined {
  if (!AVATAR_WORD.test(first)) return undefined;
  if (rest.length > 0) return { dialect: AVATAR, path: `/${rest.join('/')}`, params };
  const name = take(params, 'name');
  const side = take(params, 'size', 'width', 'w') ?? '128';
  return { dialect: AVATAR, path: `/${side}/${encodeURIComponent(name ?? '')}`, params };
}

/** A URL that was meant, and its grammar. */
export interface NearMiss {
  readonly url: string;
  readonly dialect: Dialect;
}

/** The URL that was meant, where it answers with a picture. */
function spell({ dialect, path, params }: Meant, limits: Limits): string | undefined {
  const query = params.size === 0 ? undefined : params.toString();
  try {
    const read = dialect.read({ path, query }, { limits, accept: undefined, base: '' });
    if (read.kind !== 'data') createPlaceholderValue({ ...read.options, format: undefined }, limits);
  } catch {
    return undefined;
  }
  return `${dialect.paths[0]}${path}${query === undefined ? '' : `?${query}`}`;
}

/**
 * The URL that was meant by a target of no grammar: `/image/600x400` for `/600x400`, `/img/600x400` and
 * `/image?width=600&height=400`, `/image/300?text=Hi` for `/300&text=Hi`. It always answers with a picture; undefined
 * where it cannot be told.
 */
export function nearMiss(target: string, limits: Limits): NearMiss | undefined {
  const at = target.search(/[?&]/);
  const path = at < 0 ? target : target.slice(0, at);
  const segments = path.split('/').filter((segment) => segment !== '');
  const query =
    at < 0
      ? ''
      : target
          .slice(at + 1)
          .replace(/^amp;/, '')
          .replaceAll('&amp;', '&');
  const params = (): URLSearchParams => new URLSearchParams(query);
  const below = imagePath(segments);
  const candidates = [
    avatar(segments, params()),
    imageFromQuery(segments, params()),
    below === undefined ? undefined : { dialect: IMAGE, path: `/${below}`, params: params() },
  ];
  for (const meant of candidates) {
    if (!meant) continue;
    const url = spell(meant, limits);
    if (url !== undefined) return { url, dialect: meant.dialect };
  }
  return undefined;
}
