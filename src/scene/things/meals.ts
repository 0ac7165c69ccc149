import type { Oklch } from '../../color/oklch.ts';
import { shown, tone } from '../colors/mixing.ts';
import { fade, flat, type Shape } from '../drawing.ts';
import { Path, type Point } from '../path.ts';
import type { Random } from '../random.ts';
import {
  blobPoints,
  COFFEE,
  CREAM,
  CRUST,
  circle,
  LEAF,
  leafPath,
  plate,
  shadow,
  TOMATO,
  YOLK,
} from './dishes.ts';

export function pizza(random: Random, x: number, y: number, r: number): Shape[] {
  const shapes: Shape[] = [
    { path: new Path().blob(blobPoints(random, x, y, r * 0.86, 22, 0.025)), paint: flat(shown(CRUST)) },
    { path: new Path().blob(blobPoints(random, x, y, r * 0.74, 20, 0.035)), paint: flat(shown(TOMATO)) },
    {
      path: new Path().blob(blobPoints(random, x, y, r * 0.69, 16, 0.06)),
      paint: flat(shown({ l: 0.88, c: 0.11, h: 86 })),
    },
  ];
  const [salami, spots, leaves] = [new Path(), new Path(), new Path()];
  const count = 8;
  for (let i = 0; i < count; i++) {
    const angle = ((i + random.range(-0.2, 0.2)) / count) * 2 * Math.PI;
    const away = r * (i % 2 === 0 ? 0.5 : 0.25);
    const [px, py] = [x + Math.cos(angle) * away, y + Math.sin(angle) * away];
    salami.circle(px, py, r * 0.105);
    spots.circle(px - r * 0.03, py - r * 0.03, r * 0.025).circle(px + r * 0.04, py + r * 0.03, r * 0.02);
    if (i % 2 === 1) {
      const to = angle + 0.4;
      leaves.add(
        leafPath(r * 0.19).placed(x + Math.cos(to) * r * 0.4, y + Math.sin(to) * r * 0.4, random.range(0, 6)),
      );
    }
  }
  const cuts = new Path();
  for (let i = 0; i < 4; i++)
    cuts.add(
      new Path().rect(-r * 0.88, -r * 0.006, r * 1.76, r * 0.012).placed(x, y, (i * Math.PI) / 4 + 0.3),
    );
  return [
    ...shapes,
    { path: salami, paint: flat(shown(tone(TOMATO, -0.12))) },
    { path: spots, paint: flat(fade(shown(tone(TOMATO, 0.4)), 0.7)) },
    { path: leaves, paint: flat(shown(tone(LEAF, -0.2))) },
    { path: cuts, paint: flat(fade(shown(tone(CRUST, -0.35)), 0.55)) },
  ];
}

export function salad(random: Random, x: number, y: number, r: number): Shape[] {
  const shapes: Shape[] = [circle(x, y, r * 0.72, tone(LEAF, -0.45))];
  for (const [shade, count] of [
    [-0.25, 16],
    [0, 14],
    [0.25, 10],
  ] as const) {
    const path = new Path();
    for (let i = 0; i < count; i++) {
      const angle = random.range(0, 2 * Math.PI);
      const away = r * 0.42 * Math.sqrt(random.next());
      path.add(
        leafPath(r * random.range(0.22, 0.32)).placed(
          x + Math.cos(angle) * away,
          y + Math.sin(angle) * away,
          angle + random.range(-0.6, 0.6),
        ),
      );
    }
    shapes.push({ path, paint: flat(shown(tone(LEAF, shade))) });
  }
  for (let i = 0; i < 5; i++) {
    const angle = ((i + random.next() * 0.5) / 5) * 2 * Math.PI;
    const away = r * random.range(0.15, 0.5);
    const [px, py] = [x + Math.cos(angle) * away, y + Math.sin(angle) * away];
    shapes.push(
      circle(px, py, r * 0.115, TOMATO),
      circle(px, py, r * 0.085, tone(TOMATO, 0.25)),
      circle(px - r * 0.03, py - r * 0.03, r * 0.028, CREAM, 0.8),
    );
  }
  return shapes;
}

export function donut(random: Random, x: number, y: number, r: number, icing: Oklch): Shape[] {
  const hole = (radius: number, points: Point[]): Path => {
    const path = new Path().blob(points);
    // In the opposite direction, for a hole.
    return path.blob(
      Array.from({ length: 10 }, (_, i): Point => {
        const angle = (-i / 10) * 2 * Math.PI;
        return [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius];
      }),
    );
  };
  const dough = hole(r * 0.24, blobPoints(random, x, y, r * 0.7, 16, 0.01));
  const glaze = hole(r * 0.28, blobPoints(random, x, y, r * 0.61, 14, 0.05));
  const shapes: Shape[] = [
    shadow(dough, r * 0.6),
    { path: dough, paint: flat(shown(CRUST)) },
    { path: glaze, paint: flat(shown(icing)) },
  ];
  for (const color of [CREAM, YOLK, tone(TOMATO, 0.2)]) {
    const sprinkles = new Path();
    for (let i = 0; i < 9; i++) {
      const angle = random.range(0, 2 * Math.PI);
      const away = r * random.range(0.34, 0.54);
      const bit = new Path().roundRect(-r * 0.04, -r * 0.012, r * 0.08, r * 0.024, r * 0.012);
      sprinkles.add(bit.placed(x + Math.cos(angle) * away, y + Math.sin(angle) * away, random.range(0, 3)));
    }
    shapes.push({ path: sprinkles, paint: flat(shown(color)) });
  }
  return shapes;
}

export function coffee(random: Random, x: number, y: number, r: number, china: Oklch): Shape[] {
  const angle = random.range(-0.6, 0.6);
  const handle = new Path().roundRect(r * 0.5, -r * 0.1, r * 0.34, r * 0.2, r * 0.1).placed(x, y, angle);
  const heart = new Path()
    .move(0, 0.34)
    .curve(-0.5, 0.02, -0.42, -0.36, -0.16, -0.36)
    .curve(-0.06, -0.36, 0, -0.28, 0, -0.2)
    .curve(0, -0.28, 0.06, -0.36, 0.16, -0.36)
    .curve(0.42, -0.36, 0.5, 0.02, 0, 0.34)
    .close();
  return [
    ...plate(x, y, r, china),
    { path: handle, paint: flat(shown(tone(china, -0.12))) },
    shadow(new Path().circle(x, y, r * 0.55), r * 0.6),
    circle(x, y, r * 0.55, tone(china, 0.3)),
    circle(x, y, r * 0.47, COFFEE),
    circle(x, y, r * 0.44, tone(COFFEE, 0.12)),
    {
      path: heart.placed(x, y, random.range(-0.4, 0.4), r * 0.62),
      paint: flat(shown({ l: 0.88, c: 0.04, h: 75 })),
    },
  ];
}
