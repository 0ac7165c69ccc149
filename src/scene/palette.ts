import { fromOklch, type Oklch, toOklch } from '../color/oklch.ts';
import type { Color } from '../color/rgb.ts';
import { Random } from './random.ts';

/** The colours of one drawn picture, chosen to go together. */
export interface Palette {
  /** From the top of the sky down to the horizon. */
  readonly sky: readonly [top: Oklch, middle: Oklch, horizon: Oklch];
  /** Sun or moon. */
  readonly light: Oklch;
  /** What the light colours around it. */
  readonly glow: Oklch;
  /** What is far away, in the haze, and what is near. */
  readonly far: Oklch;
  readonly near: Oklch;
  /** Water in the middle distance. */
  readonly water: Oklch;
  /** Small things that stand out: a sail, a window, a roof. */
  readonly accents: readonly [Oklch, Oklch, Oklch];
  /** Whether it is dark: stars are out, windows lit. */
  readonly isDark: boolean;
  /** How high sun or moon stand: 0 on the horizon, 1 at the top. */
  readonly height: number;
  /** Equals among each other: what a picture without a horizon is made of. The first one is the largest. */
  readonly set: readonly Oklch[];
  /** Whether the colours were given: nothing is drawn in others then. */
  readonly isGiven: boolean;
}

type Row = readonly [l: number, c: number, h: number];

interface Mood {
  readonly sky: readonly [top: Row, middle: Row, horizon: Row];
  readonly light: Row;
  readonly glow: Row;
  readonly far: Row;
  /** One of these is the ground. */
  readonly near: readonly [Row, ...Row[]];
  readonly water: Row;
  readonly accents: readonly [Row, Row, Row];
  readonly isDark?: true;
  readonly height: readonly [low: number, high: number];
}

