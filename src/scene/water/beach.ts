import type { Oklch } from '../../color/oklch.ts';
import { between, shown, tone } from '../colors/mixing.ts';
import { along, type Drawing, fade, flat, glow, type Shape } from '../drawing.ts';
import { type Frame, noise, ramp } from '../frame.ts';
import { Path, type Point } from '../path.ts';

/** Sand, and the sea by depth: 0 is shallow, 1 is deep. */
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

/** Orientation of a beach: its shore as a share of the width, and its slant. */
interface Shore {
  readonly isFlipped: boolean;
  readonly at: number;
  readonly slant: number;
  /** Moves a point of a beach with sand on the left to its place on this beach. */
  readonly place: (x: number, y: number) => Point;
}

/** Makes lines along a shore by their distance from it and their winding; at large scale, all wind alike. */
function shoreLines({ width, height, unit, random }: Frame, shore: Shore) {
  const big = noise(random, 1);
  return (offset: number, swing: number): Point[] => {
    const wave = noise(random, 3, 0.4);
    return Array.from({ length: 25 }, (_, i): Point => {
      const at = -0.05 + (1.1 * i) / 24;
      const x =
        width * (shore.at + offset) +
        (at - 0.5) * shore.slant * unit +
        (wave((at * height * 2.6) / unit) * swing + big((at * height * 0.9) / unit) * 0.05) * unit;
      return shore.place(x, at * height);
    });
  };
}

/** Wet sand, and water in ever deeper blue, each with foam at its edge. */
function water(frame: Frame, shore: Shore, sand: Oklch, sea: (depth: number) => Oklch): Shape[] {
  const { width, unit, random } = frame;
  const { isFlipped, place } = shore;
  const sign = isFlipped ? -1 : 1;
  const lineAt = shoreLines(frame, shore);
  const beyond = (edge: readonly Point[]): Path => {
    const [first, last] = [edge[0] as Point, edge.at(-1) as Point];
    const side = isFlipped ? -1 : width + 1;
    return new Path().move(first[0], first[1]).through(edge).line(side, last[1]).line(side, first[1]).close();
  };
  const wet = lineAt(0.015, 0.05).map(([x, y]): Point => [x - sign * unit * 0.07, y]);
  const shapes: Shape[] = [{ path: beyond(wet), paint: flat(shown(tone(sand, -0.09))) }];
  for (let i = 0; i < 5; i++) {
    const edge = lineAt(0.02 + i * random.range(0.085, 0.12), 0.055 - i * 0.004);
    const thick = unit * (0.02 - 0.0025 * i);
    const rough = noise(random, 3, 0.6);
    const inner = edge.map(([x, y], k): Point => [x + sign * thick * (1.1 + 0.9 * rough(k * 0.9)), y]);
    const foam = shown({ ...sea(0), l: 0.985, c: 0.01 });
    const [from, to] = [
      place(width * (shore.at + i * 0.1), 0),
      place(width * (shore.at + 0.28 + i * 0.1), 0),
    ];
    shapes.push(
      { path: beyond(edge), paint: flat(fade(foam, 0.95 - i * 0.16)) },
      { path: beyond(inner), paint: along(...from, ...to, ramp([sea(i * 0.2), sea(i * 0.2 + 0.24)], 2)) },
    );
  }
  return shapes;
}

/** A beach from above: sand, foam and water, at a slant. */
export function beach(frame: Frame): Drawing {
  const { width, height, random, palette } = frame;
  const isFlipped = random.chance(0.5);
  const place = (x: number, y: number): Point => [isFlipped ? width - x : x, y];
  const shore = { isFlipped, place, at: random.range(0.34, 0.52), slant: random.range(-0.35, 0.35) };
  const { sand, sea } = shoreColors(frame);
  return {
    width,
    height,
    backdrop: [
      along(0, 0, width, height, ramp([tone(sand, 0.3), tone(sand, -0.05)])),
      glow(...place(0, 0), width * 0.7, height * 0.9, shown(palette.glow), 0.35),
    ],
    shapes: [...water(frame, shore, sand, sea), ...parasols(frame, shore)],
  };
}

/** Parasols and towels on the sand, with their shadows. */
function parasols({ width, height, unit, palette, random }: Frame, shore: Shore): Shape[] {
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
    const room = width * shore.at + (down_ - 0.5) * shore.slant * unit - unit * 0.16;
    const r = unit * random.range(0.05, 0.075);
    const [x, y] = shore.place(Math.max(r, room * random.range(0.25, 0.8)), height * down_);
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
