import { invalid } from '../../errors.ts';
import type { RenderOptions } from '../../options/options.ts';
import type { Dialect, MeantPicture } from '../dialect.ts';
import { labelSize, nearestFont, shrink } from '../shared/box.ts';
import { isOn, takeApart, unknownNames } from '../shared/parts.ts';
import { explained } from '../shared/service.ts';
import { checkSize, fit, type Size } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';
import { type HolderOptions, holderColors, readSegments } from './holder-themes.ts';

const BOUNDS = { min: 1, max: 10_000 };
/** px for each percent of a fluid side, which is drawn and then stretched; a label should fit a narrow column too. */
const FLUID_PX = 2.5;
/** px in a point (CSS Values 4, 6.2). */
const POINT = 4 / 3;

const SIDE = /^(\d{1,5})(p|%)?$/;
const SIZE = /^(\d{1,5}[p%]?)x(\d{1,5}[p%]?)$/i;

interface HolderSize extends Size {
  /** Percentages of its surroundings: `100%x180`, `100%x80%`, `x50%`. */
  readonly fluid?: string;
  /** As it was typed, a percentage with its sign. */
  readonly typed: string;
}

/** Reads `300x200`, `100%x180`, `100px180` and `90px80p`: a `p` is a percent sign. */
function sizeOf(text: string): HolderSize {
  const [, first = '', second = ''] = SIZE.exec(text) ?? [];
  const sides = [first, second].map((side) => SIDE.exec(side.toLowerCase()));
  if (sides.includes(null)) throw invalid('invalid-size', 'size', '{W}x{H}, each in px or percent', text);
  const parsed = sides.map((side) => ({ value: Number(side?.[1]), isFluid: side?.[2] !== undefined }));
  const [width = 0, height = 0] = parsed.map(({ value, isFluid }) =>
    isFluid ? Math.round(value * FLUID_PX) : value,
  );
  const [across = '', down = ''] = parsed.map(({ value, isFluid }) => (isFluid ? `${value}%` : ''));
  const size = checkSize({ width, height }, BOUNDS);
  const typed = parsed.map(({ value, isFluid }) => `${value}${isFluid ? '%' : ''}`).join('x');
  return { ...size, typed, ...((across || down) && { fluid: `${across}x${down}` }) };
}

/** A label size: points without a unit and with `pt`, else px. */
function fontSize(text: string | undefined): { size?: number } {
  return labelSize(text, /px$/i.test(text ?? '') ? 1 : POINT);
}

function labelOf(options: HolderOptions, { typed }: HolderSize): string {
  const text = options.get('text');
  return text ? labelText(text.replaceAll('holder_dimensions', typed)) : typed;
}

const ALIGN: ReadonlySet<string> = new Set(['left', 'right', 'center']);

function more(options: HolderOptions): Partial<RenderOptions> {
  const font = nearestFont(options.get('font'));
  const align = options.get('align')?.toLowerCase() ?? 'center';
  return {
    ...(font !== undefined && { font }),
    ...fontSize(options.get('size')),
    ...(ALIGN.has(align) && align !== 'center' && { align }),
    ...(isOn(options.get('outline')) && { pattern: 'cross', border: 1 }),
  };
}

const NAMES = [
  'theme',
  'random',
  'bg',
  'fg',
  'text',
  'size',
  'font',
  'align',
  'outline',
  'linewrap',
  'nowrap',
];

/**
 * holder.js: the paths that pages put into `data-src`. It drew in the page; here the same path is an SVG picture, and a
 * side in percent is relative to its surroundings.
 */
export const holder: Dialect = {
  name: '/holder.js',
  hosts: [],
  paths: ['/holder.js'],
  rootQuery: 'holder.js/',
  forms: ['/{W}x{H}?theme=&bg=&fg=&text=&size=&font=&align=', '/{n}%x{H}', '/{n}px{H}', '/{W}x{H}/{theme}'],
  examples: [
    '/300x200',
    '/100px180?text=Image%20cap',
    '/300x200/social',
    '/100%25x75?theme=vine',
    '/300x200?random=yes',
  ],
  read(target, { limits }): MeantPicture {
    return explained(this, () => {
      const parts = takeApart(target);
      // The size came first only from 2.4 on.
      const at = Math.max(
        0,
        parts.segments.findIndex((one) => SIZE.test(one)),
      );
      const size = sizeOf(parts.segments[at] ?? '');
      const options = new Map([...readSegments(parts.segments.toSpliced(at, 1)), ...parts.query]);
      const fitted = fit(size, limits);
      return {
        kind: 'picture',
        options: {
          ...fitted,
          ...(size.fluid !== undefined && { fluid: size.fluid }),
          format: 'svg',
          weight: 700,
          text: labelOf(options, size),
          ...holderColors(options, `${target.path}?${target.query ?? ''}`),
          ...shrink(more(options), fitted.width / size.width),
        },
        ignored: unknownNames(parts, [...NAMES, 'auto', 'textmode', 'fixedsize', 'ratio']),
      };
    });
  },
};