/** Times of day and kinds of weather: lightness, chroma and hue of each part. */
const TABLE = {
  dawn: {
    sky: [
      [0.68, 0.085, 280],
      [0.82, 0.085, 350],
      [0.93, 0.07, 70],
    ],
    light: [0.985, 0.045, 90],
    glow: [0.94, 0.1, 65],
    far: [0.79, 0.065, 330],
    near: [
      [0.31, 0.075, 285],
      [0.33, 0.07, 245],
    ],
    water: [0.62, 0.07, 265],
    accents: [
      [0.75, 0.15, 45],
      [0.95, 0.05, 80],
      [0.62, 0.16, 15],
    ],
    height: [0.06, 0.3],
  },
  morning: {
    sky: [
      [0.75, 0.09, 235],
      [0.87, 0.05, 220],
      [0.965, 0.045, 95],
    ],
    light: [0.995, 0.03, 100],
    glow: [0.975, 0.075, 95],
    far: [0.83, 0.05, 215],
    near: [
      [0.36, 0.075, 165],
      [0.38, 0.07, 200],
      [0.42, 0.09, 140],
    ],
    water: [0.62, 0.085, 215],
    accents: [
      [0.68, 0.19, 30],
      [0.98, 0.02, 95],
      [0.8, 0.15, 80],
    ],
    height: [0.35, 0.65],
  },
  noon: {
    sky: [
      [0.62, 0.13, 248],
      [0.76, 0.09, 238],
      [0.92, 0.04, 220],
    ],
    light: [1, 0.02, 100],
    glow: [0.99, 0.04, 100],
    far: [0.77, 0.065, 232],
    near: [
      [0.43, 0.11, 145],
      [0.45, 0.1, 125],
      [0.4, 0.08, 170],
    ],
    water: [0.56, 0.11, 232],
    accents: [
      [0.65, 0.21, 28],
      [0.99, 0.01, 95],
      [0.85, 0.16, 90],
    ],
    height: [0.6, 0.85],
  },
  golden: {
    sky: [
      [0.74, 0.085, 50],
      [0.85, 0.105, 68],
      [0.95, 0.085, 90],
    ],
    light: [0.99, 0.055, 98],
    glow: [0.96, 0.12, 85],
    far: [0.79, 0.095, 60],
    near: [
      [0.29, 0.055, 45],
      [0.31, 0.06, 110],
      [0.28, 0.05, 15],
    ],
    water: [0.55, 0.055, 205],
    accents: [
      [0.6, 0.17, 35],
      [0.97, 0.05, 90],
      [0.5, 0.09, 230],
    ],
    height: [0.08, 0.35],
  },
  sunset: {
    sky: [
      [0.42, 0.115, 292],
      [0.64, 0.165, 10],
      [0.86, 0.135, 68],
    ],
    light: [0.96, 0.09, 88],
    glow: [0.86, 0.155, 55],
    far: [0.58, 0.13, 350],
    near: [
      [0.2, 0.055, 300],
      [0.22, 0.06, 270],
    ],
    water: [0.36, 0.1, 290],
    accents: [
      [0.82, 0.16, 75],
      [0.94, 0.08, 90],
      [0.66, 0.19, 20],
    ],
    height: [0.02, 0.22],
  },
  dusk: {
    sky: [
      [0.29, 0.085, 272],
      [0.48, 0.105, 298],
      [0.76, 0.11, 352],
    ],
    light: [0.97, 0.03, 80],
    glow: [0.8, 0.12, 5],
    far: [0.5, 0.095, 305],
    near: [
      [0.17, 0.05, 280],
      [0.18, 0.045, 250],
    ],
    water: [0.27, 0.075, 272],
    accents: [
      [0.86, 0.14, 85],
      [0.95, 0.06, 95],
      [0.7, 0.17, 0],
    ],
    isDark: true,
    height: [0.4, 0.8],
  },
  night: {
    sky: [
      [0.17, 0.05, 270],
      [0.27, 0.07, 262],
      [0.43, 0.08, 248],
    ],
    light: [0.965, 0.03, 100],
    glow: [0.7, 0.06, 235],
    far: [0.37, 0.07, 255],
    near: [
      [0.125, 0.03, 260],
      [0.13, 0.035, 230],
    ],
    water: [0.22, 0.055, 258],
    accents: [
      [0.87, 0.14, 88],
      [0.94, 0.07, 95],
      [0.75, 0.13, 60],
    ],
    isDark: true,
    height: [0.5, 0.85],
  },
  mist: {
    sky: [
      [0.81, 0.03, 215],
      [0.88, 0.022, 210],
      [0.945, 0.016, 190],
    ],
    light: [0.995, 0.01, 100],
    glow: [0.98, 0.02, 100],
    far: [0.86, 0.024, 205],
    near: [
      [0.35, 0.042, 195],
      [0.36, 0.045, 160],
      [0.34, 0.04, 240],
    ],
    water: [0.66, 0.03, 210],
    accents: [
      [0.66, 0.15, 35],
      [0.97, 0.01, 100],
      [0.75, 0.1, 80],
    ],
    height: [0.3, 0.6],
  },
  autumn: {
    sky: [
      [0.8, 0.045, 215],
      [0.9, 0.035, 90],
      [0.955, 0.045, 85],
    ],
    light: [0.99, 0.04, 95],
    glow: [0.97, 0.07, 85],
    far: [0.83, 0.075, 70],
    near: [
      [0.4, 0.12, 42],
      [0.36, 0.1, 28],
      [0.42, 0.1, 65],
    ],
    water: [0.58, 0.06, 205],
    accents: [
      [0.58, 0.18, 30],
      [0.97, 0.03, 90],
      [0.76, 0.15, 75],
    ],
    height: [0.25, 0.55],
  },
  blossom: {
    sky: [
      [0.84, 0.06, 310],
      [0.9, 0.06, 345],
      [0.96, 0.03, 40],
    ],
    light: [0.995, 0.02, 60],
    glow: [0.98, 0.05, 30],
    far: [0.84, 0.07, 345],
    near: [
      [0.4, 0.11, 355],
      [0.38, 0.09, 310],
      [0.36, 0.06, 190],
    ],
    water: [0.66, 0.07, 250],
    accents: [
      [0.7, 0.17, 10],
      [0.98, 0.02, 60],
      [0.78, 0.12, 180],
    ],
    height: [0.3, 0.6],
  },
  lagoon: {
    sky: [
      [0.58, 0.095, 205],
      [0.75, 0.09, 192],
      [0.93, 0.055, 170],
    ],
    light: [0.99, 0.04, 120],
    glow: [0.96, 0.08, 150],
    far: [0.74, 0.085, 190],
    near: [
      [0.23, 0.05, 210],
      [0.25, 0.055, 180],
    ],
    water: [0.5, 0.085, 205],
    accents: [
      [0.76, 0.16, 50],
      [0.97, 0.03, 120],
      [0.7, 0.16, 20],
    ],
    height: [0.15, 0.5],
  },
  aurora: {
    sky: [
      [0.16, 0.05, 285],
      [0.28, 0.075, 230],
      [0.56, 0.12, 168],
    ],
    light: [0.97, 0.03, 150],
    glow: [0.72, 0.13, 160],
    far: [0.38, 0.075, 205],
    near: [
      [0.12, 0.035, 240],
      [0.13, 0.035, 190],
    ],
    water: [0.25, 0.06, 215],
    accents: [
      [0.86, 0.14, 90],
      [0.95, 0.05, 120],
      [0.7, 0.15, 320],
    ],
    isDark: true,
    height: [0.5, 0.8],
  },
} as const satisfies Record<string, Mood>;

