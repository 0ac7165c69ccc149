import type { Oklch } from '../../color/oklch.ts';
import { shown, tone } from '../colors/mixing.ts';
import { fade, flat, type Shape } from '../drawing.ts';
import { Path, type Point } from '../path.ts';
import type { Random } from '../random.ts';

/** Colours of food, whatever the table. */
export const LEAF: Oklch = { l: 0.62, c: 0.15, h: 138 };

export const TOMATO: Oklch = { l: 0.6, c: 0.2, h: 28 };

export const CREAM: Oklch = { l: 0.96, c: 0.03, h: 90 };

export const CRUST: Oklch = { l: 0.72, c: 0.11, h: 68 };

export const YOLK: Oklch = { l: 0.82, c: 0.16, h: 78 };

export const COFFEE: Oklch = { l: 0.42, c: 0.06, h: 55 };

export const circle = (x: number, y: number, r: number, color: Oklch, alpha = 1): Shape => ({
  path: new Path().circle(x, y, r),
  paint: flat(fade(shown(color), alpha)),
});

/** Shadows fall to the lower right: the light comes from the window. */
export function shadow(path: Path, r: number): Shape {
  return { path: path.placed(r * 0.09, r * 0.12), paint: flat([30, 20, 20, 48]) };
}

export function blobPoints(
  random: Random,
  x: number,
  y: number,
  r: number,
  count: number,
  wobble: number,
): Point[] {
  return Array.from({ length: count }, (_, i): Point => {
    const angle = (i / count) * 2 * Math.PI;
    const reach = r * random.range(1 - wobble, 1 + wobble);
    return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach];
  });
}

export function leafPath(length: number): Path {
  return new Path()
    .move(0, 0)
    .curve(length * 0.25, -length * 0.34, length * 0.75, -length * 0.3, length, 0)
    .curve(length * 0.75, length * 0.3, length * 0.25, length * 0.34, 0, 0)
    .close();
}

export function plate(x: number, y: number, r: number, color: Oklch): Shape[] {
  const whole = new Path().circle(x, y, r);
  return [
    shadow(whole, r),
    { path: whole, paint: flat(shown(color)) },
    circle(x, y, r * 0.76, tone(color, -0.07)),
    circle(x, y, r * 0.73, tone(color, 0.1)),
  ];
}

export function citrus(random: Random, x: number, y: number, r: number, hue: number): Shape[] {
  const rind: Oklch = { l: 0.8, c: 0.17, h: hue };
  const count = 9;
  const turn = random.next();
  const wedges = new Path();
  for (let i = 0; i < count; i++) {
    const wedge = new Path()
      .move(r * 0.08, 0)
      .curve(r * 0.3, -r * 0.2, r * 0.7, -r * 0.3, r * 0.76, -r * 0.17)
      .curve(r * 0.82, -r * 0.06, r * 0.82, r * 0.06, r * 0.76, r * 0.17)
      .curve(r * 0.7, r * 0.3, r * 0.3, r * 0.2, r * 0.08, 0)
      .close();
    wedges.add(wedge.placed(x, y, ((i + turn) / count) * 2 * Math.PI));
  }
  return [
    shadow(new Path().circle(x, y, r), r),
    circle(x, y, r, rind),
    circle(x, y, r * 0.88, { l: 0.97, c: 0.03, h: hue }),
    { path: wedges, paint: flat(shown({ l: 0.84, c: 0.15, h: hue })) },
  ];
}

/** Fried eggs, whose whites run into each other under the yolks. */
export function eggs(random: Random, places: readonly Point[], r: number): Shape[] {
  const white = new Path();
  for (const [x, y] of places) white.blob(blobPoints(random, x, y, r * 0.62, 9, 0.13));
  const yolks = places.flatMap(([x, y]) => [
    circle(x + r * 0.03, y, r * 0.24, YOLK),
    circle(x - r * 0.05, y - r * 0.08, r * 0.065, tone(YOLK, 0.6), 0.8),
  ]);
  return [shadow(white, r * 0.3), { path: white, paint: flat(shown({ ...CREAM, l: 0.985 })) }, ...yolks];
}
