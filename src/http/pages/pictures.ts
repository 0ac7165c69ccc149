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

/** The pictures of some cache keys: their keys, and paths that show them. */
export function picturesOf(keys: readonly string[]): { key: string; path: string }[] {
  return keys.flatMap((key) => {
    const path = pathOf(key);
    return path === undefined ? [] : [{ key, path }];
  });
}
