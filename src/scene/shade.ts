import type { Oklch } from '../color/oklch.ts';
import { shown } from './colors/mixing.ts';
import { fade, flat, type Shape } from './drawing.ts';
import { Path } from './path.ts';

export const lch = (l: number, c: number, h: number): Oklch => ({ l, c, h });

export const paint = (path: Path, color: Oklch, alpha = 1): Shape => ({
  path,
  paint: flat(fade(shown(color), alpha)),
});

/** The same shape on both sides. */
export function pair(make: (sign: 1 | -1) => Path): Path {
  return new Path().add(make(1)).add(make(-1));
}

/** The same shape on both sides, in one colour. */
export const paintPair = (make: (sign: 1 | -1) => Path, color: Oklch, alpha = 1): Shape =>
  paint(pair(make), color, alpha);

/** Shapes that were made around the origin, enlarged and moved. */
export function placed(shapes: readonly Shape[], x: number, y: number, size: number, angle = 0): Shape[] {
  return shapes.map(({ path, paint }) => ({ path: path.placed(x, y, angle, size), paint }));
}
