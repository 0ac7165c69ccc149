import { formatOf } from '../../formats.ts';
import type { RenderOptions } from '../../options/options.ts';
import type { Dialect } from '../dialect.ts';
import { splitFormat } from '../shared/format.ts';
import { type Parts, takeApart } from '../shared/parts.ts';
import { backgroundOf, initialsOf } from './dicebear-look.ts';
import { avatars, figure, numberIn } from './figure.ts';

/** Styles that draw a pattern instead of a face. */
const ABSTRACT = /^(?:identicon|jdenticon|gridy|shapes|rings|glass|icons|bootstrap|code|disco|stripes)/;

/** Largest side of an SVG, in px: dicebear itself does not limit it. */
const MAX_SVG = 4096;

/** Segments before the style: `/9.x/`, `/v2/`, `/4.5/api/`. */
const BEFORE_STYLE = /^(?:v?\d+(?:\.\w+)?|api)$/i;

/** Names that the parameter for the side has had, the newest first. */
const SIZES = ['size', 'width', 'height', 'w', 'h'];

/** What a URL says, in either of its two grammars. */
interface Asked {
  readonly style: string;
  readonly seed: string;
  readonly format: string;
  readonly query: ReadonlyMap<string, string>;
}

/** `/9.x/{style}/{format}`, perhaps with the query as one more segment; or the older `/v2/{style}/{seed}.svg`. */
function read({ segments, query: given }: Parts): Asked {
  const begin = segments.findIndex((one) => !BEFORE_STYLE.test(one));
  const [style = 'initials', name = '', inPath = ''] = begin < 0 ? [] : segments.slice(begin);
  const query = new Map(
    [...given, ...new URLSearchParams(inPath)].map(([key, value]) => [
      key.toLowerCase().replace(/\[\]$/, ''),
      value,
    ]),
  );
  const isFormat = /^(?:svg|png|jpe?g|webp|avif|json)$/i.test(name);
  if (isFormat) return { style, seed: query.get('seed') ?? '', format: name.toLowerCase(), query };
  const { rest, format } = splitFormat(name);
  return { style, seed: rest.replace(/^\.\w+$/, ''), format: format ?? 'svg', query };
}

function options(asked: Asked): RenderOptions {
  const { style, seed, query } = asked;
  const format = formatOf(asked.format) ?? 'svg';
  const size = SIZES.map((name) => query.get(name)).find(Boolean);
  const side = Math.min(format === 'svg' ? MAX_SVG : 256, Math.max(1, Math.round(numberIn(size, 128))));
  const radius = Math.min(50, Math.max(0, Math.round(numberIn(query.get('radius') ?? query.get('r'), 0))));
  const common = { width: side, height: side, format, ...(radius > 0 && { radius: `${radius}%` }) };
  if (style === 'initials') return { ...common, ...initialsOf(seed, query, side) };
  const background = backgroundOf(query, seed);
  return {
    ...common,
    ...figure(ABSTRACT.test(style) ? 'marble' : 'face', `${style} ${seed}`),
    ...(background !== undefined && { bg: background }),
  };
}

const pictures = avatars({
  hosts: ['api.dicebear.com', 'avatars.dicebear.com', 'dicebear.com'],
  forms: [
    '/9.x/{style}/svg?seed=&size=&radius=&backgroundColor=',
    '/9.x/{style}/png/seed={seed}',
    '/api/{style}/{seed}.svg',
  ],
  examples: [
    '/7.x/initials/svg?seed=John%20Doe',
    '/9.x/lorelei/png?seed=Zoe&size=96',
    '/9.x/shapes/svg/seed=Kim',
    '/9.x/thumbs/json?seed=Kim',
  ],
  // It has hundreds of options, a set for each style.
  params: 'any',
  read: (parts) => options(read(parts)),
});

/** api.dicebear.com: initials as dicebear draws them, and a figure of ours for every other style. */
export const dicebear: Dialect = {
  ...pictures,
  read(target, context) {
    if (!/json/i.test(target.path)) return pictures.read(target, context);
    const asked = read(takeApart(target));
    if (asked.format !== 'json') return pictures.read(target, context);
    const query = target.query === undefined ? '' : `?${target.query}`;
    const href = `${context.base}${target.path.replace(/\/json(?=\/|$)/i, '/svg')}${query}`
      .replaceAll('&', '&amp;')
      .replaceAll('"', '%22')
      .replaceAll('<', '%3C');
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128"><image href="${href}" width="128" height="128"/></svg>`;
    return {
      kind: 'data',
      type: 'application/json',
      body: JSON.stringify({ svg, extra: { style: asked.style, seed: asked.seed } }),
    };
  },
};
