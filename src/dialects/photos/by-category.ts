import { isTracking } from '../../options/parse.ts';
import type { Dialect } from '../dialect.ts';
import { splitFormat } from '../shared/format.ts';
import { checkSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';
import { type AskedPhoto, photo, SEPIA, whichOf } from './photo.ts';
import { readSides } from './sides.ts';

const BOUNDS = { min: 1, max: 5000 };

/** Which photograph a query means: any parameter tells two apart, `?12345` as well as `?t=12345`, but no tracking one. */
const anyOf = (query: ReadonlyMap<string, string>): string | undefined =>
  whichOf(query) ?? [...query].filter(([name]) => !isTracking(name)).map(([name, value]) => value || name)[0];

const PLACEIMG_FORMS = ['/{W}/{H}/{category}', '/{W}/{H}/{category}/grayscale', '/{W}/{H}/{category}/sepia'];

/** placeimg.com, which ended in 2023. */
const placeimg = photo({
  hosts: ['placeimg.com'],
  forms: PLACEIMG_FORMS,
  examples: ['/640/480/any', '/640/480/nature/grayscale', '/777/222/arch/sepia', '/320/240'],
  params: 'any',
  read({ segments, query }) {
    const { size, after, format } = readSides(segments, BOUNDS);
    const words = after.map((one) => splitFormat(one).rest);
    const which = [...words.filter((one) => /^\d+$/.test(one)), anyOf(query)];
    return {
      size,
      id: which.filter(Boolean).join('/') || undefined,
      keywords: words.filter((one) => !/^(?:any|gr[ae]yscale|sepia|\d+)$/.test(one)),
      grayscale: words.some((one) => /^gr[ae]yscale$/.test(one)),
      format: format ?? splitFormat(after.at(-1) ?? '').format,
      ...(words.includes('sepia') && { more: SEPIA }),
    };
  },
});

const LOREMPIXEL_FORMS = [
  '/{W}/{H}/{category}/{number}/{text}',
  '/g/{W}/{H}/{category}',
  '/output/{category}-q-c-{W}-{H}-{number}.jpg',
];
/** Its second part is the shape that the category was cut to: `q` a square, `h` and `v`. */
const OUTPUT = /^([a-z]+)-[a-z]-([a-z])-(\d{1,5})-(\d{1,5})-(\d{1,3})/i;

function lorempixelOutput(name: string): AskedPhoto | undefined {
  const [, category = '', look, width, height, id] = OUTPUT.exec(name) ?? [];
  if (id === undefined) return undefined;
  return {
    size: checkSize({ width: Number(width), height: Number(height) }, BOUNDS),
    id,
    keywords: [category],
    grayscale: look === 'g',
  };
}

/** lorempixel.com, which no longer exists. */
const lorempixel = photo({
  hosts: ['lorempixel.com'],
  forms: LOREMPIXEL_FORMS,
  examples: [
    '/400/200/',
    '/400/200/sports/1/',
    '/g/400/200/animals/4/A%20label/',
    '/output/food-q-c-400-200-1.jpg',
  ],
  params: 'any',
  read({ segments, query }) {
    const output = segments[0] === 'output' ? lorempixelOutput(segments[1] ?? '') : undefined;
    if (output) return output;
    const { size, before, after, format } = readSides(segments, BOUNDS);
    const [category = '', ...others] = after;
    const number = others.find((one) => /^\d{1,2}$/.test(one));
    const text = others.find((one) => one !== number);
    return {
      size,
      id: [number, anyOf(query)].filter(Boolean).join('/') || undefined,
      keywords: category === '' ? [] : [category],
      grayscale: before.includes('g') || before.includes('gray'),
      format,
      ...(text !== undefined && { more: { text: labelText(text) } }),
    };
  },
});

/** Services whose paths end in a category. */
export const BY_CATEGORY: readonly Dialect[] = [placeimg, lorempixel];
