import type { Oklch } from '../../color/oklch.ts';
import { shown, tone } from '../colors/mixing.ts';
import { along, type Drawing, fade, flat, glow, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path, type Point } from '../path.ts';
import type { Random } from '../random.ts';
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

/** Wood, slate, linen: the surfaces of tables. */
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

/** Where the middle of a plate is, and its radius; px. */
interface Plate {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** The stripes of a table cloth. */
function stripes({ width, height, unit, random }: Frame, table: Oklch): Shape {
  const cloth = new Path();
  const isWide = random.chance(0.5);
  const step = unit * random.range(0.1, 0.16);
  if (isWide) for (let at = step / 2; at < height; at += step * 2) cloth.rect(0, at, width, step);
  else for (let at = step / 2; at < width; at += step * 2) cloth.rect(at, 0, step, height);
  return { path: cloth, paint: flat(fade(shown(tone(table, 0.5)), 0.3)) };
}

/** A napkin and cutlery beside a plate. */
function setting({ random, palette }: Frame, { x, y, r }: Plate, table: Oklch): Shape[] {
  const napkin = new Path()
    .rect(-r * 0.42, -r * 1.02, r * 0.84, r * 2.04)
    .placed(x - r * 1.42, y, random.range(-0.06, 0.06));
  const linen = palette.isGiven
    ? (palette.set[1] ?? table)
    : { l: 0.66, c: 0.11, h: (table.h + random.pick([60, 150, 200, 300])) % 360 };
  const silver = new Path().add(fork(x - r * 1.42, y, r)).add(knife(x + r * 1.3, y, r));
  return [
    shadow(napkin, r * 0.5),
    { path: napkin, paint: flat(shown(linen)) },
    shadow(silver, r * 0.35),
    { path: silver, paint: flat(shown({ l: 0.93, c: 0.008, h: 250 })) },
  ];
}

/** Fried eggs with a tomato and a leaf. */
function breakfast(random: Random, { x, y, r }: Plate): Shape[] {
  const places: readonly Point[] = [
    [x - r * 0.28, y - r * 0.12],
    [x + r * 0.2, y + r * 0.26],
  ];
  return [
    ...eggs(random, places, r * 0.7),
    circle(x + r * 0.36, y - r * 0.34, r * 0.13, TOMATO),
    circle(x + r * 0.36, y - r * 0.34, r * 0.1, tone(TOMATO, 0.25)),
    { path: leafPath(r * 0.3).placed(x + r * 0.1, y - r * 0.42, -0.5), paint: flat(shown(LEAF)) },
  ];
}

/** Places around a plate for other things on the table, in radii of the plate. */
const PLACES: readonly Point[] = [
  [-2.35, -0.85],
  [2.25, -0.9],
  [-2.4, 0.95],
  [2.3, 0.85],
  [-0.9, -1.75],
  [0.95, 1.75],
  [0.8, -1.8],
];

/** Cups, fruit and small plates around a plate, in random order. */
function sideDishes(random: Random, { x, y, r }: Plate, table: Oklch, china: Oklch, icing: Oklch): Shape[] {
  const places = random.shuffle(PLACES);
  const hue = random.pick([62, 95, 122]);
  const fruit =
    (size: number) =>
    (px: number, py: number): Shape[] =>
      citrus(random, px, py, r * size, hue);
  const sides: readonly ((px: number, py: number) => Shape[])[] = [
    (px, py) => coffee(random, px, py, r * 0.5, china),
    fruit(0.36),
    fruit(0.28),
    (px, py) => [...plate(px, py, r * 0.62, tone(china, -0.04)), ...salad(random, px, py, r * 0.6)],
    (px, py) => donut(random, px, py, r * 0.52, icing),
    (px, py) => coffee(random, px, py, r * 0.46, tone(table, 0.35)),
    fruit(0.34),
  ];
  return random.shuffle(sides).flatMap((side, i) => {
    const [px, py] = places[i] as Point;
    return side(x + px * r + random.range(-0.1, 0.1) * r, y + py * r + random.range(-0.1, 0.1) * r);
  });
}

/** A laid table from above. */
export function food(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const table: Oklch = palette.isGiven ? (palette.set[0] as Oklch) : random.pick(TABLES);
  const china = { ...CREAM, c: 0.012, h: table.h };
  const [x, y] = [width * random.range(0.42, 0.58), height * random.range(0.44, 0.56)];
  const r = unit * random.range(0.26, 0.31);
  const shapes = [stripes(frame, table), ...setting(frame, { x, y, r }, table), ...plate(x, y, r, china)];
  const icing: Oklch = { l: 0.78, c: 0.13, h: palette.set[1]?.h ?? 0 };
  const dishes = [
    () => pizza(random, x, y, r * 0.95),
    () => salad(random, x, y, r),
    () => breakfast(random, { x, y, r }),
    () => donut(random, x, y, r * 0.95, icing),
  ] as const;
  shapes.push(...random.pick(dishes)(), ...sideDishes(random, { x, y, r }, table, china, icing));
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
