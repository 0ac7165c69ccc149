import type { Oklch } from '../../color/oklch.ts';
import type { Random } from '../random.ts';
import { tone } from './mixing.ts';

/** Hues of a set, in degrees from its first one: neighbours, because colours between opposites are muddy. */
const SCHEMES = [
  [0, 28, -30, 55, 14],
  [0, 40, -24, 80, 20],
  [0, -45, 35, 70, -20],
  [0, 50, 100, 25, 75],
  [0, 30, -35, 165, -60],
] as const;

/** Lightness and chroma of a set's colours. */
const TONES = [
  { l: [0.88, 0.82, 0.93, 0.79, 0.95], c: [0.08, 0.11, 0.05, 0.12, 0.04] },
  { l: [0.74, 0.66, 0.85, 0.78, 0.92], c: [0.14, 0.18, 0.11, 0.14, 0.07] },
  { l: [0.56, 0.65, 0.76, 0.86, 0.47], c: [0.19, 0.19, 0.15, 0.1, 0.19] },
  { l: [0.33, 0.46, 0.58, 0.72, 0.26], c: [0.13, 0.18, 0.19, 0.15, 0.1] },
] as const;

/** Hues that look muddy when deep: olive and brown. */
const MUDDY = { from: 65, to: 135 };

/** A set of colours from anywhere on the wheel that go together. */
export function harmony(random: Random): Oklch[] {
  const around = random.range(MUDDY.to, MUDDY.from + 360);
  const scheme = random.pick(SCHEMES);
  const { l, c } = random.pick(TONES);
  const turn = random.chance(0.5) ? 1 : -1;
  return scheme.map((hue, i) => {
    const h = (around + hue * turn + 720) % 360;
    const lightness = l[i] as number;
    const isMud = h > MUDDY.from && h < MUDDY.to && lightness < 0.72;
    return {
      l: isMud ? lightness + (0.78 - lightness) * 0.7 : lightness,
      c: (c[i] as number) * random.range(0.9, 1.1),
      h,
    };
  });
}

/** A set of given colours: five, in tints and shades where fewer are given. */
export function extended(colors: readonly Oklch[]): Oklch[] {
  const set = [...colors];
  const by = [0.35, -0.25, 0.6, -0.4];
  for (let i = 0; set.length < 5; i++) {
    const color = colors[i % colors.length] as Oklch;
    const moved = tone(color, by[Math.floor(i / colors.length) % by.length] as number);
    set.push(colors.length === 1 ? { ...moved, h: (moved.h + (i % 2 === 0 ? 14 : 346)) % 360 } : moved);
  }
  return set;
}
