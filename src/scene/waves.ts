import type { Oklch } from '../color/oklch.ts';
import { along, type Drawing, down, fade, flat, glow, type Shape } from './drawing.ts';
import {
  birds,
  type Frame,
  landPaint,
  noise,
  placeSun,
  type Ridge,
  ramp,
  type Sun,
  sky,
  stars,
  sunDisc,
  weather,
} from './landscape.ts';
import { between, shown, tone } from './palette.ts';
import { Path, type Point } from './path.ts';

/** A swell from edge to edge: humps with round tops, or the pointed ones of a wind sea. */
function swellRidge({ width, unit, random }: Frame, base: number, height: number, length: number): Ridge {
  const shift = random.range(0, 10);
  const drift = noise(random, 2, 0.4);
  const slow = noise(random, 1);
  return (share) => {
    const x = (share * width) / (unit * length) + shift + drift((share * width) / unit) * 0.35;
    const tall = 0.65 + 0.35 * slow((share * width * 0.9) / unit);
    return base - height * tall * Math.cos(x * 2 * Math.PI);
  };
}

/** The water under a ridge, and a light edge along its crest. */
function swell(frame: Frame, ridge: Ridge, depth: number, base: number, height: number): Shape[] {
  const { width, unit, palette } = frame;
  const points = Math.ceil((width / unit) * 22);
  const line = Array.from({ length: points + 1 }, (_, i): Point => [(width * i) / points, ridge(i / points)]);
  const under = (dy: (share: number) => number): Path => {
    const moved = line.map(([x, y], i): Point => [x, y + dy(i / points)]);
    const [first, last] = [moved[0] as Point, moved.at(-1) as Point];
    return new Path()
      .move(first[0], first[1])
      .through(moved)
      .line(last[0], frame.height + 1)
      .line(0, frame.height + 1)
      .close();
  };
  const color = water(frame, depth);
  const crest = between(color, between(palette.sky[2], palette.glow, 0.5), 0.3 + 0.12 * depth);
  const thick = unit * (0.004 + 0.012 * depth);
  const bend = noise(frame.random, 2, 0.5);
  const bottom = base + height + unit * (0.08 + 0.2 * depth);
  return [
    { path: under(() => 0), paint: flat(shown(crest)) },
    {
      path: under((share) => thick * (0.9 + 0.8 * bend((share * width * 3) / unit))),
      paint: down(base - height, bottom, ramp([between(color, palette.sky[2], 0.14), tone(color, -0.12)], 2)),
    },
  ];
}

/** The colour of the sea: `depth` from 0 at the horizon to 1. */
function water({ palette }: Frame, depth: number): Oklch {
  const away = between(palette.water, palette.far, 0.5);
  return depth < 0.5
    ? between(away, palette.water, depth * 2)
    : between(palette.water, tone(between(palette.water, palette.near, 0.35), -0.25), (depth - 0.5) * 2);
}

function glitter({ height, unit, palette, random }: Frame, top: number, bottom: number, sun: Sun): Shape {
  const path = new Path();
  const rows = 18;
  for (let i = 0; i < rows; i++) {
    const depth = (i + 0.5) / rows;
    const y = top + (bottom - top) * depth + 1;
    const spread = sun.radius * (0.5 + 1.1 * depth);
    for (let k = random.int(1, 3); k > 0; k--) {
      const length = sun.radius * random.range(0.25, 0.95) * (0.6 + depth);
      const thickness = Math.max(0.8, unit * (0.002 + 0.003 * depth));
      const x = sun.x + random.range(-1, 1) * spread - length / 2;
      if (y < height) path.roundRect(x, y, length, thickness, thickness / 2);
    }
  }
  return { path, paint: flat(fade(shown(palette.light), palette.isDark ? 0.55 : 0.75)) };
}

/** A sailing boat on the horizon's side of the sea. */
function boat({ palette, random, unit }: Frame, x: number, y: number): Shape[] {
  const s = unit * random.range(0.05, 0.08);
  const flip = random.chance(0.5) ? 1 : -1;
  const hull = new Path()
    .move(x - s * 0.5, y - s * 0.14)
    .line(x + s * 0.55, y - s * 0.14)
    .curve(x + s * 0.45, y + s * 0.06, x + s * 0.3, y + s * 0.08, x, y + s * 0.08)
    .curve(x - s * 0.3, y + s * 0.08, x - s * 0.42, y + s * 0.02, x - s * 0.5, y - s * 0.14)
    .close();
  const main = new Path()
    .move(x + flip * s * 0.04, y - s * 1.25)
    .curve(
      x + flip * s * 0.5,
      y - s * 0.8,
      x + flip * s * 0.58,
      y - s * 0.4,
      x + flip * s * 0.52,
      y - s * 0.2,
    )
    .line(x + flip * s * 0.04, y - s * 0.2)
    .close();
  const jib = new Path()
    .move(x - flip * s * 0.04, y - s * 1.1)
    .curve(
      x - flip * s * 0.2,
      y - s * 0.7,
      x - flip * s * 0.36,
      y - s * 0.4,
      x - flip * s * 0.44,
      y - s * 0.22,
    )
    .line(x - flip * s * 0.04, y - s * 0.2)
    .close();
  const sail = palette.accents[1];
  return [
    { path: main, paint: flat(shown(palette.isDark ? between(sail, palette.sky[0], 0.35) : sail)) },
    { path: jib, paint: flat(shown(palette.accents[0])) },
    { path: hull, paint: flat(shown(tone(palette.near, -0.1))) },
  ];
}

