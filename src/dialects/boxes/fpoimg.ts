import { box } from '../shared/box.ts';
import { colorOf } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { clampSize, readSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = [
  '/{W}x{H}.{ext}',
  '/{W}x{H}/{bg}/{fg}',
  '?text=&bg_color=&text_color=&gradient=&gradient_angle=',
];
const BOUNDS = { min: 10, max: 5000 };
/** Any number: sides are moved into its bounds instead of being refused. */
const ANY = { min: 0, max: 999_999, area: Number.POSITIVE_INFINITY };

/** Its named gradients. */
const GRADIENTS: Readonly<Record<string, string>> = {
  sunset: 'ff7e5f-feb47b',
  ocean: '2193b0-6dd5ed',
  forest: '134e5e-71b280',
  purple: '667eea-764ba2',
  fire: 'f12711-f5af19',
  night: '232526-414345',
};

function gradientOf(text = ''): string | undefined {
  const name = text.toLowerCase();
  if (Object.hasOwn(GRADIENTS, name)) return GRADIENTS[name];
  const colors = text.split(/[,-]/).slice(0, 4).map(colorOf);
  return colors.length > 1 && !colors.includes(undefined) ? colors.join('-') : undefined;
}

/** An angle within one turn, in degrees. */
const turn = (degrees: number): number => ((degrees % 360) + 360) % 360;

/** fpoimg.com: a caption stands below the size. */
export const fpoimg = box({
  hosts: ['fpoimg.com'],
  forms: FORMS,
  examples: [
    '/500',
    '/300x250?text=Advertisement',
    '/400x300?gradient=FF5733,3357FF&gradient_angle=45',
    '/300x250.webp',
  ],
  params: ['text', 'bg_color', 'text_color', 'gradient', 'gradient_angle', 'dims'],
  bg: 'c7c7c7',
  fg: '8f8f8f',
  format: 'png',
  label: ({ width, height }) => `${width}×${height}`,
  read({ segments: [first = '', second, third], query }) {
    const { rest, format } = splitFormat(first);
    const size = clampSize(readSize(rest, ANY), BOUNDS);
    const [bg, fg] = [colorOf(second ?? ''), colorOf(third ?? '')];
    const caption = query.get('text') ?? (second !== undefined && bg === undefined ? second : '');
    const dims = query.get('dims') === 'false' ? '' : `${size.width}×${size.height}`;
    const gradient = gradientOf(query.get('gradient'));
    const angle = query.get('gradient_angle') ?? '';
    return {
      size,
      bg: gradient ?? colorOf(query.get('bg_color') ?? '') ?? bg,
      fg: colorOf(query.get('text_color') ?? '') ?? fg,
      format,
      text: labelText([dims, caption].filter(Boolean).join('\n')),
      more: gradient !== undefined && /^-?\d{1,4}$/.test(angle) ? { angle: turn(Number(angle)) } : {},
    };
  },
});
