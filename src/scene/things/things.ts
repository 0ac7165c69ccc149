import type { Oklch } from '../../color/oklch.ts';
import { shown, tone } from '../colors/mixing.ts';
import { flat, type Shape } from '../drawing.ts';
import type { Frame } from '../frame.ts';
import { Path } from '../path.ts';
import { lch, paint } from '../shade.ts';

export function plant({ random, palette }: Frame, x: number, desk: number, s: number): Shape[] {
  const green: Oklch = palette.isGiven
    ? tone(palette.set[1] as Oklch, -0.2)
    : lch(0.56, 0.11, random.range(140, 165));
  const shapes: Shape[] = [];
  for (const [shade, angles] of [
    [-0.25, [-0.9, 0.85, 0.1]],
    [0.06, [-0.5, 0.45, -0.15, 1.15, -1.2]],
  ] as const) {
    const path = new Path();
    for (const angle of angles) {
      const leaf = new Path()
        .move(0, 0)
        .curve(s * 0.22, -s * 0.3, s * 0.18, -s * 0.8, 0, -s * random.range(0.95, 1.15))
        .curve(-s * 0.18, -s * 0.8, -s * 0.22, -s * 0.3, 0, 0)
        .close();
      path.add(leaf.placed(x, desk - s * 0.52, angle * 0.75, random.range(0.85, 1.1)));
    }
    shapes.push(paint(path, tone(green, shade)));
  }
  const pot = palette.isGiven
    ? tone(palette.set[2] as Oklch, 0.3)
    : random.pick([lch(0.95, 0.01, 80), lch(0.68, 0.11, 45), lch(0.36, 0.03, 250)] as const);
  shapes.push(
    paint(
      new Path().polygon([
        [x - s * 0.33, desk - s * 0.58],
        [x + s * 0.33, desk - s * 0.58],
        [x + s * 0.25, desk],
        [x - s * 0.25, desk],
      ]),
      pot,
    ),
  );
  shapes.push(paint(new Path().rect(x - s * 0.36, desk - s * 0.62, s * 0.72, s * 0.12), tone(pot, -0.1)));
  return shapes;
}

export function mug({ random, palette }: Frame, x: number, desk: number, s: number): Shape[] {
  const color = { ...(palette.set[random.int(1, 3)] as Oklch) };
  const china = palette.isGiven
    ? color
    : { l: Math.max(0.6, color.l), c: Math.max(0.08, color.c), h: color.h };
  const handle = new Path()
    .circle(x + s * 0.36, desk - s * 0.36, s * 0.24)
    .move(x + s * 0.22, desk - s * 0.36)
    .curve(x + s * 0.22, desk - s * 0.28, x + s * 0.28, desk - s * 0.22, x + s * 0.36, desk - s * 0.22)
    .curve(x + s * 0.44, desk - s * 0.22, x + s * 0.5, desk - s * 0.28, x + s * 0.5, desk - s * 0.36)
    .curve(x + s * 0.5, desk - s * 0.44, x + s * 0.44, desk - s * 0.5, x + s * 0.36, desk - s * 0.5)
    .curve(x + s * 0.28, desk - s * 0.5, x + s * 0.22, desk - s * 0.44, x + s * 0.22, desk - s * 0.36)
    .close();
  const steam = new Path();
  for (const dx of [-0.14, 0.12])
    steam
      .move(x + dx * s, desk - s * 0.8)
      .curve(
        x + (dx - 0.16) * s,
        desk - s * 1.0,
        x + (dx + 0.16) * s,
        desk - s * 1.1,
        x + dx * s,
        desk - s * 1.32,
      )
      .curve(
        x + (dx + 0.24) * s,
        desk - s * 1.1,
        x + (dx - 0.08) * s,
        desk - s * 1.0,
        x + (dx + 0.05) * s,
        desk - s * 0.8,
      )
      .close();
  return [
    paint(steam, lch(1, 0, 0), 0.4),
    paint(handle, tone(china, -0.1)),
    paint(new Path().roundRect(x - s * 0.34, desk - s * 0.72, s * 0.68, s * 0.72, s * 0.1), china),
    paint(new Path().rect(x - s * 0.34, desk - s * 0.46, s * 0.68, s * 0.12), tone(china, 0.45)),
  ];
}

export function books({ random, palette }: Frame, x: number, desk: number, s: number): Shape[] {
  const shapes: Shape[] = [];
  let top = desk;
  const count = random.int(2, 4);
  for (let i = 0; i < count; i++) {
    const thick = s * random.range(0.15, 0.24);
    const long = s * random.range(0.95, 1.3);
    const left = x - long / 2 + random.range(-0.08, 0.08) * s;
    const set = palette.set[(i + 1) % palette.set.length] as Oklch;
    const color = palette.isGiven ? set : { l: 0.42 + 0.13 * i, c: 0.09, h: set.h };
    shapes.push(paint(new Path().roundRect(left, top - thick, long, thick, s * 0.03), color));
    shapes.push(
      paint(
        new Path()
          .rect(left + long * 0.12, top - thick, long * 0.05, thick)
          .rect(left + long * 0.8, top - thick, long * 0.05, thick),
        tone(color, 0.5),
        0.8,
      ),
    );
    top -= thick;
  }
  return shapes;
}

export function lamp({ palette, random }: Frame, x: number, desk: number, s: number): Shape[] {
  const color = palette.isGiven ? (palette.set[1] as Oklch) : lch(0.34, 0.03, (palette.set[0] as Oklch).h);
  const sign = random.chance(0.5) ? 1 : -1;
  const arm = (x1: number, y1: number, x2: number, y2: number): Path => {
    const length = Math.hypot(x2 - x1, y2 - y1);
    return new Path().rect(0, -s * 0.03, length, s * 0.06).placed(x1, y1, Math.atan2(y2 - y1, x2 - x1));
  };
  const [ex, ey] = [x - sign * s * 0.35, desk - s * 1.0];
  const [hx, hy] = [x + sign * s * 0.3, desk - s * 1.75];
  const shade = new Path()
    .move(-0.34, 0.3)
    .curve(-0.34, -0.1, -0.16, -0.3, 0, -0.3)
    .curve(0.16, -0.3, 0.34, -0.1, 0.34, 0.3)
    .close();
  return [
    paint(arm(x, desk - s * 0.05, ex, ey), color),
    paint(arm(ex, ey, hx, hy), color),
    paint(new Path().circle(ex, ey, s * 0.06), tone(color, 0.3)),
    paint(new Path().roundRect(x - s * 0.3, desk - s * 0.08, s * 0.6, s * 0.09, s * 0.04), color),
    { path: shade.placed(hx + sign * s * 0.08, hy + s * 0.06, -sign * 0.5, s), paint: flat(shown(color)) },
  ];
}
