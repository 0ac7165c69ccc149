import { between, shown, tone } from '../colors/mixing.ts';
import { down, fade, flat, glow, type Paint, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';
import type { Random } from '../random.ts';

/** Position and size of sun or moon, in px. */
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
      path.dot(random.range(0, width), depth * depth * horizon * 0.92, r);
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

/** The weather over a horizon: clouds, bands of cloud or nothing. */
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
