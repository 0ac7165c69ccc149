import { OWN } from '../../dialects/table.ts';

const KEY = /^(\d+)\.(\d+)\.(\w+)(?:\?(.*))?$/s;
/** The digest in a key that replaces options that are too long. */
const DIGEST = /^[\da-f]{64}$/;

/** Our path for a cache key's picture; undefined if the key has only a digest of the options. */
function pathOf(key: string): string | undefined {
  const [, width, height, format, options = ''] = KEY.exec(key) ?? [];
  if (width === undefined || DIGEST.test(options)) return undefined;
  const scale = Number(/(?:^|&)scale=(\d)/.exec(options)?.[1] ?? 1);
  const size = `${Number(width) / scale}x${Number(height) / scale}`;
  return `${OWN.paths[0]}/${size}.${format}${options && `?${options}`}`;
}

/** A cached picture, a path that shows it, and how often it was requested since it was cached. */
export interface TopPicture {
  readonly key: string;
  readonly path: string;
  readonly hits: number;
}

/** How many pictures are listed. */
const MOST = 12;

/** The most requested pictures. @param hits by cache key */
export function topPictures(hits: Readonly<Record<string, number>>): TopPicture[] {
  const all = Object.entries(hits).flatMap(([key, count]) => {
    const path = pathOf(key);
    return path === undefined ? [] : [{ key, path, hits: count }];
  });
  return all.sort((a, b) => b.hits - a.hits).slice(0, MOST);
}
