import type { Oklch } from '../color/oklch.ts';
import { along, type Drawing, down, fade, flat, glow, type Shape } from './drawing.ts';
import { type Frame, ramp } from './landscape.ts';
import { between, shown, tone } from './palette.ts';
import { Path } from './path.ts';

const lch = (l: number, c: number, h: number): Oklch => ({ l, c, h });
const paint = (path: Path, color: Oklch, alpha = 1): Shape => ({
  path,
  paint: flat(fade(shown(color), alpha)),
});

/** What is on the screen: code, or a board of charts. */
function screen({ random, palette }: Frame, x: number, y: number, w: number, h: number): Shape[] {
  const [first, second, third] = palette.set as [Oklch, Oklch, Oklch];
  const isDark = random.chance(0.55);
  const ground = isDark
    ? lch(0.27, palette.isGiven ? first.c * 0.3 : 0.04, first.h)
    : lch(0.975, 0.008, first.h);
  const strong = (color: Oklch): Oklch => ({
    l: isDark ? 0.76 : 0.64,
    c: palette.isGiven ? color.c : 0.13,
    h: color.h,
  });
  const inks = [
    strong(first),
    strong(second),
    strong(third),
    isDark ? lch(0.62, 0.02, first.h) : lch(0.82, 0.015, first.h),
  ] as const;
  const lines = [new Path(), new Path(), new Path(), new Path()] as const;
  const bar = new Path().rect(x, y, w, h * 0.075);
  const dots = [20, 85, 145].map((hue, i) =>
    paint(new Path().circle(x + w * (0.03 + i * 0.03), y + h * 0.0375, h * 0.018), lch(0.72, 0.15, hue)),
  );
  const shapes = [
    paint(new Path().rect(x, y, w, h), ground),
    paint(bar, tone(ground, isDark ? 0.14 : -0.07)),
    ...dots,
  ];
  if (random.chance(0.55)) {
    let depth = 0;
    for (let row = 0; row < 12; row++) {
      depth = Math.max(0, Math.min(4, depth + random.int(-1, 1)));
      let at = x + w * (0.07 + depth * 0.045);
      const top = y + h * (0.14 + row * 0.068);
      for (let k = random.int(1, 4); k > 0; k--) {
        const length = w * random.range(0.04, 0.17);
        if (at + length > x + w * 0.94) break;
        (lines[random.int(0, 3)] as Path).roundRect(at, top, length, h * 0.028, h * 0.014);
        at += length + w * 0.02;
      }
    }
  } else {
    const bars = 8;
    for (let i = 0; i < bars; i++) {
      const tall = h * random.range(0.1, 0.36);
      (lines[i % 2 === 0 ? 0 : 1] as Path).roundRect(
        x + w * (0.07 + i * 0.062),
        y + h * 0.62 - tall,
        w * 0.04,
        tall,
        w * 0.008,
      );
    }
    lines[3]
      .roundRect(x + w * 0.07, y + h * 0.15, w * 0.2, h * 0.045, h * 0.02)
      .roundRect(x + w * 0.07, y + h * 0.7, w * 0.48, h * 0.03, h * 0.015)
      .roundRect(x + w * 0.07, y + h * 0.77, w * 0.38, h * 0.03, h * 0.015)
      .roundRect(x + w * 0.07, y + h * 0.84, w * 0.43, h * 0.03, h * 0.015);
    lines[2].circle(x + w * 0.78, y + h * 0.36, h * 0.16);
    shapes.push(
      paint(
        new Path().roundRect(x + w * 0.64, y + h * 0.6, w * 0.29, h * 0.3, h * 0.03),
        tone(ground, isDark ? 0.1 : -0.05),
      ),
    );
  }
  lines.forEach((path, i) => {
    if (!path.isEmpty) shapes.push(paint(path, inks[i] as Oklch));
  });
  return shapes;
}

function monitor(frame: Frame, x: number, desk: number, w: number): Shape[] {
  const h = w * 0.58;
  const bottom = desk - w * 0.17;
  const frameColor = lch(0.3, 0.012, 260);
  const edge = w * 0.022;
  return [
    paint(
      new Path().polygon([
        [x - w * 0.07, bottom],
        [x + w * 0.07, bottom],
        [x + w * 0.09, desk - w * 0.02],
        [x - w * 0.09, desk - w * 0.02],
      ]),
      lch(0.78, 0.008, 260),
    ),
    paint(
      new Path().roundRect(x - w * 0.2, desk - w * 0.028, w * 0.4, w * 0.03, w * 0.012),
      lch(0.86, 0.006, 260),
    ),
    paint(new Path().roundRect(x - w / 2, bottom - h, w, h + edge * 0.4, w * 0.025), frameColor),
    ...screen(frame, x - w / 2 + edge, bottom - h + edge, w - 2 * edge, h - 2 * edge + edge * 0.4),
  ];
}

