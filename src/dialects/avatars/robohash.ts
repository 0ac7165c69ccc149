import { splitFormat } from '../shared/format.ts';
import { type Size, sizeOf } from '../shared/size.ts';
import { avatars, figure } from './figure.ts';

const DEFAULT = { width: 300, height: 300 };
const MAX_SIDE = 4096;

/** Settings may be segments of the path: `/set_set1/bgset_bg2/size_100x100/`. */
const SETTING = /^(set|bgset|size|color|gravatar|ignoreext)_(.+)$/;

/** A size within robohash's bounds; 300×300 for any other. */
function sizeIn(text: string | undefined): Size {
  const size = sizeOf(text ?? '');
  return size && Math.min(size.width, size.height) > 0 && Math.max(size.width, size.height) <= MAX_SIDE
    ? size
    : DEFAULT;
}

/** robohash.org: a figure for any text. */
export const robohash = avatars({
  hosts: ['robohash.org'],
  forms: ['/{text}.png?size={W}x{H}&set=&bgset=', '/set_set1/bgset_bg2/size_100x100/{text}'],
  examples: [
    '/robert',
    '/sit.png?size=300x300&set=set1',
    '/set_set2/bgset_bg2/size_100x100/hello',
    '/my-slug.bmp?size=50x50',
  ],
  params: ['size', 'set', 'bgset', 'color', 'gravatar', 'ignoreext'],
  read({ segments, query }) {
    const settings = new Map(query);
    const names: string[] = [];
    for (const segment of segments) {
      const [, name, value] = SETTING.exec(segment) ?? [];
      if (name !== undefined && value !== undefined) settings.set(name, value);
      else names.push(segment);
    }
    // robohash also has BMP, which becomes PNG here.
    const { rest, format } = splitFormat(names.join('/').replace(/\.bmp$/i, '.png'));
    const look = ['set', 'bgset', 'color'].flatMap((name) => settings.get(name) ?? []);
    return {
      ...sizeIn(settings.get('size')),
      format: format ?? 'png',
      ...figure('face', [rest, ...look].join(' ')),
    };
  },
});
