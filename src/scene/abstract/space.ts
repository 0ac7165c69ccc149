import type { Oklch } from '../../color/oklch.ts';
import { between, shown, tone } from '../colors/mixing.ts';
import { along, type Drawing, fade, flat, glow, type Paint, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';

function starField({ width, height, unit, random }: Frame): Shape[] {
  const groups: [radius: number, alpha: number, count: number][] = [
    [0.0013, 0.5, 70],
    [0.002, 0.75, 34],
    [0.0032, 0.95, 10],
  ];
  return groups.map(([radius, alpha, count]) => {
    const path = new Path();
    for (let i = 0; i < count; i++)
      path.dot(
        random.range(0, width),
        random.range(0, height),
        Math.max(0.5, unit * radius * random.range(0.8, 1.3)),
      );
    return { path, paint: flat([255, 252, 244, Math.round(alpha * 255)]) };
  });
}

/** The half of a ring in front of its planet or behind it: half of an elliptical band. */
function ringHalf(across: number, down: number, thickness: number, isFront: boolean): Path {
  const s = isFront ? 1 : -1;
  const [inner, low] = [across - thickness, down - (thickness * down) / across];
  const k = 1.3333;
  // The halves overlap where they meet, to avoid a visible seam.
  const lap = down * 0.04;
  return new Path()
    .move(-across, -s * lap)
    .line(-across, 0)
    .curve(-across, s * down * k, across, s * down * k, across, 0)
    .line(across, -s * lap)
    .line(inner, -s * lap)
    .line(inner, 0)
    .curve(inner, s * low * k, -inner, s * low * k, -inner, 0)
    .line(-inner, -s * lap)
    .close();
}

/** A band of cloud from one latitude to another, bounded by two arcs as on a ball of radius 1. */
function cloudBand(from: number, to: number): Path {
  const reach = (at: number): number => Math.sqrt(Math.max(0, 1 - at * at)) * 0.995;
  const [a, b] = [reach(from), reach(to)];
  const sag = 0.16;
  const edge = (a + b) / 2 + 0.02;
  const [upper, lower] = [from + (to - from) * 0.35, from + (to - from) * 0.65];
  return new Path()
    .move(-a, from)
    .curve(-a * 0.5, from + sag, a * 0.5, from + sag, a, from)
    .curve(edge, upper, edge, lower, b, to)
    .curve(b * 0.5, to + sag, -b * 0.5, to + sag, -b, to)
    .curve(-edge, lower, -edge, upper, -a, from)
    .close();
}

/** Light and shade of a ball that is lit from the upper left. */
function shading(x: number, y: number, radius: number, color: Oklch): Paint {
  const night = shown({ l: 0.1, c: 0.03, h: color.h });
  const reach = Math.round(radius * 1.75);
  return {
    kind: 'radial',
    center: [Math.round(x - radius * 0.55), Math.round(y - radius * 0.55)],
    radius: [reach, reach],
    stops: [
      [0, fade(shown(tone(color, 0.5)), 0.35)],
      [0.3, fade(shown(tone(color, 0.3)), 0.12)],
      [0.5, fade(night, 0.06)],
      [0.75, fade(night, 0.5)],
      [1, fade(night, 0.82)],
    ],
  };
}

/** A planet: bands of cloud, lit from one side, perhaps with a ring. */
function planet(
  { random }: Frame,
  x: number,
  y: number,
  radius: number,
  color: Oklch,
  second: Oklch,
  hasRing: boolean,
): Shape[] {
  const shapes: Shape[] = [];
  const tilt = random.range(-0.45, 0.45);
  const ring = (isFront: boolean): Shape => ({
    path: ringHalf(radius * 1.75, radius * 0.38, radius * 0.38, isFront).placed(x, y, tilt),
    paint: flat(shown(tone(second, 0.2))),
  });
  if (hasRing) shapes.push(ring(false));
  const ball = new Path().circle(x, y, radius);
  shapes.push({ path: ball, paint: flat(shown(color)) });
  const bands = random.int(2, 4);
  for (let i = 0; i < bands; i++) {
    const from = -0.8 + (1.5 * (i + random.range(0.1, 0.4))) / bands;
    const band = cloudBand(from, from + random.range(0.12, 0.3));
    const cloud = i % 2 === 0 ? second : tone(color, 0.3);
    shapes.push({ path: band.placed(x, y, tilt, radius), paint: flat(fade(shown(cloud), 0.5)) });
  }
  shapes.push({ path: ball, paint: shading(x, y, radius, color) });
  if (hasRing) shapes.push(ring(true));
  return shapes;
}

/** Planets among stars and mist. */
export function space(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const vivid = palette.set.map(
    (color): Oklch => ({
      l: Math.min(0.75, Math.max(0.6, color.l)),
      c: palette.isGiven ? color.c : Math.max(0.11, color.c),
      h: color.h,
    }),
  );
  const [first, second, third] = vivid as [Oklch, Oklch, Oklch];
  const dark: Oklch = {
    l: 0.17,
    c: 0.05,
    h: palette.isGiven ? first.h : (first.h + 200) % 360 < 60 ? 280 : 270,
  };
  const reach = Math.max(width, height);
  const [x, y] = [
    width * (random.chance(0.5) ? random.range(0.24, 0.4) : random.range(0.6, 0.76)),
    height * random.range(0.36, 0.62),
  ];
  const radius = unit * random.range(0.17, 0.27);
  const shapes: Shape[] = [...starField(frame)];
  shapes.push(...planet(frame, x, y, radius, first, second, random.chance(0.6)));
  const moons = random.int(1, 2);
  for (let i = 0; i < moons; i++) {
    const angle = random.range(0, Math.PI * 2);
    const away = radius * random.range(2.1, 2.8);
    const [mx, my] = [x + Math.cos(angle) * away, y + Math.sin(angle) * away * 0.6];
    shapes.push(
      ...planet(
        frame,
        mx,
        my,
        radius * random.range(0.14, 0.32),
        i === 0 ? third : tone(second, 0.2),
        first,
        false,
      ),
    );
  }
  return {
    width,
    height,
    backdrop: [
      along(0, 0, width, height, ramp([dark, { ...dark, l: 0.11 }])),
      glow(width - x, height * random.next(), reach * 0.6, unit * 0.6, shown(second), 0.38),
      glow(x, y, reach * 0.55, unit * 0.7, shown(between(first, third, 0.5)), 0.34),
      glow(width * random.next(), height * random.next(), reach * 0.4, reach * 0.3, shown(third), 0.28),
    ],
    shapes,
  };
}
