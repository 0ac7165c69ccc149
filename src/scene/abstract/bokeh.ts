import type { Oklch } from '../../color/oklch.ts';
import { between, shown, tone } from '../colors/mixing.ts';
import { along, type Drawing, fade, flat, glow, type Paint, radial, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';

/** A light out of focus: a disc, brighter at its rim, or soft where it is far out of focus. */
function disc(
  x: number,
  y: number,
  radius: number,
  color: Oklch,
  strength: number,
  isSoft: boolean,
): Shape[] {
  const ink = shown(color);
  const path = new Path().circle(x, y, radius);
  if (isSoft) {
    const paint = radial(x, y, radius, radius, [
      [0, fade(ink, strength)],
      [0.6, fade(ink, strength * 0.85)],
      [0.82, fade(ink, strength * 0.45)],
      [1, fade(ink, 0)],
    ]);
    return [{ path, paint }];
  }
  const rim = radius * 0.93;
  const ring = new Path().circle(x, y, radius);
  // The other way round: a hole.
  ring
    .move(x - rim, y)
    .curve(x - rim, y + rim * 0.5523, x - rim * 0.5523, y + rim, x, y + rim)
    .curve(x + rim * 0.5523, y + rim, x + rim, y + rim * 0.5523, x + rim, y)
    .curve(x + rim, y - rim * 0.5523, x + rim * 0.5523, y - rim, x, y - rim)
    .curve(x - rim * 0.5523, y - rim, x - rim, y - rim * 0.5523, x - rim, y)
    .close();
  return [
    { path, paint: flat(fade(ink, strength)) },
    { path: ring, paint: flat(fade(shown(tone(color, 0.35)), strength * 0.7)) },
  ];
}

/** Hues that are brown and olive in the dark. */
const DULL = { from: 45, to: 140 };

/** A colour in the dark: deep, but still a colour. */
function deep(color: Oklch, l: number, isGiven: boolean): Oklch {
  const isDull = !isGiven && color.h > DULL.from && color.h < DULL.to;
  const h = isDull ? (color.h < 90 ? 20 : 175) : color.h;
  return {
    l: Math.min(l, color.l),
    c: Math.min(0.13, Math.max(color.c > 0.02 ? 0.07 : 0, color.c * 0.8)),
    h,
  };
}

/** Lights out of focus before a dark or a bright ground. */
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
    glow(focus[0], focus[1], reach * 0.6, reach * 0.5, shown(lights[0] as Oklch), isBright ? 0.5 : 0.3),
    glow(width - focus[0], height * random.next(), reach * 0.5, reach * 0.4, shown(lights[2] ?? base), 0.22),
  ];
  const shapes: Shape[] = [];
  // Lights gather along a band through the picture.
  const slope = random.range(-0.5, 0.5);
  const groups: [
    count: number,
    small: number,
    large: number,
    strength: number,
    soft: number,
    spread: number,
  ][] = [
    [5, 0.14, 0.27, 0.16, 1, 0.5],
    [11, 0.06, 0.12, 0.25, 0.25, 0.34],
    [14, 0.02, 0.055, 0.42, 0, 0.24],
  ];
  for (const [count, small, large, strength, soft, spread] of groups) {
    for (let i = 0; i < count; i++) {
      const x = random.range(-0.04, 1.04) * width;
      const off = (random.next() + random.next() + random.next() - 1.5) * 1.4 * spread;
      const y = focus[1] + (x - focus[0]) * slope * (height / width) + off * height;
      const radius = unit * random.range(small, large);
      const color = random.pick(lights as [Oklch, ...Oklch[]]);
      const bright = strength * random.range(0.6, 1.25) * (isBright ? 1.7 : 1.1);
      shapes.push(...disc(x, y, radius, color, Math.min(0.85, bright), random.chance(soft)));
    }
  }
  return { width, height, backdrop, shapes };
}
