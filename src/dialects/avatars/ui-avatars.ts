import type { RenderOptions } from '../../options/options.ts';
import { blackOrWhite, colorOf } from '../shared/color.ts';
import type { Parts } from '../shared/parts.ts';
import { avatars, firstLetters, numberIn } from './figure.ts';

/** Parameters in the order in which path segments stand for them. */
const NAMES = [
  'name',
  'size',
  'background',
  'color',
  'length',
  'font-size',
  'rounded',
  'uppercase',
  'bold',
  'format',
];

/** What `background=random` takes one of. */
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

/** The first letters of the first word and the last; of a single word its first `length` letters. */
export function initials(name: string, length: number): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const [first = '', last] = [words[0], words.at(-1)];
  if (words.length < 2) return firstLetters(first, length);
  return firstLetters(first, 1) + (length > 1 ? firstLetters(last ?? '', 1) : '');
}

const isTrue = (text: string | undefined, fallback: boolean): boolean =>
  text === undefined || text === '' ? fallback : /^(?:true|1|yes|on)$/i.test(text);

/** A share of the size: none or less is half, and at most all of it. */
function share(text: string | undefined): number {
  const value = numberIn(text, 0.4375);
  return value <= 0 ? 0.5 : Math.min(value, 1);
}

function hashOf(text: string): number {
  let hash = 0;
  for (const unit of Buffer.from(text)) hash = (hash * 31 + unit) >>> 0;
  return hash;
}

function colors(params: ReadonlyMap<string, string>, name: string): Pick<RenderOptions, 'bg' | 'fg'> {
  const background = params.get('background') ?? '';
  if (background.toLowerCase() !== 'random')
    return { bg: colorOf(background) ?? 'dddddd', fg: colorOf(params.get('color') ?? '') ?? '222222' };
  const bg = RANDOM[hashOf(name) % RANDOM.length] as string;
  return { bg, fg: colorOf(params.get('color') ?? '') ?? blackOrWhite(bg) };
}

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
    const side = Math.min(512, Math.max(16, Math.round(numberIn(params.get('size'), 64))));
    const letters = initials(name, Math.min(20, Math.max(1, Math.round(numberIn(params.get('length'), 2)))));
    const format = params.get('format')?.toLowerCase();
    const isSvg = format === 'svg' || accept.includes('image/svg+xml');
    return {
      width: side,
      height: side,
      format: isSvg ? 'svg' : 'png',
      ...(format !== 'svg' && { byAccept: 'chosen' }),
      ...colors(params, name),
      text: isTrue(params.get('uppercase'), true) ? letters.toUpperCase() : letters,
      font: 'open-sans',
      weight: isTrue(params.get('bold'), false) ? 700 : 400,
      size: Math.min(500, Math.max(4, Math.round(share(params.get('font-size')) * side))),
      ...(isTrue(params.get('rounded'), false) && { radius: '50%' }),
    };
  },
});
