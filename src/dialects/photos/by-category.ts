import type { Dialect } from '../dialect.ts';
import { checkSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';
import { type AskedPhoto, photo } from './photo.ts';
import { readSides } from './sides.ts';

const BOUNDS = { min: 1, max: 5000 };
/** Browns of a photograph in sepia. */
const SEPIA = { more: { bg: '3f2a14-8b6b43-e8d5b0' } } as const;

const PLACEIMG_FORMS = ['/{W}/{H}/{category}', '/{W}/{H}/{category}/grayscale', '/{W}/{H}/{category}/sepia'];

/** placeimg.com, which ended in 2023. */
const placeimg = photo({
  hosts: ['placeimg.com'],
  forms: PLACEIMG_FORMS,
  examples: ['/640/480/any', '/640/480/nature/grayscale', '/777/222/arch/sepia', '/320/240'],
  params: ['random', 'id', 'r', 't'],
  read({ segments, query }) {
    const { size, after, format } = readSides(segments, BOUNDS);
    const words = after.filter((one) => !/^(?:any|grayscale|greyscale|sepia|\d+)$/.test(one));
    const which = [...after.filter((one) => /^\d+$/.test(one)), ...query.values(), ...query.keys()].filter(
      Boolean,
    );
    return {
      size,
      id: which.join('/') || undefined,
      keywords: words,
      grayscale: after.includes('grayscale') || after.includes('greyscale'),
      format,
      ...(after.includes('sepia') && SEPIA),
    };
  },
});

const LOREMPIXEL_FORMS = [
  '/{W}/{H}/{category}/{number}/{text}',
  '/g/{W}/{H}/{category}',
  '/output/{category}-q-c-{W}-{H}-{number}.jpg',
];
const OUTPUT = /^([a-z]+)-q-[a-z]-(\d{1,5})-(\d{1,5})-(\d{1,3})/i;

function lorempixelOutput(name: string): AskedPhoto | undefined {
  const [, category = '', width, height, id] = OUTPUT.exec(name) ?? [];
  if (id === undefined) return undefined;
  return {
    size: checkSize({ width: Number(width), height: Number(height) }, BOUNDS),
    id,
    keywords: [category],
  };
}

/** lorempixel.com, which is gone. */
const lorempixel = photo({
  hosts: ['lorempixel.com'],
  forms: LOREMPIXEL_FORMS,
  examples: [
    '/400/200/',
    '/400/200/sports/1/',
    '/g/400/200/animals/4/A%20label/',
    '/output/food-q-c-400-200-1.jpg',
  ],
  params: [],
  read({ segments, query }) {
    const output = segments[0] === 'output' ? lorempixelOutput(segments[1] ?? '') : undefined;
    if (output) return output;
    const { size, before, after, format } = readSides(segments, BOUNDS);
    const [category = '', ...others] = after;
    const number = others.find((one) => /^\d{1,2}$/.test(one));
    const text = others.find((one) => one !== number);
    return {
      size,
      id: [number, ...query.keys()].filter(Boolean).join('/') || undefined,
      keywords: category === '' ? [] : [category],
      grayscale: before.includes('g'),
      format,
      ...(text !== undefined && { more: { text: labelText(text) } }),
    };
  },
});

/** Services whose paths end in a category. */
export const BY_CATEGORY: readonly Dialect[] = [placeimg, lorempixel];
