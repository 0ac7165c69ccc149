import { formatOf } from '../../formats.ts';
import type { Dialect } from '../dialect.ts';
import { photo } from './photo.ts';
import { readSides } from './sides.ts';

const BOUNDS = { min: 1, max: 5000 };
const FORMS = ['/{W}/{H}', '/{N}', '/g/{W}/{H}'];

/** Segments that say how, and not which. */
const HOW = new Set(['g', 'c', 'gif', 'img', 'image', 'api', 'plain', 'notag', 'any']);
/** Parameters that name one of a service's pictures. */
const WHICH = ['image', 'id', 'random', 'r', 'seed', 'sig'];

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

/** The sizes of all of them are in the path: `/300/200`, `/300x200`, `/300`, with an extension or without one. */
export const KITTENS: readonly Dialect[] = SERVICES.map(([hosts, subject]) =>
  photo({
    hosts: hosts,
    forms: FORMS,
    examples: ['/400/300', '/200', '/g/200/300', '/400x300', '/200/300.jpg'],
    params: [...WHICH, 'fit', 'position', 'greyscale', 'grayscale', 'text'],
    subject,
    read({ segments, query }) {
      const { size, before, after, format } = readSides(segments, BOUNDS);
      const names = [...before, ...after].filter((one) => !HOW.has(one.toLowerCase()));
      const which = WHICH.flatMap((name) => query.get(name) || []);
      return {
        size,
        id: [...names, ...which].join('/') || undefined,
        grayscale: before.includes('g') || query.has('grayscale') || query.has('greyscale'),
        format: format ?? (before.includes('gif') ? formatOf('gif') : undefined),
        ...(query.get('text') && { more: { text: query.get('text') } }),
      };
    },
  }),
);
