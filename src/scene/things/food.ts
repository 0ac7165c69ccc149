import type { Oklch } from '../../color/oklch.ts';
import { shown, tone } from '../colors/mixing.ts';
import { along, type Drawing, fade, flat, glow, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';
import { CREAM, circle, citrus, eggs, LEAF, leafPath, plate, shadow, TOMATO } from './dishes.ts';
import { coffee, donut, pizza, salad } from './meals.ts';

function fork(x: number, y: number, r: number): Path {
  const path = new Path().roundRect(x - r * 0.035, y - r * 0.35, r * 0.07, r * 1.25, r * 0.035);
  path.roundRect(x - r * 0.11, y - r * 0.55, r * 0.22, r * 0.24, r * 0.09);
  for (const at of [-0.095, -0.0325, 0.03])
    path.roundRect(x + r * at, y - r * 0.9, r * 0.055, r * 0.5, r * 0.027);
  return path;
}

function knife(x: number, y: number, r: number): Path {
  return new Path()
    .roundRect(x - r * 0.045, y, r * 0.09, r * 0.9, r * 0.045)
    .move(x - r * 0.04, y + r * 0.06)
    .line(x - r * 0.04, y - r * 0.9)
    .curve(x + r * 0.1, y - r * 0.8, x + r * 0.1, y - r * 0.2, x + r * 0.05, y + r * 0.06)
    .close();
}

/** Wood, slate, linen: what tables are made of and laid with. */
const TABLES: readonly [Oklch, ...Oklch[]] = [
  { l: 0.72, c: 0.075, h: 65 },
  { l: 0.55, c: 0.07, h: 50 },
  { l: 0.88, c: 0.035, h: 80 },
  { l: 0.42, c: 0.035, h: 230 },
  { l: 0.8, c: 0.06, h: 190 },
  { l: 0.83, c: 0.075, h: 20 },
  { l: 0.7, c: 0.07, h: 245 },
  { l: 0.82, c: 0.09, h: 92 },
  { l: 0.62, c: 0.08, h: 155 },
];

/** A laid table from above. */
export function food({ width, height, unit, random, palette }: Frame): Drawing {
  const table: Oklch = palette.isGiven ? (palette.set[0] as Oklch) : random.pick(TABLES);
  const china = { ...CREAM, c: 0.012, h: table.h };
  const [x, y] = [width * random.range(0.42, 0.58), height * random.range(0.44, 0.56)];
  const r = unit * random.range(0.26, 0.31);
  const shapes: Shape[] = [];
  const cloth = new Path();
  const isWide = random.chance(0.5);
  const step = unit * random.range(0.1, 0.16);
  if (isWide) for (let at = step / 2; at < height; at += step * 2) cloth.rect(0, at, width, step);
  else for (let at = step / 2; at < width; at += step * 2) cloth.rect(at, 0, step, height);
  shapes.push({ path: cloth, paint: flat(fade(shown(tone(table, 0.5)), 0.3)) });
  const napkin = new Path()
    .rect(-r * 0.42, -r * 1.02, r * 0.84, r * 2.04)
    .placed(x - r * 1.42, y, random.range(-0.06, 0.06));
  shapes.push(shadow(napkin, r * 0.5), {
    path: napkin,
    paint: flat(
      shown(
        palette.isGiven
          ? (palette.set[1] ?? table)
          : { l: 0.66, c: 0.11, h: (table.h + random.pick([60, 150, 200, 300])) % 360 },
      ),
    ),
  });
  const silver = new Path().add(fork(x - r * 1.42, y, r)).add(knife(x + r * 1.3, y, r));
  shapes.push(shadow(silver, r * 0.35), { path: silver, paint: flat(shown({ l: 0.93, c: 0.008, h: 250 })) });
  shapes.push(...plate(x, y, r, china));
  const icing: Oklch = { l: 0.78, c: 0.13, h: palette.set[1]?.h ?? 0 };
  const dishes = [
    () => pizza(random, x, y, r * 0.95),
    () => salad(random, x, y, r),
    () => [
      ...eggs(
        random,
        [
          [x - r * 0.28, y - r * 0.12],
          [x + r * 0.2, y + r * 0.26],
        ],
        r * 0.7,
      ),
      circle(x + r * 0.36, y - r * 0.34, r * 0.13, TOMATO),
      circle(x + r * 0.36, y - r * 0.34, r * 0.1, tone(TOMATO, 0.25)),
      { path: leafPath(r * 0.3).placed(x + r * 0.1, y - r * 0.42, -0.5), paint: flat(shown(LEAF)) },
    ],
    () => donut(random, x, y, r * 0.95, icing),
  ] as const;
  shapes.push(...random.pick(dishes)());
  const places = random.shuffle([
    [x - r * 2.35, y - r * 0.85],
    [x + r * 2.25, y - r * 0.9],
    [x - r * 2.4, y + r * 0.95],
    [x + r * 2.3, y + r * 0.85],
    [x - r * 0.9, y - r * 1.75],
    [x + r * 0.95, y + r * 1.75],
    [x + r * 0.8, y - r * 1.8],
  ] as const);
  const hue = random.pick([62, 95, 122]);
  const sides = [
    (px: number, py: number) => coffee(random, px, py, r * 0.5, china),
    (px: number, py: number) => citrus(random, px, py, r * 0.36, hue),
    (px: number, py: number) => citrus(random, px, py, r * 0.28, hue),
    (px: number, py: number) => [
      ...plate(px, py, r * 0.62, tone(china, -0.04)),
      ...salad(random, px, py, r * 0.6),
    ],
    (px: number, py: number) => donut(random, px, py, r * 0.52, icing),
    (px: number, py: number) => coffee(random, px, py, r * 0.46, tone(table, 0.35)),
    (px: number, py: number) => citrus(random, px, py, r * 0.34, hue),
  ];
  random.shuffle(sides).forEach((side, i) => {
    const [px, py] = places[i] as readonly [number, number];
    shapes.push(...side(px + random.range(-0.1, 0.1) * r, py + random.range(-0.1, 0.1) * r));
  });
  return {
    width,
    height,
    backdrop: [
      along(0, 0, width, height, ramp([tone(table, 0.12), tone(table, -0.1)])),
      glow(width * 0.15, 0, width * 0.7, height * 0.9, [255, 250, 235, 255], 0.35),
    ],
    shapes,
  };
}
