import { isTelling } from '../../options/parse.ts';
import type { Parts } from '../shared/parts.ts';
import { checkSize, sizeOf } from '../shared/size.ts';
import { photo } from './photo.ts';
import { wordsIn } from './sides.ts';

const BOUNDS = { min: 1, max: 8192 };
/** Size for a URL that names none, in px. */
const DEFAULT = { width: 1080, height: 720 };

/** Segments that choose no picture: what they showed changed with time. */
const CHANGING = new Set(['random', 'featured', 'all', 'daily', 'weekly', 'category', 'search']);

/** Parameters that are not keywords. */
const PARAMS = new Set(
  'sig auto fit crop q w h ixlib ixid cs fm orientation order_by count client_id'.split(' '),
);
/** Parameters whose value is a keyword and whose name is not. */
const NAMED = new Set(['query', 'search', 'topic', 'topics', 'keyword', 'keywords', 'category', 'tags']);

/** Keywords are a query of their own: `?nature,water`, also `?query=nature`. */
function wordsOf(query: Parts['query']): string[] {
  const told = [...query].filter(([name]) => !PARAMS.has(name) && isTelling(name));
  return told.flatMap(([name, value]) => (NAMED.has(name) ? [value] : [name, value])).flatMap(wordsIn);
}

/** source.unsplash.com, which ended in 2024: keywords are a query of their own, `?nature,water`. */
export const unsplash = photo({
  hosts: ['source.unsplash.com'],
  forms: [
    '/random/{W}x{H}?{keyword},{keyword}',
    '/{photo}/{W}x{H}',
    '/collection/{id}/{W}x{H}',
    '/user/{name}',
    '/category/{name}',
  ],
  examples: [
    '/1600x900/?nature,water',
    '/random/800x600?sig=1',
    '/collection/494263/800x600',
    '/featured/?technology',
    '/daily',
  ],
  params: 'any',
  read({ segments, query }) {
    const at = segments.findIndex((one) => /[x×*]/i.test(one) && sizeOf(one));
    const asked = sizeOf(segments[at] ?? '');
    const names = segments.filter((one, i) => i !== at && !CHANGING.has(one.toLowerCase()));
    const isCategory = segments[0]?.toLowerCase() === 'category';
    const sig = query.get('sig');
    return {
      size: checkSize(asked ?? DEFAULT, BOUNDS),
      id: [...(isCategory ? [] : names), ...(sig ? [`sig ${sig}`] : [])].join('/') || undefined,
      keywords: [...(isCategory ? names : []), ...wordsOf(query)],
    };
  },
});
