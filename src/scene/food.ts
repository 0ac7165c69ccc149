import type { Oklch } from '../color/oklch.ts';
import { along, type Drawing, fade, flat, glow, type Shape } from './drawing.ts';
import { type Frame, ramp } from './landscape.ts';
import { shown, tone } from './palette.ts';
import { Path, type Point } from './path.ts';
import type { Random } from './random.ts';

/** Colours that food has, whatever the table is like. */
const LEAF: Oklch = { l: 0.62, c: 0.15, h: 138 };
const TOMATO: Oklch = { l: 0.6, c: 0.2, h: 28 };
const CREAM: Oklch = { l: 0.96, c: 0.03, h: 90 };
const CRUST: Oklch = { l: 0.72, c: 0.11, h: 68 };
const YOLK: Oklch = { l: 0.82, c: 0.16, h: 78 };
const COFFEE: Oklch = { l: 0.42, c: 0.06, h: 55 };

const circle = (x: number, y: number, r: number, color: Oklch, alpha = 1): Shape => ({
  path: new Path().circle(x, y, r),
  paint: flat(fade(shown(color), alpha)),
});

/** Shadows fall to the lower right: the light comes from the window. */
function shadow(path: Path, r: number): Shape {
  return { path: path.placed(r * 0.09, r * 0.12), paint: flat([30, 20, 20, 48]) };
}

function blobPoints(random: Random, x: number, y: number, r: number, count: number, wobble: number): Point[] {
  return Array.from({ length: count }, (_, i): Point => {
    const angle = (i / count) * 2 * Math.PI;
    const reach = r * random.range(1 - wobble, 1 + wobble);
    return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach];
  });
}

function plate(x: number, y: number, r: number, color: Oklch): Shape[] {
  const whole = new Path().circle(x, y, r);
  return [
    shadow(whole, r),
    { path: whole, paint: flat(shown(color)) },
    circle(x, y, r * 0.76, tone(color, -0.07)),
    circle(x, y, r * 0.73, tone(color, 0.1)),
  ];
}

function leafPath(length: number): Path {
  return new Path()
    .move(0, 0)
    .curve(length * 0.25, -length * 0.34, length * 0.75, -length * 0.3, length, 0)
    .curve(length * 0.75, length * 0.3, length * 0.25, length * 0.34, 0, 0)
    .close();
}

function citrus(random: Random, x: number, y: number, r: number, hue: number): Shape[] {
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

/** Fried eggs: the whites run into each other under the yolks. */
function eggs(random: Random, places: readonly Point[], r: number): Shape[] {
  const white = new Path();
  for (const [x, y] of places) white.blob(blobPoints(random, x, y, r * 0.62, 9, 0.13));
  const yolks = places.flatMap(([x, y]) => [
    circle(x + r * 0.03, y, r * 0.24, YOLK),
    circle(x - r * 0.05, y - r * 0.08, r * 0.065, tone(YOLK, 0.6), 0.8),
  ]);
  return [shadow(white, r * 0.3), { path: white, paint: flat(shown({ ...CREAM, l: 0.985 })) }, ...yolks];
}

function pizza(random: Random, x: number, y: number, r: number): Shape[] {
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

function salad(random: Random, x: number, y: number, r: number): Shape[] {
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

function donut(random: Random, x: number, y: number, r: number, icing: Oklch): Shape[] {
  const hole = (radius: number, points: Point[]): Path => {
    const path = new Path().blob(points);
    // The other way round, for a hole.
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

function coffee(random: Random, x: number, y: number, r: number, china: Oklch): Shape[] {
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
