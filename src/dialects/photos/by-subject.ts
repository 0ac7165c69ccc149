import type { Dialect } from '../dialect.ts';
import { colorOf } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { checkSize, clampSize, type Size, sideOf } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';
import { photo } from './photo.ts';
import { findSides, readSides } from './sides.ts';

const BOUNDS = { min: 1, max: 5000 };

/** `w` and `h` of a query, one of them for both. */
function queryIn(query: ReadonlyMap<string, string>, names: readonly [string, string], fallback: Size): Size {
  const [width, height] = names.map((name) => sideOf(query.get(name) ?? ''));
  const size = { width: width ?? height ?? fallback.width, height: height ?? width ?? fallback.height };
  return checkSize(size, BOUNDS);
}

/** api.lorem.space, which is gone: `/image/{category}`. */
const loremSpace = photo({
  hosts: ['api.lorem.space'],
  forms: ['/image/{category}?w=&h=&hash='],
  examples: ['/image', '/image/face?w=640&h=480&r=867', '/image/book?w=150&h=220&hash=8B7BCDC2'],
  params: ['w', 'h', 'hash', 'r', 't'],
  read({ segments, query }) {
    const which = ['hash', 'r', 't'].flatMap((name) => query.get(name) || []);
    return {
      size: queryIn(query, ['w', 'h'], { width: 640, height: 480 }),
      id: which.join('/') || undefined,
      keywords: segments.slice(1, 2),
    };
  },
});

const STATIC_FORMS = ['/{category}/{W}x{H}/{seed}.webp'];

/** static.photos: a colour may stand in the place of a category. */
const staticPhotos = photo({
  hosts: ['static.photos'],
  forms: STATIC_FORMS,
  examples: ['/people/200x200/1', '/nature/300x300/165.webp', '/black/640x360/42'],
  params: [],
  read({ segments }) {
    const { size, before, after } = readSides(segments, BOUNDS);
    const { rest: id, format } = splitFormat(after[0] ?? '');
    const color = colorOf(before[0] ?? '');
    return {
      size,
      id: id || undefined,
      format,
      keywords: color === undefined ? before : [],
      ...(color !== undefined && { more: { bg: color } }),
    };
  },
});

/** placem.at and placeholderimage.eu: categories with a size in the query or behind. */
const placemat = photo({
  hosts: ['placem.at', 'placeholderimage.eu'],
  forms: ['/{category}?w=&h=&random=', '/api/{category}/{W}/{H}'],
  examples: ['/people?w=70&h=70&random=1', '/places?w=800&h=600', '/api/city/800/600'],
  params: ['w', 'h', 'random', 'txt'],
  read({ segments, query }) {
    const sides = findSides(segments);
    const words = (sides ? [...sides.before, ...sides.after] : segments).filter((one) => one !== 'api');
    return {
      size: sides ? checkSize(sides.size, BOUNDS) : queryIn(query, ['w', 'h'], { width: 640, height: 480 }),
      id: query.get('random') || undefined,
      keywords: words,
    };
  },
});

/** cataas.com: cats, some of which say something. */
const cataasPictures = photo({
  hosts: ['cataas.com'],
  forms: ['/cat', '/cat/{tag}', '/cat/says/{text}', '/cat/gif?width=&height='],
  examples: ['/cat', '/cat?width=300&height=200', '/cat/says/Hello', '/cat/orange'],
  params: ['width', 'height', 'json', 'type', 'filter', 'fontsize', 'fontcolor', 'html', 'position'],
  subject: 'cat',
  read({ segments, query }) {
    const says = segments.indexOf('says');
    const text = says < 0 ? '' : (segments[says + 1] ?? '');
    const names = segments.slice(1, says < 0 ? undefined : says).filter((one) => one !== 'gif');
    return {
      size: clampSize(queryIn(query, ['width', 'height'], { width: 600, height: 400 }), BOUNDS),
      id: names.join('/') || undefined,
      format: segments.includes('gif') ? 'gif' : 'jpeg',
      grayscale: query.get('filter') === 'mono',
      ...(text !== '' && { more: { text: labelText(text), align: 'bottom' } }),
    };
  },
});

const cataas: Dialect = {
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

/** Services that are told what a photograph is to show. */
export const BY_SUBJECT: readonly Dialect[] = [loremSpace, staticPhotos, placemat, cataas];
