import { between, shown, tone } from '../colors/mixing.ts';
import type { Palette } from '../colors/palette.ts';
import { type Drawing, down, fade, flat, type Shape } from '../drawing.ts';
import { type Frame, noise, ramp } from '../frame.ts';
import { birds, placeSun, sky, stars, sunDisc, weather } from '../land/sky.ts';
import { roundTree } from '../land/trees.ts';
import { Path } from '../path.ts';
import { type Building, row, rowShapes } from './buildings.ts';

/** Water in front of the town, with long reflections of its lights. */
function waterfront(frame: Frame, ground: number, rows: readonly (readonly Building[])[]): Shape[] {
  const { width, height, unit, palette } = frame;
  const random = frame.random.fork();
  const water = new Path().rect(0, ground, width, height - ground + 1);
  const reflected = new Path();
  for (const { x, width: w, top } of rows.flat()) {
    const length = Math.min(height - ground, (ground - top) * 0.55);
    const pieces = 5;
    for (let i = 0; i < pieces; i++) {
      const y = ground + (length * i) / pieces;
      const h = (length / pieces) * (0.9 - 0.13 * i);
      reflected.rect(x + random.range(-0.06, 0.06) * w, y, w * random.range(0.85, 1.05), h);
    }
  }
  const streaks = new Path();
  for (let i = 0; i < 26; i++) {
    const depth = random.next();
    const y = ground + (height - ground) * (0.06 + 0.9 * depth);
    const length = unit * random.range(0.02, 0.09) * (0.6 + depth);
    const thickness = Math.max(1, unit * 0.0032 * (0.7 + depth));
    streaks.roundRect(random.range(-0.05, 1) * width, y, length, thickness, thickness / 2);
  }
  const light = palette.isDark ? palette.accents[0] : palette.light;
  return [
    {
      path: water,
      paint: down(
        ground,
        height,
        ramp([between(palette.water, palette.sky[2], 0.35), tone(palette.water, -0.2)]),
      ),
    },
    { path: reflected, paint: flat(fade(shown(tone(palette.near, -0.1)), 0.3)) },
    { path: streaks, paint: flat(fade(shown(light), palette.isDark ? 0.5 : 0.55)) },
  ];
}

/** Trees along the street before the town. */
function park(frame: Frame, ground: number): Shape[] {
  const { width, height, unit, palette } = frame;
  const random = frame.random.fork();
  const path = new Path().rect(0, ground, width, height - ground + 1);
  const size = unit * 0.075;
  const groves = noise(random, 2, 0.5);
  const count = Math.floor(width / (size * 0.6));
  for (let i = 0; i < count; i++) {
    const at = (i + random.next()) / count;
    if (groves((at * width * 2) / unit) > -0.15)
      roundTree(path, random, at * width, ground + size * 0.05, size * random.range(0.6, 1.1));
  }
  const leaves = palette.isDark
    ? tone(palette.near, -0.25)
    : tone(between(palette.near, { l: 0.35, c: 0.07, h: 150 }, 0.35), -0.12);
  return [{ path, paint: down(ground - size, height, ramp([leaves, tone(leaves, -0.2)], 1)) }];
}

/** Hues of leaves, which are wrong for walls. */
const LEAVES = { from: 95, to: 190 };

/** Turns a palette of meadows into one of walls. */
function built(palette: Palette): Palette {
  const { near, water, isGiven } = palette;
  if (isGiven || near.h < LEAVES.from || near.h > LEAVES.to) return palette;
  return { ...palette, near: { l: near.l * 0.92, c: near.c * 0.75, h: water.h + 15 } };
}

/** A town seen from across the water or a park: three rows of towers in the haze, with lights at night. */
export function skyline(given: Frame): Drawing {
  const frame = { ...given, palette: built(given.palette) };
  const { width, height, unit, random, palette } = frame;
  const hasWater = random.chance(0.55);
  const ground = height * (hasWater ? random.range(0.68, 0.78) : random.range(0.86, 0.92));
  const sun = placeSun(frame, ground * 0.72);
  const shapes: Shape[] = [...stars(frame, ground * 0.8), ...sunDisc(frame, sun)];
  shapes.push(...weather(frame, ground * 0.7));
  if (!palette.isDark && random.chance(0.4)) shapes.push(...birds(frame, ground * 0.6));
  const tall = Math.min(ground * 0.86, unit * random.range(0.7, 0.85));
  const far = row(frame, ground, tall * 0.86, unit * 0.075, 0.14);
  const middle = row(frame, ground, tall, unit * 0.105, 0.45);
  const near = row(frame, ground, tall * 0.62, unit * 0.13, 0.86);
  shapes.push(...rowShapes(frame, far, ground, 0.14));
  shapes.push(...rowShapes(frame, middle, ground, 0.45));
  shapes.push(...rowShapes(frame, near, ground, 0.86));
  shapes.push(...(hasWater ? waterfront(frame, ground, [middle, near]) : park(frame, ground)));
  return { width, height, backdrop: sky(frame, ground, sun), shapes };
}
