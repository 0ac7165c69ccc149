import type { RenderOptions } from '../../options/options.ts';
import type { Dialect, MeantData, Target } from '../dialect.ts';
import { type Parts, takeApart } from '../shared/parts.ts';
import { explained } from '../shared/service.ts';
import { checkSize } from '../shared/size.ts';
import { type AskedPhoto, photo, whichOf } from './photo.ts';
import { readSides, wordsIn } from './sides.ts';

const FORMS = ['/{W}/{H}/{tag},{tag}/all?lock=', '/g/{W}/{H}', '/p|red|green|blue/{W}/{H}', '/json/{W}/{H}'];
/** Target of its redirects, also in pages: `/cache/resized/65535_52422330809_c86d4f09f3_320_240_nofilter.jpg`. */
const RESIZED = /^(\d+_\d+)_.*_(\d{1,5})_(\d{1,5})_([a-z]+)\.jpe?g$/i;
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
  const [, photograph, width, height, look = ''] = RESIZED.exec(segments[2] ?? '') ?? [];
  if (photograph !== undefined) {
    const size = checkSize({ width: Number(width), height: Number(height) }, BOUNDS);
    const filter = Object.hasOwn(FILTERS, look) ? look : '';
    return { size, filter, mode: 'any', tags: [], id: photograph, format: undefined };
  }
  const { size, before, after, format } = readSides(segments, BOUNDS);
  const filter = before.find((one) => Object.hasOwn(FILTERS, one)) ?? '';
  const mode = after.find((one) => one === 'all' || one === 'any') ?? 'any';
  const tags = after.filter((one) => one !== 'all' && one !== 'any').flatMap(wordsIn);
  return { size, filter, mode, tags, id: query.get('lock') || whichOf(query), format };
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
  params: [],
  read(parts) {
    const { filter, tags, size, id, format } = parse(parts);
    return { size, id, format, keywords: tags, ...(filter !== '' && FILTERS[filter]) };
  },
});

/** `/json/…`: a description of the picture instead of the picture. */
function describe({ path, query }: Target, base: string): MeantData {
  const { size, filter, mode, tags } = parse(takeApart({ path, query }));
  const file = path.replace(/^\/+json(?=\/)/, '');
  const value = {
    file: `${base}${file}${query === undefined ? '' : `?${query}`}`,
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
    if (takeApart(target).segments[0] !== 'json') return pictures.read(target, context);
    return explained(pictures, () => describe(target, context.base));
  },
};
