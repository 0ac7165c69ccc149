import { formatOf } from '../../formats.ts';
import type { RenderOptions } from '../../options/options.ts';
import { box } from '../shared/box.ts';
import { colorOf } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { checkSize, readSize, type Size, sideOf } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = [
  '/{W}x{H}',
  '/{W}x16:9',
  '/{W}x{low}-{high}',
  '/{W}/{colour}',
  '/{W}/{1-7}?text=&texture=&type=',
];
const BOUNDS = { min: 1, max: 5000 };

/** A side; for a range, the middle of it, so that one URL is always the same picture. */
function readSide(text: string): number | undefined {
  const [low = '', high = low, ...rest] = text.split('-');
  const [from, to] = [sideOf(low), sideOf(high)];
  return from === undefined || to === undefined || rest.length > 0 ? undefined : Math.round((from + to) / 2);
}

function sizeIn(text: string): Size {
  const [first = '', second = first] = text.split(/x/i);
  const [across = 0, down = 0] = second.includes(':') ? second.split(':').map(Number) : [];
  const width = readSide(first);
  const height = across > 0 && down > 0 ? Math.round(((width ?? 0) * down) / across) : readSide(second);
  if (width === undefined || height === undefined) return readSize(text, BOUNDS);
  return checkSize({ width, height }, BOUNDS);
}

/** A colour; a number or a word that is not a colour becomes the seed of one. */
function look(text: string | undefined): { bg?: string; more: Partial<RenderOptions> } {
  const bg = text === undefined || /^\d$/.test(text) ? undefined : colorOf(text);
  return {
    ...(bg !== undefined && { bg }),
    more: text !== undefined && bg === undefined ? { seed: text } : {},
  };
}

/** The pattern nearest to a texture. */
function texture(name = ''): { pattern?: string } {
  const known: Readonly<Record<string, string>> = { cross: 'cross', graphpaper: 'grid', dots: 'dots' };
  return name === '' ? {} : { pattern: known[name.toLowerCase()] ?? 'stripes' };
}

const service = box({
  hosts: ['satyr.dev', 'satyr.io'],
  forms: FORMS,
  examples: ['/300x180', '/500x16:9', '/320x213-240', '/360x240/3', '/80x60/FF0000?text=Hi'],
  params: ['text', 'texture', 'type', 'delay', 'brand'],
  bg: 'cccccc',
  fg: '666666',
  format: 'png',
  label: ({ width, height }) => `${width}x${height}`,
  read({ segments: [first = '', color], query }) {
    const { rest, format } = splitFormat(first);
    const text = query.get('text');
    const brand = query.get('brand');
    const { bg, more } = look(color ?? brand);
    return {
      size: sizeIn(rest),
      bg,
      format: formatOf(query.get('type') ?? '') ?? format,
      text: text ? labelText(text) : undefined,
      more: { ...more, ...texture(query.get('texture')) },
    };
  },
});

/** satyr.dev and satyr.io. A numbered or named look has the colours of its seed, not the default ones. */
export const satyr: typeof service = {
  ...service,
  read(target, context) {
    const meant = service.read(target, context);
    if (meant.kind === 'data' || meant.options.seed === undefined) return meant;
    const { bg, fg, ...options } = meant.options;
    return { ...meant, options };
  },
};
