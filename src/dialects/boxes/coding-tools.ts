import type { Dialect } from '../dialect.ts';
import { box } from '../shared/box.ts';
import { colorOf } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { readRest } from '../shared/segments.ts';
import { checkSize, readSize, type Size, sideOf } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const BOUNDS = { min: 1, max: 10_000 };
const API_FORMS = ['/{W}/{H}', '/{W}x{H}?text=&bg=&fg='];
/** Size for a URL that names none, in px. */
const DEFAULT = { width: 600, height: 400 };

const COMMON = {
  hosts: [],
  bg: 'cccccc',
  fg: '666666',
  format: 'svg',
  label: ({ width, height }: { width: number; height: number }): string => `${width} × ${height}`,
} as const;

const NAMES = 'width height w h query text label key bg fg color bgcolor textcolor'.split(' ');

type Query = ReadonlyMap<string, string>;

/** The first of several parameters that is given and not empty. */
const firstOf = (query: Query, ...names: string[]): string =>
  names.map((name) => query.get(name)).find(Boolean) ?? '';

/** The sides that a query names; one side stands for both. */
function sizeIn(query: Query): Size {
  const width = sideOf(firstOf(query, 'width', 'w'));
  const height = sideOf(firstOf(query, 'height', 'h'));
  const size = { width: width ?? height ?? DEFAULT.width, height: height ?? width ?? DEFAULT.height };
  return checkSize(size, BOUNDS);
}

/** Colours and text from a query; `color` alone is the background. */
function told(query: Query): { bg?: string; fg?: string; text?: string } {
  const background = firstOf(query, 'bg', 'bgcolor');
  const ink = firstOf(query, 'fg', 'textcolor');
  const color = firstOf(query, 'color');
  const bg = colorOf(background || (ink ? '' : color));
  const fg = colorOf(ink || (background ? color : ''));
  const text = firstOf(query, 'text', 'query', 'label');
  return { ...(bg && { bg }), ...(fg && { fg }), ...(text && { text: labelText(text) }) };
}

/** `/api/placeholder/{W}/{H}`, which coding tools write into pages. */
const apiPlaceholder = box({
  ...COMMON,
  path: '/api/placeholder',
  forms: API_FORMS,
  examples: ['/400/300', '/600x400', '/300/200?text=Startups&bg=0066cc&fg=ffffff'],
  params: NAMES,
  read({ segments, query }) {
    const [first = '', second = ''] = segments.map((one) => splitFormat(one).rest);
    const isPair = sideOf(first) !== undefined && sideOf(second) !== undefined;
    const size =
      first === '' && query.size > 0
        ? sizeIn(query)
        : readSize(isPair ? `${first}x${second}` : first, BOUNDS);
    const rest = readRest(segments.slice(isPair ? 2 : 1));
    const format = segments.slice(0, 2).map((one) => splitFormat(one).format);
    return {
      ...rest,
      size,
      ...told(query),
      format: format.find(Boolean) ?? rest.format,
    };
  },
});

/** `/placeholder.svg?height=&width=&query=`, which they write too. */
const placeholderSvg = box({
  ...COMMON,
  path: '/placeholder.svg',
  forms: ['?height=&width=&text=', '?height=&width=&query=&bgColor=&textColor='],
  examples: [
    '?height=333&width=428',
    '?width=80&height=80&query=Logo',
    '?width=40&height=40&text=LAL&bgColor=542583',
  ],
  params: NAMES,
  read: ({ query }) => ({ size: sizeIn(query), ...told(query) }),
});

/** Relative URLs that coding tools write. They reach us through a proxy or a development server. */
export const CODING_TOOLS: readonly Dialect[] = [apiPlaceholder, placeholderSvg];
