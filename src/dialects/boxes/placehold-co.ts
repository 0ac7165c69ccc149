import { formatOf } from '../../formats.ts';
import { box, nearestFont } from '../shared/box.ts';
import { splitFormat } from '../shared/format.ts';
import { readRest } from '../shared/segments.ts';
import { readSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = ['/{W}x{H}', '/{W}/{bg}/{fg}/{ext}', '/{W}x{H}@2x.{ext}?text=&font='];
const BOUNDS = { min: 10, max: 4000 };
/** Size for a URL that has a text but no size. */
const DEFAULT_SIZE = '600x400';

/** `600x400@2x`: the size, and its scale where it has one. */
function splitScale(text: string): { readonly size: string; readonly scale: number } {
  const [, size = text, scale = '1'] = /^([^@]*)@([23])x$/i.exec(text) ?? [];
  return { size, scale: Number(scale) };
}

/** Moves the format of `/png/600x400`, which some pages write, behind the size, or behind the default size. */
function formatLast(places: readonly string[]): readonly string[] {
  const [first = '', second = DEFAULT_SIZE, ...others] = places;
  return formatOf(first) ? [second, ...others, first] : places;
}

/** placehold.co, whose pictures are SVG unless a URL says otherwise. */
export const placeholdCo = box({
  hosts: ['placehold.co'],
  forms: FORMS,
  examples: [
    '/600x400',
    '/400/orange/white',
    '/600x400@2x.png',
    '/600x400.webp/ffeb3b/000?text=Hello\\nWorld',
  ],
  params: ['text', 'font'],
  bg: 'dddddd',
  fg: '999999',
  format: 'svg',
  font: 'lato',
  weight: 700,
  label: ({ width, height }) => `${width} × ${height}`,
  read({ places, query }) {
    const [first = query.has('text') ? DEFAULT_SIZE : '', ...others] = formatLast(places);
    const { rest: head, format } = splitFormat(first);
    const { size, scale } = splitScale(head);
    const rest = readRest(others);
    const text = query.get('text');
    const font = nearestFont(splitFormat(query.get('font') ?? '').rest);
    return {
      ...rest,
      size: readSize(size, BOUNDS),
      scale,
      format: format ?? rest.format,
      text: text ? labelText(text) : undefined,
      more: font === undefined ? {} : { font },
    };
  },
});
