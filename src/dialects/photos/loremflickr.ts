import type { RenderOptions } from '../../options/options.ts';
import type { Dialect, MeantData } from '../dialect.ts';
import { type Parts, takeApart } from '../shared/parts.ts';
import { explained } from '../shared/service.ts';
import { type AskedPhoto, photo } from './photo.ts';
import { readSides, wordsIn } from './sides.ts';

const FORMS = ['/{W}/{H}/{tag},{tag}/all?lock=', '/g/{W}/{H}', '/p|red|green|blue/{W}/{H}', '/json/{W}/{H}'];
const BOUNDS = { min: 1, max: 5000 };

/** What a filter makes of a photograph. */
const FILTERS: Readonly<
  Record<string, Pick<AskedPhoto, 'grayscale' | 'blur'> & { more?: Partial<RenderOptions> }>
> = {
  g: { grayscale: true },
  p: { blur: 4 },
  red: { more: { bg: '7f1d1d-dc2626-fecaca' } },
  green: { more: { bg: '14532d-16a34a-bbf7d0' } },
  blue: { more: { bg: '1e3a8a-2563eb-bfdbfe' } },
};

function parse({ segments, query }: Parts) {
  const { size, before, after, format } = readSides(segments, BOUNDS);
  const filter = before.find((one) => Object.hasOwn(FILTERS, one)) ?? '';
  const mode = after.find((one) => one === 'all' || one === 'any') ?? 'any';
  const tags = after.filter((one) => one !== 'all' && one !== 'any').flatMap(wordsIn);
  const id = query.get('lock') ?? query.get('random');
  return { size, filter, mode, tags, id: id || undefined, format };
}

const pictures = photo({
  hosts: ['loremflickr.com'],
  forms: FORMS,
  examples: [
    '/320/240',
    '/320/240/dog',
    '/g/320/240/paris,girl/all',
    '/640/480/nature?lock=42',
    '/json/g/320/240/cat/all',
  ],
  params: ['lock', 'random'],
  read(parts) {
    const { filter, tags, size, id, format } = parse(parts);
    return { size, id, format, keywords: tags, ...(filter !== '' && FILTERS[filter]) };
  },
});

/** `/json/…`: a description of the picture in place of it. */
function describe(parts: Parts, base: string): MeantData {
  const { size, filter, mode, tags } = parse(parts);
  const path = parts.segments.slice(1).map(encodeURIComponent).join('/');
  const value = {
    file: `${base}/${path}`,
    license: 'CC0',
    owner: 'greybox',
    width: size.width,
    height: size.height,
    filter: filter === 'g' ? 'gray' : filter,
    tags: tags.join(','),
    tagMode: mode,
  };
  return { kind: 'data', type: 'application/json', body: JSON.stringify(value) };
}

/** loremflickr.com, which has shown one picture for all since March 2025. */
export const loremflickr: Dialect = {
  ...pictures,
  read(target, context) {
    const parts = takeApart(target);
    if (parts.segments[0] !== 'json') return pictures.read(target, context);
    return explained(pictures, () => describe(parts, context.base));
  },
};
