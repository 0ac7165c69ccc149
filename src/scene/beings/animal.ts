import type { Oklch } from '../../color/oklch.ts';
import type { Shape } from '../drawing.ts';
import { Path } from '../path.ts';
import type { Random } from '../random.ts';
import { lch, paint, paintPair, pair } from '../shade.ts';

export const INK: Oklch = { l: 0.22, c: 0.02, h: 60 };

export const PINK: Oklch = { l: 0.78, c: 0.09, h: 15 };

/** A coat: the fur, its paler parts, and its marks. */
export interface Coat {
  readonly fur: Oklch;
  readonly pale: Oklch;
  readonly mark: Oklch;
}

export const coat = (fur: Oklch, pale: Oklch, mark: Oklch): Coat => ({ fur, pale, mark });

/** An animal's head and shoulders around the origin; a unit is half of the head's width. */
export interface Animal {
  readonly coats: readonly [Coat, ...Coat[]];
  /** How far its ears reach above the origin. */
  readonly tall: number;
  readonly draw: (coat: Coat, random: Random) => Shape[];
}

/** Eyes with a highlight each, looking at you. */
export function eyes(apart: number, y: number, size: number, iris?: Oklch): Shape[] {
  const shapes: Shape[] = [];
  if (iris) {
    shapes.push(paintPair((s) => new Path().ellipse(s * apart, y, size * 1.25, size * 1.2), iris));
    shapes.push(paintPair((s) => new Path().ellipse(s * apart, y, size * 0.55, size * 1.05), INK));
  } else shapes.push(paintPair((s) => new Path().ellipse(s * apart, y, size, size * 1.1), INK));
  shapes.push(
    paintPair(
      (s) => new Path().circle(s * apart + size * 0.3, y - size * 0.4, size * 0.3),
      lch(1, 0, 0),
      0.95,
    ),
  );
  return shapes;
}

/** A thin smile: two arcs from under the nose. */
export function mouth(y: number, width: number, thickness: number): Path {
  return pair((s) =>
    new Path()
      .move(0, y)
      .curve(
        s * width * 0.15,
        y + width * 0.5,
        s * width * 0.75,
        y + width * 0.55,
        s * width,
        y + width * 0.12,
      )
      .curve(
        s * width * 0.8,
        y + width * 0.55 + thickness,
        s * width * 0.15,
        y + width * 0.5 + thickness,
        0,
        y + thickness,
      )
      .close(),
  );
}

export function body(color: Oklch, breast: Oklch): Shape[] {
  const back = new Path()
    .move(-1.15, 2.9)
    .curve(-1.25, 1.6, -0.85, 0.7, 0, 0.6)
    .curve(0.85, 0.7, 1.25, 1.6, 1.15, 2.9)
    .close();
  const front = new Path()
    .move(-0.6, 2.9)
    .curve(-0.75, 1.7, -0.5, 0.9, 0, 0.9)
    .curve(0.5, 0.9, 0.75, 1.7, 0.6, 2.9)
    .close();
  return [paint(back, color), paint(front, breast)];
}
