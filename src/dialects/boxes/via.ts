import { box } from '../shared/box.ts';
import { splitFormat } from '../shared/format.ts';
import { readRest } from '../shared/segments.ts';
import { readSize, sizeOf } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = ['/{W}x{H}', '/{W}/{bg}/{fg}', '/{W}x{H}.{ext}/{bg}/{fg}?text='];
const BOUNDS = { min: 1, max: 9999, area: 33_177_600 };
/** Size for a URL that names none, in px. */
const DEFAULT_SIZE = '150';

/** A colour in the place of the size: nobody asks for a size of six digits. */
const isColor = (text: string): boolean => /^[\da-f]{6}$/i.test(text);

/** Puts the size first: it may be missing, or stand between the two colours. */
function inOrder(places: readonly string[], hasText: boolean): readonly string[] {
  const [first = '', second = '', ...others] = places;
  if (places.length === 0) return hasText ? [DEFAULT_SIZE] : [];
  if (!isColor(first)) return places;
  const isBetween = sizeOf(second) !== undefined && (others.length > 0 || !/^\d+$/.test(second));
  return isBetween ? [second, first, ...others] : [DEFAULT_SIZE, ...places];
}

/** via.placeholder.com, and placehold.it before it: both are gone, but pages still use them. */
export const via = box({
  hosts: ['via.placeholder.com', 'placehold.it'],
  forms: FORMS,
  examples: ['/350x150', '/300.png/09f/fff', '/150x240/jpeg/eee/888', '/300x200/ccc/fff&text=No+image'],
  params: ['text'],
  bg: 'cccccc',
  fg: '969696',
  format: 'png',
  label: ({ width, height }) => `${width} x ${height}`,
  read({ places, query }) {
    const text = query.get('text');
    const [first = '', ...others] = inOrder(places, text !== undefined);
    const { rest: size, format } = splitFormat(first);
    const rest = readRest(others);
    return {
      ...rest,
      size: readSize(size, BOUNDS),
      format: format ?? rest.format,
      text: text ? labelText(text) : undefined,
    };
  },
});
