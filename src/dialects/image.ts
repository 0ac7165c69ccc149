import { type GivenSize, GreyboxError } from '../errors.ts';
import { parseImageUrl, QUERY_OPTIONS } from '../options/parse.ts';
import { type Limits, parseSize } from '../options/sizes.ts';
import type { Dialect } from './dialect.ts';

const KNOWN = new Set<string>(QUERY_OPTIONS);

/** The size that a path names, where it can be read; undefined where it cannot. */
function sizeIn(path: string, limits: Limits): GivenSize | undefined {
  try {
    const segment = decodeURIComponent(path.split('/')[1] ?? '');
    return parseSize(segment.replace(/\.[a-z][a-z0-9]*$/i, ''), limits);
  } catch {
    return undefined;
  }
}

/** greybox's own grammar. */
export const image: Dialect = {
  name: '/image',
  hosts: [],
  paths: ['/image'],
  forms: ['/{width}x{height}/{background}/{foreground}.{ext}?text='],
  examples: ['/600x400', '/600x400/fff/000.webp', '/og.svg?text=Hi'],
  read({ path, query }, { limits }) {
    try {
      const { options, pseudo } = parseImageUrl(
        path.slice(1) + (query === undefined ? '' : `?${query}`),
        limits,
      );
      const names = new Set(new URLSearchParams(query).keys());
      return {
        kind: pseudo === 'json' ? 'explanation' : 'picture',
        options,
        ...(pseudo === 'auto' && { byAccept: 'auto' as const }),
        ignored: [...names].filter((name) => !KNOWN.has(name)),
      };
    } catch (error) {
      if (error instanceof GreyboxError) error.size ??= sizeIn(path, limits);
      throw error;
    }
  },
};
