import type { Placeholder } from './options.ts';

/**
 * The cache key, in output terms that a person can type: `600.400.png`.
 * Options that differ from their defaults will follow after `?`, names sorted, values canonical.
 */
export function cacheKey({ width, height, scale, format }: Placeholder): string {
  return `${width * scale}.${height * scale}.${format}`;
}

/** A file name for the picture: `600x400.png`. */
export function fileName({ width, height, scale, format }: Placeholder): string {
  return `${width}x${height}${scale === 1 ? '' : `@${scale}x`}.${format}`;
}
