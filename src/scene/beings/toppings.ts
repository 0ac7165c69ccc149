import type { Oklch } from '../../color/oklch.ts';
import type { Shape } from '../drawing.ts';
import { Path } from '../path.ts';
import { paint, paintPair } from '../shade.ts';

/** The top of a head: shapes behind the head, and in front of it. */
type Topping = (
  color: Oklch,
  second: Oklch,
) => {
  readonly behind?: readonly Shape[];
  readonly before?: readonly Shape[];
};

const roundEars: Topping = (color, second) => ({
  behind: [paintPair((s) => new Path().circle(s * 0.72, -0.78, 0.34), color)],
  before: [paintPair((s) => new Path().circle(s * 0.72, -0.78, 0.17), second)],
});

const pointedEars: Topping = (color) => {
  const ear = (s: 1 | -1): Path =>
    new Path().polygon([
      [s * 0.3, -0.8],
      [s * 0.86, -1.36],
      [s * 0.98, -0.35],
    ]);
  return { behind: [paintPair(ear, color)] };
};

const antenna: Topping = (color, second) => ({
  behind: [
    paint(new Path().roundRect(-0.04, -1.5, 0.08, 0.65, 0.04), color),
    paint(new Path().circle(0, -1.48, 0.15), second),
  ],
});

const tuft: Topping = (color) => {
  const hair = new Path()
    .move(-0.3, -0.86)
    .curve(-0.3, -1.2, -0.05, -1.34, 0.12, -1.38)
    .curve(0.02, -1.2, 0.1, -1.14, 0.34, -1.22)
    .curve(0.24, -1.06, 0.3, -0.96, 0.32, -0.84)
    .close();
  return { behind: [paint(hair, color)] };
};

const fringe: Topping = (color) => {
  const hair = new Path()
    .move(-0.98, -0.16)
    .curve(-0.98, -0.74, -0.56, -1.1, 0, -1.1)
    .curve(0.56, -1.1, 0.98, -0.74, 0.98, -0.16)
    .curve(0.6, -0.3, 0.3, -0.5, 0.16, -0.66)
    .curve(-0.1, -0.44, -0.5, -0.26, -0.98, -0.16)
    .close();
  return { before: [paint(hair, color)] };
};

const woollyHat: Topping = (color, second) => {
  const cap = new Path()
    .move(-0.96, -0.34)
    .curve(-0.92, -0.86, -0.5, -1.14, 0, -1.14)
    .curve(0.5, -1.14, 0.92, -0.86, 0.96, -0.34)
    .close();
  return {
    before: [
      paint(cap, color),
      paint(new Path().roundRect(-1.06, -0.46, 2.12, 0.24, 0.12), second),
      paint(new Path().circle(0, -1.18, 0.14), second),
    ],
  };
};

const bald: Topping = () => ({});

/** All toppings; two heads in eight are bald. */
export const TOPPINGS: readonly Topping[] = [
  roundEars,
  pointedEars,
  antenna,
  tuft,
  fringe,
  woollyHat,
  bald,
  bald,
];
