import type { Dialect } from '../dialect.ts';
import { box } from '../shared/box.ts';
import { colorOf } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { checkSize, readSize, sideOf } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const BOUNDS = { min: 1, max: 10_000 };
const API_FORMS = ['/{W}/{H}', '/{W}x{H}?text=&bg=&fg='];
/** What a URL without a size gets, in px. */
const DEFAULT = { width: 600, height: 400 };

const COMMON = {
  hosts: [],
  bg: 'cccccc',
  fg: '666666',
  format: 'svg',
  label: ({ width, height }: { width: number; height: number }): string => `${width} × ${height}`,
} as const;

/** A grammar without a host of its own: it is answered at one path, everywhere. */
const at = (path: string, dialect: Dialect): Dialect => ({ ...dialect, name: path, paths: [path] });

/** `/api/placeholder/{W}/{H}`, which coding tools write into pages. */
const apiPlaceholder = at(
  '/api/placeholder',
  box({
    ...COMMON,
    forms: API_FORMS,
    examples: ['/400/300', '/600x400', '/300/200?text=Startups&bg=0066cc&fg=ffffff'],
    params: ['text', 'bg', 'fg', 'color'],
    read({ segments, query }) {
      const parts = segments.map(splitFormat);
      const text = query.get('text');
      return {
        size: readSize(parts.map(({ rest }) => rest).join('x'), BOUNDS),
        bg: colorOf(query.get('bg') ?? query.get('color') ?? ''),
        fg: colorOf(query.get('fg') ?? ''),
        format: parts.at(-1)?.format,
        text: text ? labelText(text) : undefined,
      };
    },
  }),
);

/** `/placeholder.svg?height=&width=&query=`, likewise. */
const placeholderSvg = at(
  '/placeholder.svg',
  box({
    ...COMMON,
    forms: ['?height=&width=&text=', '?height=&width=&query=&bgColor=&textColor='],
    examples: [
      '?height=333&width=428',
      '?width=80&height=80&query=Logo',
      '?width=40&height=40&text=LAL&bgColor=542583',
    ],
    params: ['width', 'height', 'query', 'text', 'key', 'bgcolor', 'textcolor'],
    read({ query }) {
      const [width, height] = ['width', 'height'].map((name) => sideOf(query.get(name) ?? ''));
      const text = query.get('text') || query.get('query');
      return {
        size: checkSize(
          { width: width ?? height ?? DEFAULT.width, height: height ?? width ?? DEFAULT.height },
          BOUNDS,
        ),
        bg: colorOf(query.get('bgcolor') ?? ''),
        fg: colorOf(query.get('textcolor') ?? ''),
        text: text ? labelText(text) : undefined,
      };
    },
  }),
);

/** What coding tools write: relative URLs, which reach us through a proxy or a development server. */
export const CODING_TOOLS: readonly Dialect[] = [apiPlaceholder, placeholderSvg];
