import type { RenderOptions } from '../../options/options.ts';
import { box, cornerRadius, labelSize } from '../shared/box.ts';
import { colorOf, readColor } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { readSize, sizeOf } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = ['/{W}x{H}.png', '/{bg}/{fg}/{W}x{H}.png', '/{font size}/{bg}/{fg}/{W}x{H}.png?text=&css='];
const BOUNDS = { min: 1, max: 4000 };
/** Longest `css` that is read, in characters. */
const MAX_CSS = 2000;

/** Reads what we support of `css`, a JSON object: colours, round corners and the size of the label. */
function readCss(text: string | undefined): { bg?: string; fg?: string; more: Partial<RenderOptions> } {
  const css = parse(text);
  const given = (name: string): string => String(css[name] ?? '');
  const weight = given('font-weight').trim();
  const bg = colorOf(given('background-color') || given('background'));
  const fg = colorOf(given('color'));
  const radius = cornerRadius(given('border-radius'));
  return {
    ...(bg !== undefined && { bg }),
    ...(fg !== undefined && { fg }),
    more: {
      ...(radius !== undefined && { radius }),
      ...(/^(?:bold|[1-9]00)$/.test(weight) && { weight }),
      ...labelSize(given('font-size')),
    },
  };
}

function parse(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text?.slice(0, MAX_CSS) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** placehold.jp: the size comes last. */
export const placeholdJp = box({
  hosts: ['placehold.jp'],
  forms: FORMS,
  examples: [
    '/150x150.png',
    '/3d4070/ffffff/150x150.png',
    '/30/dd6699/fff/300x150.png?text=Hi',
    '/240x240.jpg',
  ],
  params: ['text', 'css'],
  bg: 'cccccc',
  fg: 'ffffff',
  format: 'png',
  label: ({ width, height }) => `${width}x${height}`,
  read({ segments, query }) {
    const { rest: size, format } = splitFormat(segments.at(-1) ?? '');
    const before = segments.slice(0, -1);
    // A leading number is the label's size if two colours follow it, or if it is too short for a colour.
    const hasFontSize = before.length === 3 || /^\d{1,2}$/.test(before[0] ?? '');
    const [bg, fg] = hasFontSize ? before.slice(1) : before;
    const text = query.get('text');
    const css = readCss(query.get('css'));
    return {
      size: readSize(sizeOf(size) ? size : '', BOUNDS),
      bg: bg === undefined ? css.bg : readColor(bg, 'bg'),
      fg: fg === undefined ? css.fg : readColor(fg, 'fg'),
      format,
      text: text ? labelText(text) : undefined,
      more: { ...css.more, ...(hasFontSize ? labelSize(before[0]) : {}) },
    };
  },
});
