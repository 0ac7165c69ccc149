import { box } from '../shared/box.ts';
import { splitFormat } from '../shared/format.ts';
import { readRest } from '../shared/segments.ts';
import { readSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = ['/{W}x{H}', '/{W}/{bg}/{fg}', '/{W}x{H}.{ext}/{bg}/{fg}?text='];
const BOUNDS = { min: 1, max: 9999, area: 33_177_600 };
/** Of a URL that names no size, in px. */
const DEFAULT_SIZE = '150';

/** A colour in the place of the size: six digits are no size that anybody asks for. */
const isColor = (text: string): boolean => /^[\da-f]{6}$/i.test(text);

/** via.placeholder.com, and placehold.it as it was before: both are gone, and pages still name them. */
export const via = box({
  hosts: ['via.placeholder.com', 'placehold.it'],
  forms: FORMS,
  examples: ['/350x150', '/300.png/09f/fff', '/150x240/jpeg/eee/888', '/300x200/ccc/fff&text=No+image'],
  params: ['text'],
  bg: 'cccccc',
  fg: '969696',
  format: 'png',
  label: ({ width, height }) => `${width} x ${height}`,
  read({ segments, query }) {
    const text = query.get('text');
    const isSizeLeftOut = segments.length === 0 ? text !== undefined : isColor(segments[0] ?? '');
    const [first = '', ...others] = isSizeLeftOut ? [DEFAULT_SIZE, ...segments] : segments;
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
