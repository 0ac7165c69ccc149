import type { Oklch } from '../../color/oklch.ts';
import { tone } from '../colors/mixing.ts';
import type { Shape } from '../drawing.ts';
import type { Frame } from '../frame.ts';
import { Path } from '../path.ts';
import type { Random } from '../random.ts';
import { lch, paint } from '../shade.ts';

/** A rectangle, in px. */
interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The paths in a screen's four inks: three colours, and a grey. */
type Lines = readonly [Path, Path, Path, Path];

/** Lines of a program, indented as programs are. */
function code(random: Random, { x, y, w, h }: Area, lines: Lines): void {
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
}

/** Charts with their captions. */
function charts(random: Random, { x, y, w, h }: Area, lines: Lines): void {
  const bars = 8;
  for (let i = 0; i < bars; i++) {
    const tall = h * random.range(0.1, 0.36);
    const left = x + w * (0.07 + i * 0.062);
    lines[i % 2 === 0 ? 0 : 1].roundRect(left, y + h * 0.62 - tall, w * 0.04, tall, w * 0.008);
  }
  lines[3]
    .roundRect(x + w * 0.07, y + h * 0.15, w * 0.2, h * 0.045, h * 0.02)
    .roundRect(x + w * 0.07, y + h * 0.7, w * 0.48, h * 0.03, h * 0.015)
    .roundRect(x + w * 0.07, y + h * 0.77, w * 0.38, h * 0.03, h * 0.015)
    .roundRect(x + w * 0.07, y + h * 0.84, w * 0.43, h * 0.03, h * 0.015);
  lines[2].circle(x + w * 0.78, y + h * 0.36, h * 0.16);
}

/** A screen's ground, and its inks. */
function screenColors({ palette }: Frame, isDark: boolean): { ground: Oklch; inks: readonly Oklch[] } {
  const [first, second, third] = palette.set as [Oklch, Oklch, Oklch];
  const ground = isDark
    ? lch(0.27, palette.isGiven ? first.c * 0.3 : 0.04, first.h)
    : lch(0.975, 0.008, first.h);
  const strong = (color: Oklch): Oklch =>
    lch(isDark ? 0.76 : 0.64, palette.isGiven ? color.c : 0.13, color.h);
  const grey = isDark ? lch(0.62, 0.02, first.h) : lch(0.82, 0.015, first.h);
  return { ground, inks: [strong(first), strong(second), strong(third), grey] };
}

/** The contents of the screen: code, or a board of charts. */
function screen(frame: Frame, area: Area): Shape[] {
  const { random } = frame;
  const { x, y, w, h } = area;
  const isDark = random.chance(0.55);
  const { ground, inks } = screenColors(frame, isDark);
  const dots = [20, 85, 145].map((hue, i) =>
    paint(new Path().circle(x + w * (0.03 + i * 0.03), y + h * 0.0375, h * 0.018), lch(0.72, 0.15, hue)),
  );
  const shapes = [
    paint(new Path().rect(x, y, w, h), ground),
    paint(new Path().rect(x, y, w, h * 0.075), tone(ground, isDark ? 0.14 : -0.07)),
    ...dots,
  ];
  const lines: Lines = [new Path(), new Path(), new Path(), new Path()];
  if (random.chance(0.55)) code(random, area, lines);
  else {
    charts(random, area, lines);
    const card = new Path().roundRect(x + w * 0.64, y + h * 0.6, w * 0.29, h * 0.3, h * 0.03);
    shapes.push(paint(card, tone(ground, isDark ? 0.1 : -0.05)));
  }
  lines.forEach((path, i) => {
    if (!path.isEmpty) shapes.push(paint(path, inks[i] as Oklch));
  });
  return shapes;
}

export function monitor(frame: Frame, x: number, desk: number, w: number): Shape[] {
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
    ...screen(frame, {
      x: x - w / 2 + edge,
      y: bottom - h + edge,
      w: w - 2 * edge,
      h: h - 2 * edge + edge * 0.4,
    }),
  ];
}

export function laptop(frame: Frame, x: number, desk: number, w: number): Shape[] {
  const h = w * 0.6;
  const edge = w * 0.025;
  const bottom = desk - w * 0.03;
  return [
    paint(new Path().roundRect(x - w / 2, bottom - h, w, h + w * 0.02, w * 0.03), lch(0.34, 0.012, 260)),
    ...screen(frame, { x: x - w / 2 + edge, y: bottom - h + edge, w: w - 2 * edge, h: h - 2 * edge }),
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