function laptop(frame: Frame, x: number, desk: number, w: number): Shape[] {
  const h = w * 0.6;
  const edge = w * 0.025;
  const bottom = desk - w * 0.03;
  return [
    paint(new Path().roundRect(x - w / 2, bottom - h, w, h + w * 0.02, w * 0.03), lch(0.34, 0.012, 260)),
    ...screen(frame, x - w / 2 + edge, bottom - h + edge, w - 2 * edge, h - 2 * edge),
    paint(
      new Path()
        .move(x - w * 0.62, desk - w * 0.035)
        .line(x + w * 0.62, desk - w * 0.035)
        .line(x + w * 0.62, desk - w * 0.015)
        .curve(x + w * 0.6, desk, x + w * 0.58, desk, x + w * 0.56, desk)
        .line(x - w * 0.56, desk)
        .curve(x - w * 0.58, desk, x - w * 0.6, desk, x - w * 0.62, desk - w * 0.015)
        .close(),
      lch(0.84, 0.006, 260),
    ),
    paint(
      new Path().roundRect(x - w * 0.1, desk - w * 0.035, w * 0.2, w * 0.014, w * 0.007),
      lch(0.7, 0.008, 260),
    ),
  ];
}

function plant({ random, palette }: Frame, x: number, desk: number, s: number): Shape[] {
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

function mug({ random, palette }: Frame, x: number, desk: number, s: number): Shape[] {
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

function books({ random, palette }: Frame, x: number, desk: number, s: number): Shape[] {
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

function lamp({ palette, random }: Frame, x: number, desk: number, s: number): Shape[] {
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

/** A workplace: a screen on a desk, and what stands beside it. */
export function desk(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const [first] = palette.set as [Oklch];
  const wall: Oklch = palette.isGiven
    ? first
    : lch(random.range(0.78, 0.91), random.range(0.035, 0.08), first.h);
  const wood: Oklch = palette.isGiven
    ? tone(palette.set[1] as Oklch, -0.1)
    : random.pick([
        lch(0.7, 0.08, 65),
        lch(0.5, 0.065, 50),
        lch(0.95, 0.008, 80),
        lch(0.36, 0.03, 260),
      ] as const);
  const top = height * random.range(0.7, 0.78);
  const w = Math.min(unit * 0.62, width * 0.62, top * 0.95);
  const shapes: Shape[] = [];
  const disc = new Path().circle(width / 2, top - w * 0.25, w * 0.72);
  shapes.push(paint(disc, tone(wall, 0.5), 0.45));
  // A board on the wall where there is room.
  const pictures = random.int(1, 3);
  for (let i = 0; i < pictures; i++) {
    const s = unit * random.range(0.1, 0.15);
    const x = width * (0.08 + 0.84 * ((i + random.range(0.3, 0.7)) / pictures));
    const y = height * random.range(0.06, 0.14);
    shapes.push(paint(new Path().rect(x - s * 0.5, y, s, s * 1.25), tone(wall, 0.75)));
    shapes.push(
      paint(
        new Path().rect(x - s * 0.4, y + s * 0.1, s * 0.8, s * 1.05),
        between(wall, palette.set[(i + 1) % 5] as Oklch, 0.55),
      ),
    );
  }
  const front = new Path().rect(0, top, width, height - top + 1);
  shapes.push({ path: front, paint: along(0, top, 0, height, ramp([tone(wood, 0.06), tone(wood, -0.12)])) });
  shapes.push(paint(new Path().rect(0, top, width, unit * 0.012), tone(wood, 0.35), 0.6));
  shapes.push(
    paint(new Path().ellipse(width / 2, top + unit * 0.006, w * 0.55, unit * 0.02), tone(wood, -0.4), 0.35),
  );
  const ground = top + unit * 0.008;
  shapes.push(
    ...(random.chance(0.55)
      ? monitor(frame, width / 2, ground, w)
      : laptop(frame, width / 2, ground, w * 0.86)),
  );
  const s = unit * 0.15;
  const things = random.shuffle([
    (x: number) => plant(frame, x, ground, s * 1.15),
    (x: number) => mug(frame, x, ground, s * 0.72),
    (x: number) => books(frame, x, ground, s),
    (x: number) => lamp(frame, x, ground, s * 1.15),
  ]);
  const room = (width - w * 1.1) / 2;
  const perSide = Math.max(1, Math.min(2, Math.floor(room / (s * 1.25))));
  for (let i = 0; i < perSide * 2; i++) {
    const away = w * 0.56 + (room * (Math.floor(i / 2) + 0.5)) / perSide;
    const make = things[i] as (x: number) => Shape[];
    if (room > s * 0.5) shapes.push(...make(width / 2 + (i % 2 === 0 ? -1 : 1) * away));
  }
  return {
    width,
    height,
    backdrop: [
      down(0, height, ramp([tone(wall, 0.12), tone(wall, -0.08)])),
      glow(width * 0.2, 0, width * 0.6, height * 0.8, shown(tone(wall, 0.8)), 0.35),
    ],
    shapes,
  };
}
