import { type Oklch, toOklch } from '../../color/oklch.ts';
import type { Color } from '../../color/rgb.ts';
import { Random } from '../random.ts';
import { extended, harmony } from './harmony.ts';
import { between, tone } from './mixing.ts';
import { MOODS, type Mood, type Row } from './moods.ts';

/** The colours of one drawn picture, chosen to go together. */
export interface Palette {
  /** From the top of the sky down to the horizon. */
  readonly sky: readonly [top: Oklch, middle: Oklch, horizon: Oklch];
  /** Sun or moon. */
  readonly light: Oklch;
  /** The glow around the light. */
  readonly glow: Oklch;
  /** Land far away in the haze, and land nearby. */
  readonly far: Oklch;
  readonly near: Oklch;
  /** Water in the middle distance. */
  readonly water: Oklch;
  /** Small things that stand out: a sail, a window, a roof. */
  readonly accents: readonly [Oklch, Oklch, Oklch];
  /** Whether it is dark: stars are out, windows lit. */
  readonly isDark: boolean;
  /** Height of sun or moon: 0 on the horizon, 1 at the top. */
  readonly height: number;
  /** Colours of equal rank, for pictures without a horizon. The first one covers the largest area. */
  readonly set: readonly Oklch[];
  /** Whether the colours were given: then nothing is drawn in other colours. */
  readonly isGiven: boolean;
}

/** All hues of a mood are turned together by up to this many degrees either way, different for each picture. */
const TURN = 14;

function shifted([l, c, h]: Row, turn: number, strength: number): Oklch {
  return { l, c: c * strength, h: (h + turn + 360) % 360 };
}

/** The palette of a mood, a little different for each seed. */
function ofMood(mood: Mood, random: Random): Palette {
  const turn = random.range(-TURN, TURN);
  const strength = random.range(0.85, 1.2);
  const of = (row: Row): Oklch => shifted(row, turn, strength);
  return {
    sky: [of(mood.sky[0]), of(mood.sky[1]), of(mood.sky[2])],
    light: of(mood.light),
    glow: of(mood.glow),
    far: of(mood.far),
    near: of(random.pick(mood.near)),
    water: of(mood.water),
    accents: [of(mood.accents[0]), of(mood.accents[1]), of(mood.accents[2])],
    isDark: mood.isDark ?? false,
    height: random.range(mood.height[0], mood.height[1]),
    set: harmony(random),
    isGiven: false,
  };
}

const lighter = (color: Oklch, l: number): Oklch => ({
  ...color,
  l: Math.max(color.l, l),
  c: Math.min(color.c, 0.1),
});

/**
 * A palette of one to four given colours: the lightest is for the horizon and the light, the darkest for the ground,
 * the others for the sky and the distance. A single colour serves for all, in tints and shades.
 */
function ofColors(colors: readonly Color[], random: Random): Palette {
  const sorted = colors.map(toOklch).sort((a, b) => b.l - a.l);
  const [first, last] = [sorted[0] as Oklch, sorted.at(-1) as Oklch];
  const single = sorted.length === 1;
  const turn = single ? random.range(-22, 22) : 0;
  const turned = (color: Oklch): Oklch => ({ ...color, h: (color.h + turn + 360) % 360 });
  const isDark = single ? first.l < 0.35 : first.l < 0.55;
  const horizon = single ? tone(turned(first), isDark ? 0.28 : 0.62) : first;
  const dark = single ? tone(turned(first), first.l > 0.5 ? -0.6 : -0.5) : last;
  const near = dark.l > 0.42 ? { ...dark, l: 0.42 } : dark;
  const middle = sorted[1] ?? first;
  const top = single ? first : sorted.length === 2 ? between(first, last, 0.4) : middle;
  const far = sorted.length === 4 ? (sorted[2] as Oklch) : between(between(top, horizon, 0.5), near, 0.25);
  const light = lighter(horizon, 0.97);
  return {
    sky: [top, between(top, horizon, 0.5), horizon],
    light: { ...light, c: light.c * 0.5 },
    glow: lighter(horizon, isDark ? horizon.l + 0.15 : 0.95),
    far,
    near,
    water: between(between(top, far, 0.5), near, 0.45),
    accents: [
      { l: 0.72, c: Math.max(0.06, first.c), h: (first.h + 30) % 360 },
      lighter(horizon, 0.95),
      { l: 0.62, c: Math.max(0.06, last.c), h: (last.h + 330) % 360 },
    ],
    isDark,
    height: random.range(0.15, 0.7),
    set: extended(colors.map(toOklch)),
    isGiven: true,
  };
}

export interface PaletteOptions {
  readonly seed: string;
  /** One to four; none to let the seed choose. */
  readonly colors?: readonly Color[] | undefined;
}

/** The palette of a picture, from its colours, else from its seed. The same options give the same palette. */
export function createPalette({ seed, colors }: PaletteOptions): Palette {
  const random = new Random(seed, 'palette');
  return colors?.length ? ofColors(colors, random) : ofMood(random.pick(MOODS), random);
}
