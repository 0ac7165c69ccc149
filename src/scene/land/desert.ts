import { between, tone } from '../colors/mixing.ts';
import type { Palette } from '../colors/palette.ts';
import { type Drawing, down, type Shape } from '../drawing.ts';
import { type Frame, noise, ramp } from '../frame.ts';
import { Path, type Point } from '../path.ts';
import { landColor, landPaint, type Ridge } from './ridge.ts';
import { placeSun, sky, stars, sunDisc, weather } from './sky.ts';

/** Turns a palette of meadows or woods into one of sand. */
function sandy(palette: Palette): Palette {
  const {
    near,
    sky: [, , horizon],
    isDark,
    isGiven,
  } = palette;
  const isWarm = near.h < 90 || near.h > 280;
  if (isGiven || isDark || isWarm) return palette;
  const far = between({ l: 0.84, c: 0.065, h: 75 }, horizon, 0.25);
  return { ...palette, far, near: { l: 0.5, c: 0.095, h: 52 } };
}

/** Dunes under a large sun: each with a lit and a shaded flank along a sharp crest. */
export function desert(given: Frame): Drawing {
  const frame = { ...given, palette: sandy(given.palette) };
  const { width, height, unit, random } = frame;
  const horizon = height * random.range(0.45, 0.58);
  const placed = placeSun(frame, horizon);
  const sun = { ...placed, radius: placed.radius * 1.25 };
  const shapes: Shape[] = [...stars(frame, horizon), ...sunDisc(frame, sun)];
  shapes.push(...weather(frame, horizon));
  const mesas = new Path();
  for (let i = 0, x = random.range(-0.1, 0.2) * width; i < 4; i++) {
    const w = unit * random.range(0.12, 0.34);
    const h = unit * random.range(0.05, 0.14);
    const foot = horizon + unit * 0.04;
    mesas.polygon([
      [x + w * 0.16, foot - h - unit * 0.04],
      [x + w * 0.84, foot - h - unit * 0.04],
      [x + w * 0.88, foot - h * 0.6],
      [x + w * 1.05, foot],
      [x - w * 0.05, foot],
      [x + w * 0.12, foot - h * 0.6],
    ]);
    x += w + unit * random.range(0.1, 0.5);
  }
  shapes.push({
    path: mesas,
    paint: landPaint(frame, 0.2, horizon - unit * 0.15, horizon + unit * 0.06, 0.7),
  });
  const count = 4;
  for (let i = 0; i < count; i++) {
    const depth = 0.22 + (0.62 * i) / (count - 1);
    const base = horizon + (height - horizon) * (0.06 + 0.62 * (i / (count - 1)) ** 1.2);
    shapes.push(...dune(frame, base, unit * (0.07 + 0.09 * depth), depth, sun.x));
  }
  return { width, height, backdrop: sky(frame, horizon, sun), shapes };
}

/** A dune: a long crest, and a shaded flank that winds down from it. */
function dune(frame: Frame, base: number, swell: number, depth: number, light: number): Shape[] {
  const { width, height, unit, random, palette } = frame;
  const crest = random.range(0.12, 0.88);
  const sign = crest * width > light ? 1 : -1;
  const long = random.range(0.5, 0.8) * Math.max(1, width / unit);
  const wave = noise(random, 2, 0.3);
  // The windward side rises gently; the other falls steeply.
  const ridge: Ridge = (share) => {
    const d = ((share - crest) * width * sign) / (unit * long);
    const bump = d < 0 ? Math.exp(-d * d * 2.2) : Math.exp(-d * 2.6);
    return base - swell * (bump * 1.5 - 0.3) - wave((share * width) / unit) * swell * 0.12;
  };
  const color = landColor(palette, depth);
  const lit = between(color, palette.glow, palette.isDark ? 0.14 : 0.3);
  const points = Math.ceil((width / unit) * 12);
  const top: Point = [crest * width, ridge(crest)];
  const left: Point[] = [];
  const right: Point[] = [];
  for (let i = 0; i <= points; i++) {
    const x = (i / points) * width;
    if (x < top[0] - unit * 0.01) left.push([x, ridge(i / points)]);
    if (x > top[0] + unit * 0.01) right.push([x, ridge(i / points)]);
  }
  const whole = new Path().move(0, (left[0] ?? top)[1]).through([...left, top]);
  whole
    .through([top, ...right])
    .line(width, height + 1)
    .line(0, height + 1)
    .close();
  const flank = new Path().move(top[0], top[1]);
  const foot = height + 1;
  if (sign > 0) flank.through([top, ...right]).line(width, foot);
  else flank.through([top, ...left.reverse()]).line(0, foot);
  const drop = foot - top[1];
  const reach = unit * random.range(0.25, 0.5) * sign;
  flank
    .line(top[0] + reach, foot)
    .curve(
      top[0] + reach * 1.5,
      top[1] + drop * 0.62,
      top[0] - reach * 0.75,
      top[1] + drop * 0.4,
      top[0],
      top[1],
    )
    .close();
  const end = Math.min(height, base + unit * 0.32);
  const shade = between(color, palette.near, 0.35);
  return [
    { path: whole, paint: down(top[1], end, ramp([lit, color], 2)) },
    { path: flank, paint: down(top[1], end, ramp([tone(shade, -0.2), between(shade, color, 0.4)], 2)) },
  ];
}
