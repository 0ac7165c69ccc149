import { formatOf } from '../../formats.ts';
import type { RenderOptions } from '../../options/options.ts';
import type { Dialect, ReadContext } from '../dialect.ts';
import { box, labelSize, nearestFont } from '../shared/box.ts';
import { blackOrWhite, readColor } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { afterFirst, type Parts, takeApart, unknownNames } from '../shared/parts.ts';
import { readRest } from '../shared/segments.ts';
import { fit, readSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = [
  '/image/{W}x{H}/{bg}/{fg}',
  '/image/{W}?text=&type=&fontFamily=&fontSize=',
  '/icon/{hash}/{size}',
];
const BOUNDS = { min: 1, max: 4000 };

/** Its fonts that we do not have, and the nearest of ours. */
const FONTS = {
  bitter: 'lora',
  cairo: 'noto-sans',
  comfortaa: 'montserrat',
  cookie: 'playfair-display',
  dosis: 'source-sans-3',
  gotham: 'montserrat',
  lobster: 'playfair-display',
  marhey: 'poppins',
  pacifico: 'playfair-display',
  quicksand: 'raleway',
  qwigley: 'playfair-display',
  satisfy: 'playfair-display',
  ubuntu: 'open-sans',
} as const;

const image = box({
  hosts: ['dummyjson.com', 'cdn.dummyjson.com', 'i.dummyjson.com'],
  forms: FORMS,
  examples: [
    '/image/150',
    '/image/200x100/282828',
    '/image/400x200/008080/ffffff?text=Hello',
    '/icon/abc123/150',
  ],
  params: ['background', 'color', 'text', 'type', 'fontfamily', 'fontsize'],
  bg: 'cccccc',
  fg: blackOrWhite,
  format: 'png',
  label: ({ width, height }) => `${width} x ${height}`,
  read({ places, query }) {
    const [size = '', ...others] = afterFirst(places);
    const { rest: head, format } = splitFormat(size);
    const rest = readRest(others);
    const [background, color, text] = [query.get('background'), query.get('color'), query.get('text')];
    const font = nearestFont(query.get('fontfamily'), FONTS);
    return {
      ...rest,
      ...(background && { bg: readColor(background, 'bg') }),
      ...(color && { fg: readColor(color, 'fg') }),
      size: readSize(head, BOUNDS),
      format: formatOf(query.get('type') ?? '') ?? format ?? rest.format,
      text: text ? labelText(text) : undefined,
      more: { ...(font !== undefined && { font }), ...labelSize(query.get('fontsize')) },
    };
  },
});

/** Size of the stand-ins for its products' pictures, in px. */
const PRODUCT = { width: 600, height: 600 };

/** `/icon/{hash}/{size}`: a figure from the hash. `/image/i/products/…`, `/products/images/…`: a product's picture. */
function drawn({ segments, query }: Parts, { limits }: ReadContext): RenderOptions | undefined {
  const [kind = '', first = '', second = '100'] = segments;
  if (kind === 'icon') {
    const { rest, format } = splitFormat(second);
    const size = fit(readSize(rest, BOUNDS), limits);
    return {
      ...size,
      scene: 'marble',
      seed: first,
      text: '',
      format: formatOf(query.get('type') ?? '') ?? format ?? 'png',
    };
  }
  const { format } = splitFormat(segments.at(-1) ?? '');
  const isOfData = kind === 'image' || kind === 'i' ? first === 'i' && segments.length > 2 : format;
  if (!isOfData) return undefined;
  return {
    ...fit(PRODUCT, limits),
    scene: 'bokeh',
    seed: segments.join('/'),
    text: '',
    format: format ?? 'jpeg',
  };
}

/** dummyjson.com: `/image`, also written `/i`, and `/icon`. */
export const dummyjson: Dialect = {
  ...image,
  read(target, context) {
    const parts = takeApart(target);
    const options = drawn(parts, context);
    return options
      ? { kind: 'picture', options, ignored: unknownNames(parts, ['type']) }
      : image.read(target, context);
  },
};
