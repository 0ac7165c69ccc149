import { box, labelSize, nearestFont } from '../shared/box.ts';
import { colorOf } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { sideOf, sizeOf } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const NAMES = [
  'width',
  'height',
  'text',
  'bgcolor',
  'textcolor',
  'darkbgcolor',
  'darktextcolor',
  'fontfamily',
];

/** A weight that we have: `bold`, or hundreds. */
const weightOf = (text = 'bold'): { weight?: string } =>
  /^(?:bold|[1-9]00)$/.test(text) ? { weight: text } : {};

/** images.placeholders.dev: bad values are ignored, as the service does. */
export const placeholdersDev = box({
  hosts: ['images.placeholders.dev', 'placeholders.dev'],
  forms: ['/{W}x{H}', '/?width=&height=&text=&bgColor=&textColor=&fontFamily=&fontWeight=&fontSize='],
  examples: ['/350', '/350x150', '/?width=600&height=400&text=Hello&bgColor=%23434343&textColor=%23dfdfde'],
  params: [...NAMES, 'fontweight', 'fontsize', 'dy', 'textwrap'],
  bg: 'dddddd',
  fg: '00000080',
  format: 'svg',
  weight: 700,
  label: ({ width, height }) => `${width}×${height}`,
  read({ segments: [first = ''], query }) {
    const inPath = sizeOf(splitFormat(first).rest);
    const side = (name: string): number | undefined => sideOf(query.get(name) ?? '') || undefined;
    const width = side('width') ?? (inPath?.width || 300);
    const height = side('height') ?? (inPath?.height || 150);
    const text = query.get('text');
    const font = nearestFont(query.get('fontfamily')?.split(',')[0]);
    return {
      size: { width, height },
      bg: colorOf(query.get('bgcolor') ?? ''),
      fg: colorOf(query.get('textcolor') ?? ''),
      text: text ? labelText(text) : undefined,
      more: {
        ...weightOf(query.get('fontweight')),
        ...(font !== undefined && { font }),
        ...labelSize(query.get('fontsize')),
      },
    };
  },
});