/** Far islands or a coast. */
function coast(frame: Frame, horizon: number): Shape[] {
  const { width, unit, random } = frame;
  const fromLeft = random.chance(0.5);
  const reach = width * random.range(0.35, 0.7);
  const rough = noise(random, 4, 0.5);
  const tall = unit * random.range(0.05, 0.13);
  return [0.16, 0.34].map((depth, layer) => {
    const length = reach * (1 - layer * 0.4);
    const points = Array.from({ length: 41 }, (_, i): Point => {
      const at = i / 40;
      const hump = Math.sqrt(Math.max(0, 1 - at)) * (0.65 + 0.6 * rough(at * 5 + layer * 9));
      const x = fromLeft ? at * length : width - at * length;
      return [x, horizon + 1 - Math.max(0, hump * tall * (1 - 0.35 * layer))];
    });
    const end = fromLeft ? 0 : width;
    const outline: Point[] = [
      [end, horizon + 1],
      ...points,
      [fromLeft ? length : width - length, horizon + 1],
    ];
    return {
      path: new Path().polygon(outline),
      paint: landPaint(frame, depth, horizon - tall, horizon + unit * 0.01, 0.5),
    };
  });
}

/** The open sea under a low sun: swells that come nearer, a coast, a sail. */
export function waves(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const horizon = height * random.range(0.36, 0.55);
  const sun = placeSun(frame, horizon);
  const shapes: Shape[] = [...stars(frame, horizon), ...sunDisc(frame, sun)];
  shapes.push(...weather(frame, horizon));
  if (!palette.isDark && random.chance(0.4)) shapes.push(...birds(frame, horizon));
  if (random.chance(0.6)) shapes.push(...coast(frame, horizon));
  const sea = new Path().rect(0, horizon, width, height - horizon + 1);
  const first = horizon + (height - horizon) * 0.24;
  shapes.push(
    { path: sea, paint: down(horizon, first, ramp([water(frame, 0), water(frame, 0.25)], 2)) },
    { path: sea, paint: glow(sun.x, horizon, unit * 0.5, unit * 0.16, shown(palette.glow), 0.55) },
    glitter(frame, horizon, first, sun),
  );
  const count = random.int(4, 5);
  const sails = random.chance(0.65) ? random.int(0, 1) : -1;
  for (let i = 0; i < count; i++) {
    const depth = 0.28 + (0.72 * i) / (count - 1);
    const base = horizon + (height - horizon) * (0.2 + 0.66 * (i / (count - 1)) ** 1.15);
    const tall = unit * (0.008 + 0.034 * depth ** 1.5);
    const ridge = swellRidge(frame, base, tall, 0.22 + 0.5 * depth);
    if (i === sails) {
      const at = random.range(0.15, 0.85);
      shapes.push(...boat(frame, at * width, ridge(at) + unit * 0.004));
    }
    shapes.push(...swell(frame, ridge, depth, base, tall));
  }
  return { width, height, backdrop: sky(frame, horizon, sun), shapes };
}

/** Sand, and the sea from the shallows, 0, to where it is deep, 1. */
function shoreColors({ palette, random }: Frame): { sand: Oklch; sea: (depth: number) => Oklch } {
  const { sky, near, water: middle, isDark, isGiven } = palette;
  if (isGiven) {
    const shallow = between(sky[1], sky[2], 0.3);
    return { sand: tone(sky[2], 0.35), sea: (depth) => between(shallow, between(middle, near, 0.3), depth) };
  }
  const warmth = sky[2].h > 300 ? 65 : 80;
  const hue = isDark ? 225 : random.range(180, 222);
  const [shallow, deep] = [
    { l: 0.87, c: 0.07, h: hue - 16 },
    { l: 0.46, c: 0.1, h: hue + 22 },
  ];
  return {
    sand: { l: 0.9, c: random.range(0.03, 0.055), h: warmth },
    sea: (depth) => between(shallow, deep, depth),
  };
}

