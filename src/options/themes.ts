import { createHash } from 'node:crypto';
import { fromOklch } from '../color/oklch.ts';
import { type Color, parseColor } from './color.ts';
import { readableOn } from './ink.ts';

/** A background and a matching ink. */
export interface Pair {
  readonly background: Color;
  readonly foreground: Color;
}

/** Named pairs: background, ink. The first six are those of holder.js, under its names. */
const TABLE = {
  gray: ['eeeeee', '666666'],
  social: ['3a5a97', 'ffffff'],
  industrial: ['434a52', 'c2f200'],
  sky: ['0b76b8', 'ffffff'],
  vine: ['39dbac', '1e292c'],
  lava: ['f8591a', '1a2440'],
  light: ['f4f4f5', '52525b'],
  dark: ['27272a', 'd4d4d8'],
  slate: ['cbd5e1', '334155'],
  ink: ['0f172a', 'e2e8f0'],
  blueprint: ['1e3a8a', 'bfdbfe'],
  ocean: ['0c4a6e', 'bae6fd'],
  mint: ['d1fae5', '065f46'],
  forest: ['14532d', 'bbf7d0'],
  sand: ['f5e6d3', '7c4a21'],
  amber: ['fde68a', '78350f'],
  rose: ['ffe4e6', '9f1239'],
  berry: ['4c0519', 'fecdd3'],
  lilac: ['ede9fe', '5b21b6'],
  plum: ['3b0764', 'e9d5ff'],
} as const satisfies Record<string, readonly [string, string]>;

export type ThemeName = keyof typeof TABLE;

export const THEME_NAMES = Object.keys(TABLE) as ThemeName[];

/** The pair for a name in any case; undefined for an unknown one. */
export function themeNamed(name: string): Pair | undefined {
  const key = THEME_NAMES.find((theme) => theme === name.trim().toLowerCase());
  if (!key) return undefined;
  const [background, foreground] = TABLE[key];
  return { background: parseColor(background, 'theme'), foreground: parseColor(foreground, 'theme') };
}

/** Lightness and chroma of seeds' backgrounds, in OKLCH: deep and light in turn, so that any two are told apart. */
const TONES = [
  { l: 0.34, c: 0.11 },
  { l: 0.8, c: 0.12 },
  { l: 0.56, c: 0.15 },
  { l: 0.9, c: 0.09 },
  { l: 0.45, c: 0.13 },
  { l: 0.69, c: 0.14 },
] as const;
/** Hues of each tone. */
const HUES = 10;
const LOOKS = HUES * TONES.length;
/** Step from one number's look to the next one's: it visits all looks, each time with another tone and a far hue. */
const STRIDE = 13;

/** Most digits of the number that a seed ends in: pages often name their pictures `card-1`, `card-2` and so on. */
const MAX_DIGITS = 9;

/** The index of a seed's look, from the SHA-256 of its name and from its number. */
function lookOf(seed: string): number {
  const [number = ''] = /\d+$/.exec(seed.slice(-MAX_DIGITS)) ?? [];
  const name = seed.slice(0, seed.length - number.length);
  const start = createHash('sha256').update(name).digest().readUInt32BE(0) % LOOKS;
  return (start + Number(number) * STRIDE) % LOOKS;
}

/** A stable pair for any string: one of 60 colours that are easy to tell apart, and an ink for it. */
export function seededPair(seed: string): Pair {
  const look = lookOf(seed);
  const tone = look % TONES.length;
  const { l, c } = TONES[tone] as (typeof TONES)[number];
  // The hues of the tones are interleaved.
  const h = ((Math.floor(look / TONES.length) + tone / TONES.length) * 360) / HUES;
  const background = fromOklch({ l, c, h });
  return { background, foreground: readableOn([background]) };
}
