import type { Oklch } from '../../color/oklch.ts';
import { tone } from '../colors/mixing.ts';
import type { Shape } from '../drawing.ts';
import { Path } from '../path.ts';
import type { Random } from '../random.ts';
import { paint, pair } from '../shade.ts';

/** Clothes below the neck, relative to the middle of the head. */
export function clothes(random: Random, color: Oklch, skin: Oklch): Shape[] {
  const torso = new Path()
    .move(-1.45, 2.7)
    .curve(-1.48, 1.75, -1.2, 1.3, -0.62, 1.14)
    .curve(-0.35, 1.06, -0.28, 1.0, -0.26, 0.92)
    .line(0.26, 0.92)
    .curve(0.28, 1.0, 0.35, 1.06, 0.62, 1.14)
    .curve(1.2, 1.3, 1.48, 1.75, 1.45, 2.7)
    .close();
  const neck = new Path().roundRect(-0.24, 0.4, 0.48, 0.78, 0.12);
  const scoop = new Path()
    .move(-0.36, 1.06)
    .curve(-0.3, 1.42, 0.3, 1.42, 0.36, 1.06)
    .curve(0.2, 0.9, -0.2, 0.9, -0.36, 1.06)
    .close();
  const vee = new Path().polygon([
    [-0.32, 1.02],
    [0.32, 1.02],
    [0, 1.62],
  ]);
  const collar = pair((s) =>
    new Path().polygon([
      [s * 0.26, 0.96],
      [s * 0.5, 1.1],
      [s * 0.26, 1.5],
      [0, 1.28],
    ]),
  );
  const kind = random.int(0, 2);
  const shade = new Path()
    .move(-0.24, 0.66)
    .curve(-0.1, 0.86, 0.1, 0.86, 0.24, 0.66)
    .line(0.24, 0.84)
    .curve(0.1, 0.98, -0.1, 0.98, -0.24, 0.84)
    .close();
  return [
    paint(torso, color),
    ...(kind === 0 ? [paint(scoop, skin)] : []),
    ...(kind === 1 ? [paint(vee, skin)] : []),
    paint(neck, skin),
    paint(shade, tone(skin, -0.2), 0.55),
    ...(kind === 2 ? [paint(collar, tone(color, 0.45))] : []),
  ];
}