/** A beach from above: sand, foam and water in ever deeper blue, aslant. */
export function beach(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const isFlipped = random.chance(0.5);
  const place = (x: number, y: number): Point => [isFlipped ? width - x : x, y];
  const shoreAt = random.range(0.34, 0.52);
  const slant = random.range(-0.35, 0.35);
  const { sand, sea } = shoreColors(frame);
  const shapes: Shape[] = [];
  const big = noise(random, 1);
  const edgeOf = (offset: number, swing: number): Point[] => {
    const wave = noise(random, 3, 0.4);
    return Array.from({ length: 25 }, (_, i): Point => {
      const at = -0.05 + (1.1 * i) / 24;
      const x =
        width * (shoreAt + offset) +
        (at - 0.5) * slant * unit +
        (wave((at * height * 2.6) / unit) * swing + big((at * height * 0.9) / unit) * 0.05) * unit;
      return place(x, at * height);
    });
  };
  const fill = (edge: readonly Point[], isSea: boolean): Path => {
    const [first, last] = [edge[0] as Point, edge.at(-1) as Point];
    const side = isSea === isFlipped ? -1 : width + 1;
    return new Path().move(first[0], first[1]).through(edge).line(side, last[1]).line(side, first[1]).close();
  };
  const wet = edgeOf(0.015, 0.05);
  shapes.push({
    path: fill(
      wet.map(([x, y]) => [x - (isFlipped ? -1 : 1) * unit * 0.07, y]),
      true,
    ),
    paint: flat(shown(tone(sand, -0.09))),
  });
  for (let i = 0; i < 5; i++) {
    const edge = edgeOf(0.02 + i * random.range(0.085, 0.12), 0.055 - i * 0.004);
    const thick = unit * (0.02 - 0.0025 * i);
    const sign = isFlipped ? -1 : 1;
    const rough = noise(random, 3, 0.6);
    const inner = edge.map(([x, y], k): Point => [x + sign * thick * (1.1 + 0.9 * rough(k * 0.9)), y]);
    const foam = shown({ ...sea(0), l: 0.985, c: 0.01 });
    shapes.push({ path: fill(edge, true), paint: flat(fade(foam, 0.95 - i * 0.16)) });
    shapes.push({
      path: fill(inner, true),
      paint: along(
        ...place(width * (shoreAt + i * 0.1), 0),
        ...place(width * (shoreAt + 0.28 + i * 0.1), 0),
        ramp([sea(i * 0.2), sea(i * 0.2 + 0.24)], 2),
      ),
    });
  }
  shapes.push(...parasols(frame, (x, y) => place(x, y), shoreAt, slant));
  const warm = shown(palette.glow);
  return {
    width,
    height,
    backdrop: [
      along(0, 0, width, height, ramp([tone(sand, 0.3), tone(sand, -0.05)])),
      glow(...place(0, 0), width * 0.7, height * 0.9, warm, 0.35),
    ],
    shapes,
  };
}

/** Parasols and towels on the sand, with their shadows. */
function parasols(
  { width, height, unit, palette, random }: Frame,
  place: (x: number, y: number) => Point,
  shoreAt: number,
  slant: number,
): Shape[] {
  const shapes: Shape[] = [];
  const colors = random.shuffle(
    (palette.isGiven
      ? palette.set
      : [palette.accents[0], palette.accents[2], { l: 0.66, c: 0.12, h: 215 }]
    ).map((color) => ({
      l: Math.min(0.76, Math.max(0.58, color.l)),
      c: Math.max(0.13, color.c),
      h: color.h,
    })),
  );
  const count = random.int(2, 4);
  for (let i = 0; i < count; i++) {
    const down_ = (i + random.range(0.38, 0.62)) / count;
    const room = width * shoreAt + (down_ - 0.5) * slant * unit - unit * 0.16;
    const r = unit * random.range(0.05, 0.075);
    const [x, y] = place(Math.max(r, room * random.range(0.25, 0.8)), height * down_);
    const color = shown(colors[i % colors.length] as (typeof colors)[number]);
    const pale = shown({ l: 0.97, c: 0.01, h: 90 });
    shapes.push({
      path: new Path().circle(x + r * 0.35, y + r * 0.4, r),
      paint: flat(fade(shown({ l: 0.4, c: 0.04, h: 60 }), 0.22)),
    });
    const towel = new Path().roundRect(x + r * 0.9, y - r * 0.1, r * 0.8, r * 1.6, r * 0.12);
    shapes.push({
      path: towel,
      paint: flat(shown(colors[(i + 1) % colors.length] as (typeof colors)[number])),
    });
    shapes.push({ path: new Path().circle(x, y, r), paint: flat(color) });
    const wedges = new Path();
    for (let k = 0; k < 8; k += 2) {
      const [a, b] = [(k * Math.PI) / 4 + 0.2, ((k + 1) * Math.PI) / 4 + 0.2];
      wedges.polygon([
        [x, y],
        [x + r * Math.cos(a), y + r * Math.sin(a)],
        [x + r * 1.02 * Math.cos((a + b) / 2), y + r * 1.02 * Math.sin((a + b) / 2)],
        [x + r * Math.cos(b), y + r * Math.sin(b)],
      ]);
    }
    shapes.push({ path: wedges, paint: flat(pale) });
  }
  return shapes;
}
