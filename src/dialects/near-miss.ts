import { createPlaceholderValue } from '../options/options.ts';
import type { Limits } from '../options/sizes.ts';
import { IMAGE } from './image.ts';

/** What people take our mount for. */
const WORD = /^(?:ima?ge?s?|pics?|pictures?|photos?|placeholders?|dummy|static|assets)$/i;

/** `600x400`, and where `alone` one side too, each as the beginning of a segment. */
const PAIR = /^\d+(?:x|×|%C3%97)\d+/i;
const SIDE = /^\d+(?=[.@]|$)/;

/** A picture's path below the mount, from the segments of a wrong path; undefined where they name none. */
function pathFrom(segments: readonly string[]): string | undefined {
  const [first = '', second = ''] = segments;
  if (PAIR.test(first) || SIDE.test(first)) return segments.join('/');
  const rest = PAIR.test(second) || (WORD.test(first) && SIDE.test(second));
  return rest ? segments.slice(1).join('/') : undefined;
}

/** The size that a query names instead of the path, which it is taken out of. */
function sizeFrom(segments: readonly string[], params: URLSearchParams): string | undefined {
  if (segments.length !== 1 || !WORD.test(segments[0] ?? '')) return undefined;
  const take = (long: string, short: string): string | undefined => {
    const value = params.get(long) ?? params.get(short);
    for (const name of [long, short]) params.delete(name);
    return value ?? undefined;
  };
  const width = take('width', 'w');
  const height = take('height', 'h');
  return width === undefined ? undefined : `${width}${height === undefined ? '' : `x${height}`}`;
}

/**
 * The URL that was meant by a target of no grammar: `/image/600x400` by `/600x400`, `/img/600x400` and
 * `/image?width=600&height=400`, `/image/300?text=Hi` by `/300&text=Hi`. Undefined where none can be told; one that is
 * told answers with a picture.
 */
export function nearMiss(target: string, limits: Limits): string | undefined {
  const at = target.search(/[?&]/);
  const path = at < 0 ? target : target.slice(0, at);
  const segments = path.split('/').filter((segment) => segment !== '');
  const params = new URLSearchParams(at < 0 ? '' : target.slice(at + 1));
  const size = sizeFrom(segments, params);
  const meant = size === undefined ? pathFrom(segments) : encodeURIComponent(size);
  if (meant === undefined) return undefined;
  const query = params.size === 0 ? undefined : params.toString();
  try {
    const read = IMAGE.read({ path: `/${meant}`, query }, { limits, accept: undefined, base: '' });
    if (read.kind !== 'data') createPlaceholderValue({ ...read.options, format: undefined }, limits);
  } catch {
    return undefined;
  }
  return `${IMAGE.paths[0]}/${meant}${query === undefined ? '' : `?${query}`}`;
}
