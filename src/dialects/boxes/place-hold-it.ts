import { box, labelSize } from '../shared/box.ts';
import { readColor } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { readRest } from '../shared/segments.ts';
import { readSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = ['/{W}x{H}', '/{W}/{bg}/{fg}/{border}.gif', '&text=&fontsize='];
const BOUNDS = { min: 1, max: 4000 };

/** place-hold.it. */
export const placeHoldIt = box({
  hosts: ['place-hold.it'],
  forms: FORMS,
  examples: ['/300', '/300x500/666', '/300x500/666/fff/000.gif', '/300x200&text=Choose&fontsize=30'],
  params: ['text', 'fontsize', 'italic', 'bold'],
  bg: 'cccccc',
  fg: '969696',
  format: 'png',
  label: ({ width, height }) => `${width} x ${height}`,
  read({ places: [first = '', bg, fg, border], query }) {
    const { rest: size, format } = splitFormat(first);
    const rest = readRest([bg, fg].flatMap((one) => one ?? []));
    const edge = border === undefined ? undefined : splitFormat(border);
    const text = query.get('text');
    return {
      ...rest,
      size: readSize(size, BOUNDS),
      format: format ?? rest.format ?? edge?.format,
      text: text ? labelText(text) : undefined,
      more: {
        ...labelSize(query.get('fontsize')),
        ...(edge && edge.rest !== '' && { border: `1,${readColor(edge.rest, 'border')}` }),
      },
    };
  },
});
