import type { Oklch } from '../../color/oklch.ts';
import { between, shown, tone } from '../colors/mixing.ts';
import { type Drawing, down, fade, glow, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';
import { paint, placed } from '../shade.ts';
import { person } from './person.ts';

/** Colours of clothes: those of the palette, made strong enough to stand out from its walls. */
export function clothColors({ palette }: Frame): [Oklch, ...Oklch[]] {
  if (palette.isGiven) return [...palette.set] as [Oklch, ...Oklch[]];
  const [first] = palette.set as [Oklch];
  return [0, 40, 160, 210, 320].map(
    (turn, i): Oklch => ({
      l: [0.56, 0.72, 0.5, 0.78, 0.62][i] as number,
      c: [0.13, 0.13, 0.09, 0.09, 0.14][i] as number,
      h: (first.h + turn) % 360,
    }),
  ) as [Oklch, ...Oklch[]];
}

/** The light of a window on the wall: two slanted panes. */
function windowLight({ width, height, unit, random }: Frame, wall: Oklch): Shape[] {
  const pale = shown(tone(wall, 0.6));
  const lean = unit * random.range(0.15, 0.35) * (random.chance(0.5) ? 1 : -1);
  return [0, 1].map((i) => {
    const left = width * random.range(0.05, 0.3) + i * unit * 0.5;
    const pane = unit * 0.32;
    const path = new Path().polygon([
      [left, 0],
      [left + pane, 0],
      [left + pane + lean, height],
      [left + lean, height],
    ]);
    const light = down(0, height, [
      [0, fade(pale, 0.55)],
      [1, fade(pale, 0.1)],
    ]);
    return { path, paint: light };
  });
}

/** A picture on the wall. */
function wallPicture({ width, height, unit, random }: Frame, wall: Oklch, second: Oklch): Shape[] {
  const size = unit * random.range(0.16, 0.22);
  const [x, y] = [width * (random.chance(0.5) ? 0.16 : 0.84), height * 0.24];
  return [
    paint(new Path().rect(x - size * 0.6, y - size * 0.75, size * 1.2, size * 1.5), tone(wall, 0.75)),
    paint(
      new Path().rect(x - size * 0.48, y - size * 0.62, size * 0.96, size * 1.24),
      between(wall, second, 0.6),
    ),
    paint(new Path().circle(x, y - size * 0.1, size * 0.26), tone(wall, 0.55)),
  ];
}

/** Several people side by side; those at the sides stand a little behind the others, and are drawn first. */
function group(frame: Frame, count: number): Shape[] {
  const { width, height, unit, random, palette } = frame;
  const size = Math.min(unit * 0.3, height * 0.3, (width / count) * 0.42);
  const colors = clothColors(frame);
  const middle = (count - 1) / 2;
  const order = Array.from({ length: count }, (_, i) => i - middle).sort((a, b) => Math.abs(b) - Math.abs(a));
  return order.flatMap((off) => {
    const depth = count === 1 ? 1 : 1 - Math.abs(off) * 0.1;
    const s = size * depth * random.range(0.95, 1.05);
    const x = width / 2 + off * s * 2.15;
    const y = height - s * random.range(1.85, 2.15) + (count === 1 ? 0 : Math.abs(off) * s * 0.1);
    return placed(person(random, colors, palette.isGiven), x, y, s);
  });
}

/** A few people in front of a wall with the light of a window on it. */
export function people(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const [first, second] = palette.set as [Oklch, Oklch];
  const wall: Oklch = palette.isGiven
    ? first
    : { l: random.range(0.78, 0.9), c: random.range(0.04, 0.09), h: first.h };
  const most = Math.max(1, Math.min(3, Math.round((width / height) * 1.5)));
  const count = random.int(Math.min(most, width > height ? 2 : 1), most);
  const shapes = [...windowLight(frame, wall), ...wallPicture(frame, wall, second), ...group(frame, count)];
  return {
    width,
    height,
    backdrop: [
      down(0, height, ramp([tone(wall, 0.1), tone(wall, -0.14)])),
      glow(width * 0.5, height * 0.4, unit * 0.9, unit * 0.7, shown(tone(wall, 0.6)), 0.4),
    ],
    shapes,
  };
}
