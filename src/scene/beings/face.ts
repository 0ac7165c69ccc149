import type { Oklch } from '../../color/oklch.ts';
import { shown, tone } from '../colors/mixing.ts';
import { along, type Drawing, fade, flat, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';
import type { Random } from '../random.ts';
import { paint, paintPair } from '../shade.ts';
import { arc, contrastPair } from './figure.ts';
import { TOPPINGS } from './toppings.ts';

const HEADS: readonly [() => Path, ...(() => Path)[]] = [
  () => new Path().circle(0, 0, 1),
  () => new Path().roundRect(-0.92, -0.92, 1.84, 1.84, 0.5),
  () => new Path().roundRect(-0.84, -1.02, 1.68, 2.04, 0.84),
  () => new Path().roundRect(-1.02, -0.82, 2.04, 1.64, 0.7),
  // A drop, a pebble.
  () =>
    new Path().blob([
      [0, -1.05],
      [0.82, -0.5],
      [0.98, 0.35],
      [0.45, 0.98],
      [-0.45, 0.98],
      [-0.98, 0.35],
      [-0.82, -0.5],
    ]),
  () =>
    new Path().blob([
      [0.2, -1],
      [0.95, -0.45],
      [0.9, 0.5],
      [0.1, 1],
      [-0.85, 0.75],
      [-1, -0.15],
      [-0.6, -0.9],
    ]),
];

/** Eyes and mouth in one ink, around the origin. */
function features(random: Random, ink: Oklch, white: Oklch): Shape[] {
  const apart = random.range(0.26, 0.4);
  const eye = random.range(0.075, 0.11);
  const shapes: Shape[] = [];
  const kind = random.int(0, 5);
  if (kind === 0) shapes.push(paintPair((s) => arc(0.24, -0.12, 0.07).placed(s * apart, 0), ink));
  else if (kind === 1) {
    shapes.push(paintPair((s) => new Path().circle(s * apart, 0, eye * 1.9), white));
    shapes.push(paintPair((s) => new Path().circle(s * apart + eye * 0.4, eye * 0.15, eye), ink));
  } else if (kind === 2)
    shapes.push(
      paint(
        new Path().add(new Path().circle(-apart, 0, eye)).add(arc(0.24, 0.05, 0.07).placed(apart, 0)),
        ink,
      ),
    );
  else
    shapes.push(paintPair((s) => new Path().ellipse(s * apart, 0, eye, eye * (kind === 3 ? 1.35 : 1)), ink));
  const mouth = random.int(0, 4);
  const y = random.range(0.32, 0.42);
  const wide = random.range(0.34, 0.56);
  if (mouth <= 1) shapes.push(paint(arc(wide, wide * 0.36, 0.075).placed(0, y), ink));
  else if (mouth === 2) {
    const open = new Path()
      .move(-wide * 0.5, y)
      .line(wide * 0.5, y)
      .curve(wide * 0.5, y + wide * 0.62, -wide * 0.5, y + wide * 0.62, -wide * 0.5, y)
      .close();
    const tongue = new Path().ellipse(0, y + wide * 0.36, wide * 0.24, wide * 0.11);
    shapes.push(paint(open, ink), paint(tongue, { l: 0.7, c: 0.16, h: 20 }));
  } else if (mouth === 3)
    shapes.push(paint(new Path().roundRect(-wide * 0.32, y + 0.03, wide * 0.64, 0.075, 0.037), ink));
  else shapes.push(paint(new Path().ellipse(0, y + 0.07, 0.09, 0.11), ink));
  if (random.chance(0.45))
    shapes.push(
      paintPair(
        (s) => new Path().ellipse(s * (apart + 0.17), 0.24, 0.13, 0.085),
        { l: 0.68, c: 0.17, h: 18 },
        0.5,
      ),
    );
  return shapes;
}

/** A friendly face of a few plain shapes. */
export function face(frame: Frame): Drawing {
  const { width, height, random } = frame;
  const { ground, head, others } = contrastPair(frame);
  const size = Math.min(width, height) * random.range(0.3, 0.36);
  const angle = random.range(-0.3, 0.3);
  const [x, y] = [width / 2 + random.range(-0.14, 0.14) * size, height / 2 + random.range(0.1, 0.3) * size];
  const ink: Oklch =
    head.l > 0.58
      ? { l: 0.25, c: Math.min(0.05, head.c), h: head.h }
      : { l: 0.97, c: Math.min(0.02, head.c), h: head.h };
  const white: Oklch = head.l > 0.58 ? { l: 0.99, c: 0.004, h: 90 } : { l: 0.15, c: 0.02, h: head.h };
  const [first, second] = [others[0] ?? ground, others[1] ?? head];
  const apart = (color: Oklch): Oklch =>
    Math.abs(color.l - head.l) < 0.12 ? tone(color, head.l > 0.6 ? -0.35 : 0.4) : color;
  const { behind = [], before = [] } = random.pick(TOPPINGS)(apart(first), apart(second));
  const outline = random.pick(HEADS)();
  const list = [
    ...behind,
    paint(outline, head),
    ...before,
    ...features(random, ink, white).map(({ path, paint: color }) => ({
      path: path.placed(random.range(-0.01, 0.01), -0.02),
      paint: color,
    })),
  ];
  const shapes = list.map(({ path, paint: color }) => ({
    path: path.placed(x, y, angle, size),
    paint: color,
  }));
  const light = new Path().circle(
    width / 2 + random.range(-0.2, 0.2) * width,
    height / 2,
    Math.min(width, height) * 0.44,
  );
  return {
    width,
    height,
    backdrop: [along(0, 0, width, height, ramp([tone(ground, 0.06), tone(ground, -0.06)], 1))],
    shapes: [{ path: light, paint: flat(fade(shown(tone(ground, 0.4)), 0.3)) }, ...shapes],
  };
}
