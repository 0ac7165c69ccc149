import type { RenderOptions } from '../../options/options.ts';
import { blackOrWhite, colorOf } from '../shared/color.ts';
import type { Parts } from '../shared/parts.ts';
import { avatars, initials, numberIn } from './figure.ts';

/** Parameters in the order of the path segments that stand for them. */
const NAMES = 'name size background color length font-size rounded uppercase bold format width height'.split(
  ' ',
);

/** The colours that `background=random` chooses from. */
const RANDOM = [
  'f44336',
  'e91e63',
  '9c27b0',
  '673ab7',
  '3f51b5',
  '2196f3',
  '009688',
  '4caf50',
  'cddc39',
  'ffc107',
  'ff9800',
  '795548',
  '607d8b',
];

/** Path segments count only where the query has no known name (LasseRafn/ui-avatars). */
function readParams({ segments, query }: Parts): ReadonlyMap<string, string> {
  const inPath = segments[0] === 'api' ? segments.slice(1) : segments;
  if (NAMES.some((name) => query.has(name))) return query;
  const fromPath = inPath
    .slice(0, NAMES.length)
    .map((value, i): [string, string] => [NAMES[i] as string, value.replaceAll('+', ' ')]);
  return new Map(fromPath);
}

/** Reads a boolean as PHP's `FILTER_VALIDATE_BOOLEAN` does: an empty one is false. */
const isTrue = (text: string | undefined, fallback: boolean): boolean =>
  text === undefined ? fallback : /^(?:true|1|yes|on)$/i.test(text.trim());

/** A number as PHP casts to it: 0 where the text is not a number. */
const cast = (text: string | undefined, fallback: number): number =>
  text === undefined ? fallback : numberIn(text, 0);

/** A share of the size: half of it for 0 or less, and at most all of it. */
function share(text: string | undefined): number {
  const value = cast(text, 0.4375);
  return value <= 0 ? 0.5 : Math.min(value, 1);
}

function hashOf(text: string): number {
  let hash = 0;
  for (const unit of Buffer.from(text)) hash = (hash * 31 + unit) >>> 0;
  return hash;
}

function colors(params: ReadonlyMap<string, string>, name: string): Pick<RenderOptions, 'bg' | 'fg'> {
  const background = params.get('background') ?? '';
  const color = colorOf(params.get('color') ?? '');
  if (background.toLowerCase() !== 'random')
    return { bg: colorOf(background) ?? 'dddddd', fg: color ?? '222222' };
  // Its table pairs backgrounds with letters, whatever `color` says. Prefer one with the colour asked for, if any.
  const fitting = RANDOM.filter((bg) => blackOrWhite(bg) === color);
  const from = fitting.length > 0 ? fitting : RANDOM;
  const bg = from[hashOf(name) % from.length] as string;
  return { bg, fg: blackOrWhite(bg) };
}

/** A side in px, moved into the bounds of ui-avatars. */
const sideOf = (text: string | undefined, fallback: number): number =>
  Math.min(512, Math.max(16, Math.trunc(cast(text, fallback))));

/** ui-avatars.com: the initials of a name. */
export const uiAvatars = avatars({
  hosts: ['ui-avatars.com', 'eu.ui-avatars.com'],
  forms: [
    '/api/?name=&size=&background=&color=&length=&font-size=&rounded=&uppercase=&bold=&format=',
    '/api/{name}/{size}/{background}/{color}',
  ],
  examples: [
    '/api/?name=John+Doe',
    '/api/John+Doe/128/random',
    '/api/?name=A&rounded=true&background=f59e0b&color=fff',
    '/api/?format=svg',
  ],
  params: NAMES,
  read(parts, { accept = '' }) {
    const params = readParams(parts);
    const name = params.get('name') ?? 'John Doe';
    const side = sideOf(params.get('size'), 64);
    const width = sideOf(params.get('width'), side);
    const height = sideOf(params.get('height'), side);
    const letters = initials(name, Math.min(20, Math.max(1, Math.trunc(cast(params.get('length'), 2)))));
    const asked = params.get('format')?.toLowerCase();
    const format = asked === 'svg' || asked === 'png' ? asked : undefined;
    return {
      width,
      height,
      format: format ?? (accept.includes('image/svg+xml') ? 'svg' : 'png'),
      ...(format === undefined && { byAccept: 'chosen' }),
      ...colors(params, name),
      text: isTrue(params.get('uppercase'), true) ? letters.toUpperCase() : letters,
      font: 'open-sans',
      weight: isTrue(params.get('bold'), false) ? 700 : 400,
      size: Math.min(500, Math.max(4, Math.round(share(params.get('font-size')) * Math.min(width, height)))),
      ...(isTrue(params.get('rounded'), false) && { radius: '50%' }),
    };
  },
});
