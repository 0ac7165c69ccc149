import { createHash } from 'node:crypto';
import { type Color, parseColor, readableOn } from './color.ts';

/** A background and an ink that go together. */
export interface Pair {
  readonly background: Color;
  readonly foreground: Color;
}

/** Named pairs: background, ink. The first six are those of holder.js, under its names. */
const TABLE = {
  gray: ['eeeeee', 'aaaaaa'],
  social: ['3a5a97', 'ffffff'],
  industrial: ['434a52', 'c2f200'],
  sky: ['0d8fdb', 'ffffff'],
  vine: ['39dbac', '1e292c'],
  lava: ['f8591a', '1c2846'],
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

/** The pair that a name in any case means; undefined for none. */
export function themeNamed(name: string): Pair | undefined {
  const key = THEME_NAMES.find((theme) => theme === name.trim().toLowerCase());
  if (!key) return undefined;
  const [background, foreground] = TABLE[key];
  return { background: parseColor(background, 'theme'), foreground: parseColor(foreground, 'theme') };
}

/** HSL with hue in degrees and the rest from 0 to 1, as sRGB (CSS Color 4, 7.1). */
function fromHsl(hue: number, saturation: number, lightness: number): Color {
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    const amplitude = saturation * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4), 255];
}

/** A stable pair for any string: a hue, and either a pale or a deep tone of it, picked by the string's SHA-256. */
export function seededPair(seed: string): Pair {
  const bytes = createHash('sha256').update(seed).digest();
  const hue = (bytes.readUInt16BE(0) / 65536) * 360;
  const saturation = 0.4 + (bytes.readUInt8(2) / 255) * 0.25;
  const step = (bytes.readUInt8(3) / 255) * 0.12;
  const lightness = bytes.readUInt8(4) < 128 ? 0.26 + step : 0.74 + step;
  const background = fromHsl(hue, saturation, lightness);
  return { background, foreground: readableOn([background]) };
}
