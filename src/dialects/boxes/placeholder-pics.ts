import { box } from '../shared/box.ts';
import { readColor } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { readSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = ['/svg/{W}x{H}', '/svg/{W}/{bg}', '/svg/{W}/{start}-{stop}/{text}-{border}/{label}'];
const BOUNDS = { min: 1, max: 9999 };

/** placeholder.pics: SVG only; each part needs the one before it. */
export const placeholderPics = box({
  hosts: ['placeholder.pics'],
  forms: FORMS,
  examples: ['/svg/300', '/svg/300x200/DEDEDE', '/svg/300x200/392FFF-FF7E93/FFFFFF-000000/Hello%20World'],
  params: [],
  bg: 'dedede',
  fg: '555555',
  format: 'svg',
  label: ({ width, height }) => `${width}×${height}`,
  read({ segments }) {
    const [size = '', background, ink, ...label] =
      segments[0]?.toLowerCase() === 'svg' ? segments.slice(1) : segments;
    const colors = background
      ?.split('-')
      .slice(0, 4)
      .map((one) => readColor(one, 'bg'));
    const [fg, border] = ink?.split('-') ?? [];
    return {
      size: readSize(splitFormat(size).rest, BOUNDS),
      bg: colors?.join('-'),
      fg: fg === undefined ? undefined : readColor(fg, 'fg'),
      text: label.length > 0 ? labelText(label.join('/')) : undefined,
      more: border === undefined ? {} : { border: `2,${readColor(border, 'border')}` },
    };
  },
});
