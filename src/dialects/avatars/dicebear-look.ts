import type { RenderOptions } from '../../options/options.ts';
import { labelSize } from '../shared/box.ts';
import { colorOf } from '../shared/color.ts';
import { firstLetters, numberIn } from './figure.ts';

type Query = ReadonlyMap<string, string>;

/** Backgrounds of the style `initials`. */
const PALETTE =
  'e53935 d81b60 8e24aa 5e35b1 3949ab 1e88e5 039be5 00acc1 00897b 43a047 7cb342 c0ca33 fdd835 ffb300 fb8c00 f4511e'.split(
    ' ',
  );

function hashOf(text: string): number {
  let hash = 7;
  for (const unit of Buffer.from(text)) hash = (hash * 33 + unit) >>> 0;
  return hash;
}

/** Picks one of several colours by the seed; undefined if there are none. */
function pick(colors: readonly string[], seed: string): string | undefined {
  return colors.length === 0 ? undefined : colors[hashOf(seed) % colors.length];
}

const colorsIn = (text = ''): string[] => text.split(',').flatMap((one) => colorOf(one) ?? []);

/** One of the given colours, or a gradient of the first two. */
export function backgroundOf(query: Query, seed: string): string | undefined {
  const given = colorsIn(query.get('backgroundcolor') ?? query.get('background'));
  const isGradient = query.get('backgroundtype') === 'gradientLinear' && given.length > 1;
  return isGradient ? given.slice(0, 2).join('-') : pick(given, seed);
}

/** The first letters of the first and the last word, or the first two of a single word. Hyphens do not split words. */
function lettersOf(seed: string): string {
  const words = seed.trim().split(/\s+/);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  return words.length < 2 ? firstLetters(first, 2) : firstLetters(first, 1) + firstLetters(last, 1);
}

/** Options that only the style `initials` has. @param side px */
export function initialsOf(seed: string, query: Query, side: number): Partial<RenderOptions> {
  const share = Math.min(100, Math.max(1, numberIn(query.get('fontsize'), 50))) / 100;
  const chars = Math.min(2, Math.max(0, Math.trunc(numberIn(query.get('chars'), 2))));
  const weight = query.get('fontweight') ?? '';
  const isBold = query.get('bold') === 'true' || query.get('bold') === '1';
  return {
    bg: backgroundOf(query, seed) ?? pick(PALETTE, seed) ?? 'e53935',
    fg: pick(colorsIn(query.get('textcolor')), seed) ?? 'ffffff',
    font: 'inter',
    weight: /^[1-9]00$/.test(weight) ? weight : isBold ? 700 : 400,
    text: firstLetters(lettersOf(seed).toUpperCase(), chars),
    ...labelSize(String(side * share)),
  };
}
