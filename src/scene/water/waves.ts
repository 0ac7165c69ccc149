import type { Oklch } from '../../color/oklch.ts';
import { between, shown, tone } from '../colors/mixing.ts';
import { type Drawing, down, fade, flat, glow, type Shape } from '../drawing.ts';
import { type Frame, noise, ramp } from '../frame.ts';
import type { Ridge } from '../land/ridge.ts';
import { birds, placeSun, type Sun, sky, stars, sunDisc, weather } from '../land/sky.ts';
import { Path, type Point } from '../path.ts';
import { boat, coast } from './boats.ts';

/** A swell from edge to edge: humps with round tops, or the pointed ones of a wind sea. */
function swellRidge({ width, unit, random }: Frame, base: number, height: number, length: number): Ridge {
  const shift = random.range(0, 10);
  const drift = noise(random, 2, 0.4);
  const slow = noise(random, 1);
  return (share) => {
    const x = (share * width) / (unit * length) + shift + drift((share * width) / unit) * 0.35;
    const tall = 0.65 + 0.35 * slow((share * width * 0.9) / unit);
    return base - height * tall * Math.cos(x * 2 * Math.PI);
  };
}

/** The water under a ridge, and a light edge along its crest. */
function swell(frame: Frame, ridge: Ridge, depth: number, base: number, height: number): Shape[] {
  const { width, unit, palette } = frame;
  const points = Math.ceil((width / unit) * 22);
  const line = Array.from({ length: points + 1 }, (_, i): Point => [(width * i) / points, ridge(i / points)]);
  const under = (dy: (share: number) => number, floor: number): Path => {
    const moved = line.map(([x, y], i): Point => [x, y + dy(i / points)]);
    const [first, last] = [moved[0] as Point, moved.at(-1) as Point];
    return new Path().move(first[0], first[1]).through(moved).line(last[0], floor).line(0, floor).close();
  };
  const color = water(frame, depth);
  const crest = between(color, between(palette.sky[2], palette.glow, 0.5), 0.3 + 0.12 * depth);
  const thick = unit * (0.004 + 0.012 * depth);
  const bend = noise(frame.random, 2, 0.5);
  const bottom = base + height + unit * (0.08 + 0.2 * depth);
  return [
    // Only the visible part of the crest.
    { path: under(() => 0, base + height + 2 * thick), paint: flat(shown(crest)) },
    {
      path: under((share) => thick * (0.9 + 0.8 * bend((share * width * 3) / unit)), frame.height + 1),
      paint: down(base - height, bottom, ramp([between(color, palette.sky[2], 0.14), tone(color, -0.12)], 2)),
    },
  ];
}

/** The colour of the sea: `depth` is 0 at the horizon, 1 nearby. */
function water({ palette }: Frame, depth: number): Oklch {
  const away = between(palette.water, palette.far, 0.5);
  return depth < 0.5
    ? between(away, palette.water, depth * 2)
    : between(palette.water, tone(between(palette.water, palette.near, 0.35), -0.25), (depth - 0.5) * 2);
}

function glitter({ height, unit, palette, random }: Frame, top: number, bottom: number, sun: Sun): Shape {
  const path = new Path();
  const rows = 18;
  for (let i = 0; i < rows; i++) {
    const depth = (i + 0.5) / rows;
    const y = top + (bottom - top) * depth + 1;
    const spread = sun.radius * (0.5 + 1.1 * depth);
    for (let k = random.int(1, 3); k > 0; k--) {
      const length = sun.radius * random.range(0.25, 0.95) * (0.6 + depth);
      const thickness = Math.max(0.8, unit * (0.002 + 0.003 * depth));
      const x = sun.x + random.range(-1, 1) * spread - length / 2;
      if (y < height) path.roundRect(x, y, length, thickness, thickness / 2);
    }
  }
  return { path, paint: flat(fade(shown(palette.light), palette.isDark ? 0.55 : 0.75)) };
}

/** The open sea under a low sun: swells that come nearer, a coast, a sail. */
export function waves(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const horizon = height * random.range(0.36, 0.55);
  const sun = placeSun(frame, horizon);
  const shapes: Shape[] = [...stars(frame, horizon), ...sunDisc(frame, sun)];
  shapes.push(...weather(frame, horizon));
  if (!palette.isDark && random.chance(0.4)) shapes.push(...birds(frame, horizon));
  if (random.chance(0.6)) shapes.push(...coast(frame, horizon));
  const sea = new Path().rect(0, horizon, width, height - horizon + 1);
  const first = horizon + (height - horizon) * 0.24;
  shapes.push(
    { path: sea, paint: down(horizon, first, ramp([water(frame, 0), water(frame, 0.25)], 2)) },
    { path: sea, paint: glow(sun.x, horizon, unit * 0.5, unit * 0.16, shown(palette.glow), 0.55) },
    glitter(frame, horizon, first, sun),
  );
  const count = random.int(4, 5);
  const sails = random.chance(0.65) ? random.int(0, 1) : -1;
  for (let i = 0; i < count; i++) {
    const depth = 0.28 + (0.72 * i) / (count - 1);
    const base = horizon + (height - horizon) * (0.2 + 0.66 * (i / (count - 1)) ** 1.15);
    const tall = unit * (0.008 + 0.034 * depth ** 1.5);
    const ridge = swellRidge(frame, base, tall, 0.22 + 0.5 * depth);
    if (i === sails) {
      const at = random.range(0.15, 0.85);
      shapes.push(...boat(frame, at * width, ridge(at) + unit * 0.004));
    }
    shapes.push(...swell(frame, ridge, depth, base, tall));
  }
  return { width, height, backdrop: sky(frame, horizon, sun), shapes };
}
