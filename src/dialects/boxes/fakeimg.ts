import { box, cornerRadius, labelSize, nearestFont } from '../shared/box.ts';
import { splitFormat } from '../shared/format.ts';
import { readRest } from '../shared/segments.ts';
import { readSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = ['/{W}x{H}/', '/{W}/{bg},{alpha}/{fg},{alpha}/', '?text=&font=&font_size=&retina=1&radius='];
const BOUNDS = { min: 1, max: 4000 };
/** Size for a URL that has a text but no size. */
const DEFAULT_SIZE = '300';

/** Its fonts that we do not have, and the nearest of ours. */
const FONTS = {
  yanone: 'oswald',
  bebas: 'oswald',
  lobster: 'playfair-display',
  museo: 'montserrat',
  noto: 'noto-sans',
  'noto-serif': 'lora',
} as const;

const CORNERS = ['radius_tl', 'radius_tr', 'radius_br', 'radius_bl'] as const;
/** A file name that may end a path. */
const FILE = /\.(?:png|webp)$/i;

/** All four corners where any of them is named; a percentage means the same as here. */
function radiusOf(query: ReadonlyMap<string, string>): { radius?: string } {
  const all = query.get('radius') ?? '0';
  const radii = CORNERS.map((name) => cornerRadius(query.get(name) ?? all));
  if (radii.includes(undefined)) return {};
  const [first = '0'] = radii;
  if (radii.some((one) => one !== first)) return { radius: radii.join(',') };
  return first === '0' ? {} : { radius: first };
}

/** fakeimg.pl, now at fakeimg.ryd.tools (Rydgel/Fake-images-please). */
export const fakeimg = box({
  hosts: ['fakeimg.pl', 'fakeimg.ryd.tools'],
  forms: FORMS,
  examples: [
    '/300/',
    '/250x100/ff0000/',
    '/350x200/ff0000,128/000,255/?text=Hello&font=lobster',
    '/300/?retina=1',
  ],
  params: ['text', 'font', 'font_size', 'retina', 'radius', ...CORNERS],
  bg: 'cccccc',
  fg: '909090',
  format: 'png',
  font: 'oswald',
  weight: 400,
  label: ({ width, height }) => `${width} x ${height}`,
  read({ places, query }) {
    const isFile = FILE.test(places.at(-1) ?? '') && places.length > 1;
    const { format } = splitFormat(places.at(-1) ?? '');
    const [size = query.has('text') ? DEFAULT_SIZE : '', ...colors] = isFile ? places.slice(0, -1) : places;
    const text = query.get('text');
    const font = nearestFont(query.get('font'), FONTS);
    return {
      ...readRest(colors),
      size: readSize(splitFormat(size).rest, BOUNDS),
      format,
      text: text ? labelText(text) : undefined,
      scale: query.has('retina') ? 2 : 1,
      more: {
        ...(font !== undefined && { font }),
        ...labelSize(query.get('font_size')),
        ...radiusOf(query),
      },
    };
  },
});
