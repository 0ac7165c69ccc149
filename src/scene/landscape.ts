import type { Oklch } from '../color/oklch.ts';
import { down, fade, flat, glow, type Paint, type Shape, type Stop } from './drawing.ts';
import { between, type Palette, shown, tone } from './palette.ts';
import { Path, type Point } from './path.ts';
import type { Random } from './random.ts';

/** What a scene is drawn from. */
export interface Frame {
  /** px before scaling */
  readonly width: number;
  readonly height: number;
  /** The side of a square of the same area, but no more than fits the picture well: what sizes are shares of. */
  readonly unit: number;
  readonly palette: Palette;
  readonly random: Random;
}

/** A gradient's stops whose colours are even steps in OKLCH, so that sRGB between them passes no mud. */
export function ramp(colors: readonly Oklch[], steps = 3): Stop[] {
  const stops: Stop[] = [];
  const spans = colors.length - 1;
  for (let i = 0; i <= spans * steps; i++) {
    const span = Math.min(spans - 1, Math.floor(i / steps));
    const amount = (i - span * steps) / steps;
    const color = between(colors[span] as Oklch, colors[span + 1] as Oklch, amount);
    stops.push([i / (spans * steps), shown(color)]);
  }
  return stops;
}

/** Smooth chance along a line: a function of any number, about -1 to 1, whose hills are about 1 wide. */
export function noise(random: Random, octaves = 3, roughness = 0.45): (x: number) => number {
  const layers = Array.from({ length: octaves }, (_, i) => ({
    values: Array.from({ length: 64 }, () => random.range(-1, 1)),
    scale: 2 ** i,
    share: roughness ** i,
  }));
  const sum = layers.reduce((total, { share }) => total + share, 0);
  return (x) => {
    let value = 0;
    for (const { values, scale, share } of layers) {
      const at = x * scale;
      const i = Math.floor(at);
      const t = at - i;
      const ease = t * t * (3 - 2 * t);
      const from = values[((i % 64) + 64) % 64] as number;
      const to = values[(((i + 1) % 64) + 64) % 64] as number;
      value += (from + (to - from) * ease) * share;
    }
    return value / sum;
  };
}

