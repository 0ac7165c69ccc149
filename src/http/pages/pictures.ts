import { OWN } from '../../dialects/table.ts';

const KEY = /^(\d+)\.(\d+)\.(\w+)(?:\?(.*))?$/s;
/** Options that are too long for a key. */
const DIGEST = /^[\da-f]{64}$/;

/** Our path of the picture that a cache key is of; undefined where the key has only a digest of its options. */
function pathOf(key: string): string | undefined {
  const [, width, height, format, options = ''] = KEY.exec(key) ?? [];
  if (width === undefined || DIGEST.test(options)) return undefined;
  const scale = Number(/(?:^|&)scale=(\d)/.exec(options)?.[1] ?? 1);
  const size = `${Number(width) / scale}x${Number(height) / scale}`;
  return `${OWN.paths[0]}/${size}.${format}${options && `?${options}`}`;
}

/** A picture of the cache, a path that shows it, and how often it was asked for since it was kept. */
export interface TopPicture {
  readonly key: string;
  readonly path: string;
  readonly hits: number;
}

/** How many pictures are named. */
const MOST = 12;

/** The pictures that are asked for most. @param hits by cache key */
export function topPictures(hits: Readonly<Record<string, number>>): TopPicture[] {
  const all = Object.entries(hits).flatMap(([key, count]) => {
    const path = pathOf(key);
    return path === undefined ? [] : [{ key, path, hits: count }];
  });
  return all.sort((a, b) => b.hits - a.hits).slice(0, MOST);
}
