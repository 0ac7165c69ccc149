import { invalid } from '../../errors.ts';
import type { Dialect } from '../dialect.ts';
import { labelSize } from '../shared/box.ts';
import { colorOf } from '../shared/color.ts';
import { clampSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';
import { photo } from './photo.ts';
import { sidesIn } from './sides.ts';

const BOUNDS = { min: 1, max: 5000 };
/** Size for a URL that names none, in px; `type` changes it. */
const DEFAULT = { width: 600, height: 400 };
const SQUARE = { width: 400, height: 400 };
const ALLOWED = '/cat, perhaps with a tag and what it says';

const cataasPictures = photo({
  hosts: ['cataas.com'],
  forms: ['/cat', '/cat/{tag}', '/cat/says/{text}', '/cat/gif?width=&height='],
  examples: ['/cat', '/cat?width=300&height=200', '/cat/says/Hello', '/cat/orange'],
  params: 'width height json type filter size color fontsize fontcolor html position'.split(' '),
  subject: 'cat',
  read({ segments, query }) {
    if (!/^c(?:at)?$/i.test(segments[0] ?? ''))
      throw invalid('invalid-option', 'path', ALLOWED, segments.join('/'));
    const says = segments.indexOf('says');
    const text = says < 0 ? '' : (segments[says + 1] ?? '');
    const names = segments.slice(1, says < 0 ? undefined : says).filter((one) => one !== 'gif');
    const fg = colorOf(query.get('fontcolor') ?? query.get('color') ?? '');
    const fallback = query.get('type') === 'square' ? SQUARE : DEFAULT;
    return {
      size: clampSize(sidesIn(query, ['width', 'height'], fallback), BOUNDS),
      id: names.join('/') || undefined,
      format: segments.includes('gif') ? 'gif' : 'jpeg',
      grayscale: query.get('filter') === 'mono',
      ...(text !== '' && {
        more: {
          text: labelText(text),
          align: 'bottom',
          ...(fg !== undefined && { fg }),
          ...labelSize(query.get('fontsize') ?? query.get('size')),
        },
      }),
    };
  },
});

/** cataas.com: cats, some with a text, and descriptions of them. */
export const cataas: Dialect = {
  ...cataasPictures,
  read(target, context) {
    const params = new URLSearchParams(target.query ?? '');
    if (params.get('json') !== 'true') return cataasPictures.read(target, context);
    params.delete('json');
    const query = params.size > 0 ? `?${params}` : '';
    const value = {
      id: 'greybox',
      tags: ['cat'],
      mimetype: 'image/jpeg',
      url: `${context.base}${target.path}${query}`,
    };
    return { kind: 'data', type: 'application/json', body: JSON.stringify(value) };
  },
};