export type MoodName = keyof typeof TABLE;
export const MOOD_NAMES = Object.keys(TABLE) as [MoodName, ...MoodName[]];

/** Hues of one mood differ from picture to picture by so many degrees either way, all together. */
const TURN = 14;

function shifted([l, c, h]: Row, turn: number, strength: number): Oklch {
  return { l, c: c * strength, h: (h + turn + 360) % 360 };
}

/** Hues of a set, in degrees from its first one: neighbours, for what lies between opposites is mud. */
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

/** Hues that are mud where they are deep: olive and brown. */
const MUDDY = { from: 65, to: 135 };

/** A set of colours from anywhere on the wheel that go together. */
function harmony(random: Random): Oklch[] {
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
function extended(colors: readonly Oklch[]): Oklch[] {
  const set = [...colors];
  const by = [0.35, -0.25, 0.6, -0.4];
  for (let i = 0; set.length < 5; i++) {
    const color = colors[i % colors.length] as Oklch;
    const moved = tone(color, by[Math.floor(i / colors.length) % by.length] as number);
    set.push(colors.length === 1 ? { ...moved, h: (moved.h + (i % 2 === 0 ? 14 : 346)) % 360 } : moved);
  }
  return set;
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

/** Below this chroma a colour's hue is hardly seen, and is no way to another. */
const FAINT = 0.055;

/**
 * From one colour to another: by lightness, chroma and the shorter way round the hues, which passes no mud; but straight
 * where one of them is nearly grey, for a way round the hues would pass colours that belong to neither.
 */
export function between(from: Oklch, to: Oklch, amount: number): Oklch {
  const l = from.l + (to.l - from.l) * amount;
  if (Math.min(from.c, to.c) < FAINT) {
    const radians = Math.PI / 180;
    const a = from.c * Math.cos(from.h * radians) * (1 - amount) + to.c * Math.cos(to.h * radians) * amount;
    const b = from.c * Math.sin(from.h * radians) * (1 - amount) + to.c * Math.sin(to.h * radians) * amount;
    return { l, c: Math.hypot(a, b), h: (Math.atan2(b, a) / radians + 360) % 360 };
  }
  const turn = ((to.h - from.h + 540) % 360) - 180;
  return { l, c: from.c + (to.c - from.c) * amount, h: (from.h + turn * amount + 360) % 360 };
}

/** A colour made lighter or darker, by a share of the way to white or black. */
export function tone({ l, c, h }: Oklch, by: number): Oklch {
  return by >= 0
    ? { l: l + (1 - l) * by, c: c * (1 - by * 0.6), h }
    : { l: l * (1 + by), c: c * (1 + by * 0.4), h };
}

const lighter = (color: Oklch, l: number): Oklch => ({
  ...color,
  l: Math.max(color.l, l),
  c: Math.min(color.c, 0.1),
});

/**
 * A palette of one to four given colours: the lightest is the horizon and the light, the darkest the ground, what is in
 * between the sky and the distance. A single colour is all of them, in tints and shades.
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
  /** Moods that the seed chooses from; all by default. */
  readonly moods?: readonly [MoodName, ...MoodName[]] | undefined;
}

/** The palette of a picture: of its colours, else of its seed. The same options give the same palette. */
export function createPalette({ seed, colors, moods = MOOD_NAMES }: PaletteOptions): Palette {
  const random = new Random(seed, 'palette');
  return colors?.length ? ofColors(colors, random) : ofMood(TABLE[random.pick(moods)], random);
}

/** The colour that a screen shows. */
export function shown(color: Oklch): Color {
  return fromOklch(color);
}
