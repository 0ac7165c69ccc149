import { formatOf } from '../../formats.ts';
import type { Dialect } from '../dialect.ts';
import { labelText } from '../shared/text.ts';
import { photo, SEPIA, whichOf } from './photo.ts';
import { readSides } from './sides.ts';

const BOUNDS = { min: 1, max: 5000 };
const FORMS = ['/{W}/{H}', '/{N}', '/g/{W}/{H}'];

/** Segments that say how a picture looks, not which one it is. */
const HOW = new Set(['g', 'yg', 'c', 'gif', 'img', 'image', 'api', 'plain', 'notag', 'any', 'sepia']);

/** Services whose pictures are all of one kind: hosts, and what they show. */
const SERVICES: readonly (readonly [hosts: readonly string[], subject: string])[] = [
  [['placekitten.com', 'placekittens.com', 'placecats.com'], 'cat'],
  [['placebear.com'], 'bear'],
  [['placecage.com'], 'portrait'],
  [['fillmurray.com'], 'portrait'],
  [['stevensegallery.com'], 'portrait'],
  [['placebeard.it'], 'portrait'],
  [['baconmockup.com'], 'food'],
  [['placedog.net', 'place.dog'], 'dog'],
  [['place-puppy.com'], 'dog'],
  [['placekeanu.com'], 'portrait'],
  [['p-hold.com'], 'abstract'],
  [['random.imagecdn.app'], 'nature'],
  [['placeholder.pagebee.io'], 'nature'],
  [['placeholder.photo'], 'nature'],
  [['placehold.dev.area17.com'], 'abstract'],
];

/** They all have the size in the path: `/300/200`, `/300x200`, `/300`, with or without an extension. */
export const KITTENS: readonly Dialect[] = SERVICES.map(([hosts, subject]) =>
  photo({
    hosts: hosts,
    forms: FORMS,
    examples: ['/400/300', '/200', '/g/200/300', '/400x300', '/200/300.jpg'],
    params: ['fit', 'position', 'greyscale', 'grayscale', 'text'],
    subject,
    read({ segments, query }) {
      const { size, before, after, format } = readSides(segments, BOUNDS);
      const words = [...before, ...after].map((one) => one.toLowerCase());
      const names = words.filter((one) => !HOW.has(one));
      const isGrey = words.includes('g') || words.includes('yg');
      const text = query.get('text');
      return {
        size,
        id: [...names, whichOf(query)].filter(Boolean).join('/') || undefined,
        grayscale: isGrey || query.has('grayscale') || query.has('greyscale'),
        format: format ?? (before.includes('gif') ? formatOf('gif') : undefined),
        more: { ...(text && { text: labelText(text) }), ...(words.includes('sepia') && SEPIA) },
      };
    },
  }),
);
