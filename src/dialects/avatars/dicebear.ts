import { formatOf } from '../../formats.ts';
import type { RenderOptions } from '../../options/options.ts';
import type { Dialect } from '../dialect.ts';
import { colorOf } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { type Parts, takeApart } from '../shared/parts.ts';
import { avatars, figure, numberIn } from './figure.ts';
import { initials } from './ui-avatars.ts';

/** Backgrounds of the style `initials`. */
const PALETTE =
  'e53935 d81b60 8e24aa 5e35b1 3949ab 1e88e5 039be5 00acc1 00897b 43a047 7cb342 c0ca33 fdd835 ffb300 fb8c00 f4511e'.split(
    ' ',
  );

/** Styles that draw a pattern and no face. */
const ABSTRACT = /^(?:identicon|jdenticon|gridy|shapes|rings|glass|icons|bootstrap|code|disco|stripes)/;

/** What a URL says, in either of its two grammars. */
interface Asked {
  readonly style: string;
  readonly seed: string;
  readonly format: string;
  readonly query: ReadonlyMap<string, string>;
}

/** `/9.x/{style}/{format}`, its query perhaps as one more segment; or `/v2/{style}/{seed}.svg` as it was before. */
function read({ segments, query: given }: Parts): Asked {
  const path = segments.filter((one, i) => i > 2 || (!/^v?\d+(?:\.\w+)?$/.test(one) && one !== 'api'));
  const [style = 'initials', name = '', inPath = ''] = path;
  const query = new Map(
    [...given, ...new URLSearchParams(inPath)].map(([key, value]) => [key.toLowerCase(), value]),
  );
  const isFormat = /^(?:svg|png|jpe?g|webp|avif|json)$/i.test(name);
  if (isFormat) return { style, seed: query.get('seed') ?? '', format: name.toLowerCase(), query };
  const { rest, format } = splitFormat(name);
  return { style, seed: rest.replace(/^\.\w+$/, ''), format: format ?? 'svg', query };
}

function hashOf(text: string): number {
  let hash = 7;
  for (const unit of Buffer.from(text)) hash = (hash * 33 + unit) >>> 0;
  return hash;
}

/** One of several colours, by the seed. */
function pick(colors: readonly string[], seed: string): string | undefined {
  return colors[hashOf(seed) % Math.max(1, colors.length)];
}

function options({ style, seed, format, query }: Asked): RenderOptions {
  const known = formatOf(format) ?? 'svg';
  const side = Math.round(numberIn(query.get('size'), 128));
  const most = known === 'svg' ? 2000 : 256;
  const sides = Math.min(most, Math.max(1, side));
  const given = (query.get('backgroundcolor') ?? '').split(',').flatMap((one) => colorOf(one) ?? []);
  const background = pick(given, seed);
  const radius = Math.min(50, Math.max(0, Math.round(numberIn(query.get('radius'), 0))));
  const common = { width: sides, height: sides, format: known, ...(radius > 0 && { radius: `${radius}%` }) };
  if (style !== 'initials')
    return {
      ...common,
      ...figure(ABSTRACT.test(style) ? 'marble' : 'face', `${style} ${seed}`),
      ...(background !== undefined && { bg: background }),
    };
  const text = initials(seed, 2).toUpperCase();
  const size = Math.min(500, Math.max(4, Math.round(sides / 2)));
  return {
    ...common,
    bg: background ?? pick(PALETTE, seed) ?? 'e53935',
    fg: 'ffffff',
    font: 'inter',
    weight: 400,
    text,
    size,
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
  params: ['seed', 'size', 'radius', 'backgroundcolor'],
  read: (parts) => options(read(parts)),
});

/** api.dicebear.com: initials as it draws them, and for every other style a figure of ours. */
export const dicebear: Dialect = {
  ...pictures,
  // It has options by the hundred, one set for each style.
  read(target, context) {
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
