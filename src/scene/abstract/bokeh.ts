import type { Oklch } from '../../color/oklch.ts';
import { between, shown, tone } from '../colors/mixing.ts';
import { along, type Drawing, fade, flat, glow, type Paint, radial, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';

/** The look of a light out of focus: a disc, a disc with a bright rim, or a soft one far out of focus. */
type Kind = 'plain' | 'rimmed' | 'soft';

/** A ring: its inner edge runs in the opposite direction. */
function ring(x: number, y: number, radius: number): Path {
  const [inner, k] = [radius * 0.93, radius * 0.93 * 0.5523];
  return new Path()
    .circle(x, y, radius)
    .move(x - inner, y)
    .curve(x - inner, y + k, x - k, y + inner, x, y + inner)
    .curve(x + k, y + inner, x + inner, y + k, x + inner, y)
    .curve(x + inner, y - k, x + k, y - inner, x, y - inner)
    .curve(x - k, y - inner, x - inner, y - k, x - inner, y)
    .close();
}

function disc(x: number, y: number, radius: number, color: Oklch, strength: number, kind: Kind): Shape[] {
  const ink = shown(color);
  const path = new Path().circle(x, y, radius);
  if (kind === 'soft') {
    const paint = radial(x, y, radius, radius, [
      [0, fade(ink, strength)],
      [0.6, fade(ink, strength * 0.85)],
      [0.82, fade(ink, strength * 0.45)],
      [1, fade(ink, 0)],
    ]);
    return [{ path, paint }];
  }
  const whole = { path, paint: flat(fade(ink, strength)) };
  if (kind === 'plain') return [whole];
  return [whole, { path: ring(x, y, radius), paint: flat(fade(shown(tone(color, 0.35)), strength * 0.7)) }];
}

/** A group of lights: their number, smallest and largest size, strength and spread. */
interface Group {
  readonly count: number;
  readonly small: number;
  readonly large: number;
  readonly strength: number;
  readonly spread: number;
  /** Probabilities of a soft light, and of one with a rim. */
  readonly soft: number;
  readonly rimmed: number;
}

const GROUPS: readonly Group[] = [
  { count: 3, small: 0.15, large: 0.28, strength: 0.18, spread: 0.5, soft: 1, rimmed: 0 },
  { count: 10, small: 0.06, large: 0.12, strength: 0.26, spread: 0.34, soft: 0.15, rimmed: 0.5 },
  { count: 13, small: 0.02, large: 0.055, strength: 0.44, spread: 0.24, soft: 0, rimmed: 0.25 },
];

/** Hues that turn brown or olive in the dark, and their replacement. */
const DULL = { from: 45, to: 140, instead: 18 };

/** A colour for the dark: deep, but still colourful. */
function deep({ l, c, h }: Oklch, most: number, isGiven: boolean): Oklch {
  const isDull = !isGiven && h > DULL.from && h < DULL.to;
  const chroma = c > 0.02 ? Math.max(0.07, c * 0.8) : 0;
  return { l: Math.min(most, l), c: Math.min(0.13, chroma), h: isDull ? DULL.instead : h };
}

/** Lights out of focus on a dark or a bright ground. */
export function bokeh({ width, height, unit, random, palette }: Frame): Drawing {
  const [base, ...others] = palette.set as [Oklch, ...Oklch[]];
  const isBright = base.l > 0.8;
  const ground = isBright
    ? between(base, { l: 0.96, c: 0.02, h: base.h }, 0.3)
    : deep(base, 0.27, palette.isGiven);
  const second = isBright ? (others[1] ?? base) : deep(others[0] ?? base, 0.2, palette.isGiven);
  const lights = isBright
    ? [{ l: 0.995, c: 0.01, h: base.h }, ...others.map((color) => tone(color, 0.3))]
    : [...others.map((color): Oklch => ({ ...color, l: Math.max(0.7, color.l) })), tone(base, 0.3)];
  const reach = Math.max(width, height);
  const focus = [random.range(0.2, 0.8) * width, random.range(0.25, 0.75) * height] as const;
  const backdrop: Paint[] = [
    along(0, 0, width, height, ramp([ground, second])),
    glow(focus[0], focus[1], reach * 0.6, reach * 0.5, shown(lights[0] as Oklch), isBright ? 0.45 : 0.24),
    glow(width - focus[0], height * random.next(), reach * 0.5, reach * 0.4, shown(lights[2] ?? base), 0.18),
  ];
  const shapes: Shape[] = [];
  // Lights gather along a band through the picture.
  const slope = random.range(-0.5, 0.5);
  for (const { count, small, large, strength, spread, soft, rimmed } of GROUPS) {
    for (let i = 0; i < count; i++) {
      const x = random.range(-0.04, 1.04) * width;
      const off = (random.next() + random.next() + random.next() - 1.5) * 1.4 * spread;
      const y = focus[1] + (x - focus[0]) * slope * (height / width) + off * height;
      const radius = unit * random.range(small, large);
      const color = random.pick(lights);
      const bright = strength * random.range(0.6, 1.25) * (isBright ? 1.7 : 1.1);
      const chance = random.next();
      const kind = chance < soft ? 'soft' : chance < soft + rimmed ? 'rimmed' : 'plain';
      shapes.push(...disc(x, y, radius, color, Math.min(0.85, bright), kind));
    }
  }
  return { width, height, backdrop, shapes };
}
