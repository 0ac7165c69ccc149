import type { Dialect } from '../dialect.ts';
import { colorOf } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { checkSize } from '../shared/size.ts';
import { photo, whichOf } from './photo.ts';
import { findSides, readSides, sidesIn } from './sides.ts';

const BOUNDS = { min: 1, max: 5000 };
/** Size for a URL that names none, in px. */
const DEFAULT = { width: 640, height: 480 };

/** api.lorem.space, which no longer exists: `/image/{category}`. */
const loremSpace = photo({
  hosts: ['api.lorem.space'],
  forms: ['/image/{category}?w=&h=&hash='],
  examples: ['/image', '/image/face?w=640&h=480&r=867', '/image/book?w=150&h=220&hash=8B7BCDC2'],
  params: ['w', 'h', 'hash', 't'],
  read({ segments, query }) {
    const which = [query.get('hash'), whichOf(query), query.get('t')].filter(Boolean);
    return {
      size: checkSize(sidesIn(query, ['w', 'h'], DEFAULT), BOUNDS),
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

/** placem.at and placeholderimage.eu: categories, with the size in the query or after them. */
const placemat = photo({
  hosts: ['placem.at', 'placeholderimage.eu'],
  forms: ['/{category}?w=&h=&random=', '/api/{category}/{W}/{H}'],
  examples: ['/people?w=70&h=70&random=1', '/places?w=800&h=600', '/api/city/800/600'],
  params: ['w', 'h', 'txt'],
  read({ segments, query }) {
    const sides = findSides(segments);
    const words = (sides ? [...sides.before, ...sides.after] : segments).filter((one) => one !== 'api');
    return {
      size: sides ? checkSize(sides.size, BOUNDS) : checkSize(sidesIn(query, ['w', 'h'], DEFAULT), BOUNDS),
      id: whichOf(query),
      keywords: words,
    };
  },
});

/** Services whose URLs say what a photograph should show. */
export const BY_SUBJECT: readonly Dialect[] = [loremSpace, staticPhotos, placemat];