/** Where sun or moon stand, and how large they are, in px. */
export interface Sun {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export function placeSun({ width, unit, palette, random }: Frame, horizon: number): Sun {
  const side = random.chance(0.5) ? random.range(0.16, 0.42) : random.range(0.58, 0.84);
  const radius = unit * (palette.isDark ? random.range(0.032, 0.05) : random.range(0.045, 0.085));
  const y = horizon - radius * 0.4 - (horizon - radius * 2.2) * palette.height;
  return { x: width * side, y, radius };
}

/** The sky down to the horizon, and the light in it. */
export function sky({ width, height, unit, palette }: Frame, horizon: number, sun: Sun): Paint[] {
  const { isDark } = palette;
  const light = shown(palette.glow);
  const reach = Math.max(width, height);
  return [
    down(0, horizon, ramp(palette.sky)),
    glow(width * 0.5, horizon, reach * 0.9, unit * 0.35, shown(palette.sky[2]), isDark ? 0.35 : 0.5),
    glow(sun.x, sun.y, reach * 0.62, reach * 0.5, light, isDark ? 0.22 : 0.55),
    glow(sun.x, sun.y, sun.radius * 5, sun.radius * 5, shown(palette.light), isDark ? 0.3 : 0.55),
  ];
}

/** Sun or moon; a moon may be a crescent. */
export function sunDisc({ palette, random }: Frame, { x, y, radius }: Sun): Shape[] {
  const disc = new Path();
  if (palette.isDark && random.chance(0.5)) {
    // Two arcs from tip to tip: the outer one of a circle, the inner one flatter.
    const [k, tip] = [radius * 1.333, radius * 0.35];
    disc
      .move(x + tip, y - radius)
      .curve(x - k + tip * 0.2, y - radius * 1.02, x - k + tip * 0.2, y + radius * 1.02, x + tip, y + radius)
      .curve(x - radius * 0.42, y + radius * 0.5, x - radius * 0.42, y - radius * 0.5, x + tip, y - radius)
      .close();
  } else disc.circle(x, y, radius);
  return [{ path: disc, paint: flat(shown(palette.light)) }];
}

/** Stars: few large, many small, fewer towards the horizon. */
export function stars({ width, unit, palette, random }: Frame, horizon: number): Shape[] {
  if (!palette.isDark) return [];
  const groups: [radius: number, alpha: number, count: number][] = [
    [0.0014, 0.55, 46],
    [0.0022, 0.8, 20],
    [0.0032, 0.95, 6],
  ];
  return groups.map(([radius, alpha, count]) => {
    const path = new Path();
    for (let i = 0; i < count; i++) {
      const r = Math.max(0.5, unit * radius * random.range(0.8, 1.2));
      const depth = random.next();
      path.circle(random.range(0, width), depth * depth * horizon * 0.92, r);
    }
    return { path, paint: flat(fade(shown(palette.light), alpha)) };
  });
}

/** One cloud: a flat base under round heaps. */
function cloud(path: Path, random: Random, x: number, y: number, width: number): void {
  const heaps = random.int(3, 5);
  const height = width * random.range(0.16, 0.24);
  const base = height * 0.3;
  path.roundRect(x - width / 2, y - base, width, base * 1.05, base * 0.5);
  for (let i = 0; i < heaps; i++) {
    const at = (i + 0.5) / heaps;
    const swell = 1 - Math.abs(at - 0.5) * 1.1;
    const r = ((width * 0.78) / heaps) * (0.42 + 0.36 * swell) * random.range(0.9, 1.1);
    path.circle(x + (at - 0.5) * width * 0.78, y - base * 0.4 - r * 0.42, r);
  }
}

/** A few clouds, the lower ones smaller and paler: they are further away. */
function clouds(frame: Frame, horizon: number, count: number): Shape[] {
  const { width, unit, palette, random } = frame;
  return Array.from({ length: count }, (_, i) => {
    const depth = (i + 0.5) / count;
    const y = horizon * (0.72 - 0.58 * depth) + random.range(-0.04, 0.04) * unit;
    const size = unit * (0.14 + 0.22 * depth) * random.range(0.8, 1.25);
    const path = new Path();
    cloud(path, random, width * random.range(0.05, 0.95), y, size);
    const top = shown(tone(palette.sky[2], palette.isDark ? 0.05 : 0.6));
    const strength = (palette.isDark ? 0.18 : 0.5) + 0.3 * depth;
    const paint = down(y - size * 0.22, y + size * 0.03, [
      [0, fade(top, strength)],
      [1, fade(top, strength * 0.35)],
    ]);
    return { path, paint };
  });
}

/** Long thin bands of cloud, as at sunset. */
function bands({ width, unit, palette, random }: Frame, horizon: number, count: number): Shape[] {
  return Array.from({ length: count }, (_, i) => {
    const y = horizon * (0.3 + (0.55 * (i + random.next())) / count);
    const length = unit * random.range(0.35, 0.9);
    const thickness = unit * random.range(0.008, 0.02);
    const x = width * random.range(0, 1);
    const path = new Path();
    for (const [dx, dy, share] of [
      [0, 0, 1],
      [random.range(-0.3, 0.3), -1.5, random.range(0.35, 0.6)],
      [random.range(-0.3, 0.3), 1.4, random.range(0.3, 0.5)],
    ] as const) {
      const w = length * share;
      path.roundRect(x + dx * length - w / 2, y + dy * thickness, w, thickness, thickness / 2);
    }
    const color = palette.isDark ? palette.sky[2] : tone(palette.glow, 0.3);
    return { path, paint: flat(fade(shown(color), palette.isDark ? 0.14 : 0.36)) };
  });
}

/** What the sky over a horizon holds: clouds, bands of them or nothing. */
export function weather(frame: Frame, horizon: number): Shape[] {
  const { random } = frame;
  const kind = random.next();
  if (kind < 0.42) return clouds(frame, horizon, random.int(2, 4));
  return kind < 0.75 ? bands(frame, horizon, random.int(2, 4)) : [];
}

/** A few birds, far away. */
export function birds({ width, unit, palette, random }: Frame, horizon: number): Shape[] {
  const path = new Path();
  const [x, y] = [width * random.range(0.2, 0.8), horizon * random.range(0.25, 0.6)];
  const count = random.int(3, 6);
  for (let i = 0; i < count; i++) {
    const s = unit * random.range(0.011, 0.019);
    const [bx, by] = [x + random.range(-0.14, 0.14) * unit, y + random.range(-0.06, 0.06) * unit];
    path
      .move(bx - s, by - s * 0.35)
      .curve(bx - s * 0.6, by - s * 0.62, bx - s * 0.2, by - s * 0.35, bx, by)
      .curve(bx + s * 0.2, by - s * 0.35, bx + s * 0.6, by - s * 0.62, bx + s, by - s * 0.35)
      .curve(bx + s * 0.6, by - s * 0.42, bx + s * 0.22, by - s * 0.12, bx, by + s * 0.22)
      .curve(bx - s * 0.22, by - s * 0.12, bx - s * 0.6, by - s * 0.42, bx - s, by - s * 0.35)
      .close();
  }
  return [{ path, paint: flat(fade(shown(between(palette.sky[0], palette.near, 0.75)), 0.85)) }];
}

/** A ridge from edge to edge: its height at a share of the width. */
export type Ridge = (share: number) => number;

/** What lies under a ridge. */
export function below({ width, height }: Frame, ridge: Ridge, points: number, isSmooth: boolean): Path {
  const line: Point[] = Array.from({ length: points + 1 }, (_, i) => [
    (width * i) / points,
    ridge(i / points),
  ]);
  const [first, last] = [line[0] as Point, line.at(-1) as Point];
  const path = new Path().move(first[0], first[1]);
  if (isSmooth) path.through(line);
  else for (const [x, y] of line.slice(1)) path.line(x, y);
  return path
    .line(last[0], height + 1)
    .line(0, height + 1)
    .close();
}

/** The colour of a layer of land: `depth` from 0, in the haze, to 1. */
export function landColor({ far, near }: Palette, depth: number): Oklch {
  return between(far, near, depth);
}

/** A layer's paint: clear at its top, and further down in the haze that lies in the valley before it. */
export function landPaint(
  { palette }: Frame,
  depth: number,
  top: number,
  bottom: number,
  haze = 0.55,
): Paint {
  const color = landColor(palette, depth);
  const fog = between(color, between(palette.sky[2], palette.far, 0.35), haze * (1 - depth) + 0.05);
  return down(top, bottom, ramp([color, fog], 2));
}

/** Tiers of a conifer by its height in px: more than that is not seen. */
function tiersFor(height: number): number {
  if (height < 20) return 1;
  if (height < 56) return 2;
  return height < 120 ? 3 : 4;
}

/** A conifer, standing on `y`; the same way round as what lies under a ridge. */
export function conifer(path: Path, random: Random, x: number, y: number, height: number): void {
  const half = height * random.range(0.17, 0.23);
  const tiers = tiersFor(height);
  const right: Point[] = [];
  for (let i = 1; i <= tiers; i++) {
    const at = y - height * (1 - (i / tiers) * 0.9);
    const out = half * (0.3 + (0.7 * i) / tiers);
    right.push([out, at]);
    if (i < tiers) right.push([out * 0.48, at - height * 0.035]);
  }
  const crown: Point[] = [[x, y - height], ...right.map(([dx, at]): Point => [x + dx, at])];
  const left = right.reverse().map(([dx, at]): Point => [x - dx, at]);
  const trunk = half * 0.16;
  const stem: Point[] = [
    [x + trunk, y - height * 0.1],
    [x + trunk, y + height * 0.08],
    [x - trunk, y + height * 0.08],
    [x - trunk, y - height * 0.1],
  ];
  path.polygon([...crown, ...(tiers > 1 ? stem : []), ...left]);
}

/** A tree with a round crown. */
export function roundTree(path: Path, random: Random, x: number, y: number, height: number): void {
  const crown = height * random.range(0.3, 0.38);
  const trunk = height * 0.035;
  path.rect(x - trunk, y - height * 0.5, trunk * 2, height * 0.56);
  path.ellipse(x, y - height + crown, crown * random.range(0.8, 0.95), crown);
  if (height < 60) return;
  path.ellipse(x - crown * 0.5, y - height + crown * 1.35, crown * 0.6, crown * 0.55);
  path.ellipse(x + crown * 0.5, y - height + crown * 1.3, crown * 0.62, crown * 0.58);
}

/** A poplar or cypress: tall and narrow. */
export function poplar(path: Path, random: Random, x: number, y: number, height: number): void {
  const half = height * random.range(0.09, 0.13);
  path
    .move(x, y - height)
    .curve(x + half * 1.3, y - height * 0.6, x + half * 1.2, y - height * 0.1, x, y + height * 0.04)
    .curve(x - half * 1.2, y - height * 0.1, x - half * 1.3, y - height * 0.6, x, y - height)
    .close();
}
