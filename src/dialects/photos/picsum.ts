import { invalid } from '../../errors.ts';
import type { Dialect, MeantData, ReadContext } from '../dialect.ts';
import { type Parts, takeApart } from '../shared/parts.ts';
import { type AskedPhoto, photo, whichOf } from './photo.ts';
import { info, list, oldList, originalSize, seedInfo } from './picsum-data.ts';
import { readSides } from './sides.ts';

const FORMS = [
  '/{W}/{H}',
  '/id/{id}/{W}/{H}.webp',
  '/seed/{seed}/{W}/{H}?grayscale&blur=1',
  '/v2/list',
  '/id/{id}/info',
];
const BOUNDS = { min: 0, max: 5000 };
/** Bounds for a photograph with an id: its own size may be larger than what picsum draws otherwise. */
const ORIGINAL_BOUNDS = { min: 0, max: 8192 };
/** Strength of a `blur` without a number. */
const BLUR = '5';

/** Reads `blur`; a value that is not a number counts as no value. @throws GreyboxError `invalid-option` */
function readBlur(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^[+-]?\d+$/.test(text) ? text : BLUR;
  if (/^(?:[1-9]|10)$/.test(value)) return Number(value);
  throw invalid('invalid-option', 'blur', 'an integer from 1 to 10', text);
}

function read({ segments, query }: Parts): AskedPhoto {
  const [kind = '', name = ''] = segments;
  const isNamed = kind === 'id' || kind === 'seed';
  const path = isNamed || kind === 'g' ? segments.slice(isNamed ? 2 : 1) : segments;
  const { size, format } = readSides(path, isNamed && kind === 'id' ? ORIGINAL_BOUNDS : BOUNDS);
  const image = query.get('image');
  const which = whichOf(query);
  const id = isNamed ? `${kind} ${name}` : image ? `id ${image}` : which && `random ${which}`;
  const original = originalSize(isNamed ? name : (image ?? ''));
  return {
    // A missing side means the original's.
    size: { width: size.width || original.width, height: size.height || original.height },
    id,
    grayscale: kind === 'g' || query.has('grayscale') || query.has('greyscale'),
    blur: readBlur(query.get('blur')),
    format,
  };
}

const service = {
  hosts: ['picsum.photos', 'unsplash.it', 'i.picsum.photos', 'fastly.picsum.photos'],
  forms: FORMS,
  examples: [
    '/200/300',
    '/300',
    '/id/237/200/300.jpg',
    '/seed/picsum/200/300.webp?grayscale&blur=2',
    '/g/200/300',
    '/v2/list?page=2&limit=5',
  ],
  params: ['grayscale', 'greyscale', 'blur', 'hmac', 'gravity'],
  read,
};

const json = (value: unknown, fields: Record<string, string> = {}): MeantData => ({
  kind: 'data',
  type: 'application/json',
  body: JSON.stringify(value),
  fields,
});

/** The lists and descriptions that picsum also offers. */
function data({ segments, query }: Parts, { base }: ReadContext): MeantData | undefined {
  const [kind = '', name = '', last] = segments;
  if (kind === 'list' && segments.length === 1) return json(oldList(base));
  if (kind === 'v2' && name === 'list') {
    const { photos, links } = list(query, base);
    return json(photos, links === '' ? {} : { link: links });
  }
  if (last !== 'info' || segments.length !== 3) return undefined;
  if (kind === 'id') return json(info(name, base));
  return kind === 'seed' ? json(seedInfo(name, base)) : undefined;
}

const pictures = photo(service);

/** picsum.photos, formerly unsplash.it (DMarby/picsum-photos). */
export const picsum: Dialect = {
  ...pictures,
  read: (target, context) => data(takeApart(target), context) ?? pictures.read(target, context),
};
