import type { Oklch } from '../../color/oklch.ts';
import { between, shown, tone } from '../colors/mixing.ts';
import { type Drawing, down, fade, flat, glow, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';
import { placed } from '../shade.ts';
import { person } from './person.ts';

/** Colours of clothes: the palette's, strong enough to stand before its walls. */
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

/** A few people, before a wall with the light of a window on it. */
export function people(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const [first, second] = palette.set as [Oklch, Oklch];
  const wall: Oklch = palette.isGiven
    ? first
    : { l: random.range(0.78, 0.9), c: random.range(0.04, 0.09), h: first.h };
  const most = Math.max(1, Math.min(3, Math.round((width / height) * 1.5)));
  const count = random.int(Math.min(most, width > height ? 2 : 1), most);
  const size = Math.min(unit * 0.3, height * 0.3, (width / count) * 0.42);
  const shapes: Shape[] = [];
  const pale = shown(tone(wall, 0.6));
  const lean = unit * random.range(0.15, 0.35) * (random.chance(0.5) ? 1 : -1);
  for (let i = 0; i < 2; i++) {
    const left = width * random.range(0.05, 0.3) + i * unit * 0.5;
    const pane = unit * 0.32;
    const light = new Path().polygon([
      [left, 0],
      [left + pane, 0],
      [left + pane + lean, height],
      [left + lean, height],
    ]);
    shapes.push({
      path: light,
      paint: down(0, height, [
        [0, fade(pale, 0.55)],
        [1, fade(pale, 0.1)],
      ]),
    });
  }
  const frameSize = unit * random.range(0.16, 0.22);
  const [px, py] = [width * (random.chance(0.5) ? 0.16 : 0.84), height * 0.24];
  shapes.push({
    path: new Path().rect(px - frameSize * 0.6, py - frameSize * 0.75, frameSize * 1.2, frameSize * 1.5),
    paint: flat(shown(tone(wall, 0.75))),
  });
  shapes.push({
    path: new Path().rect(px - frameSize * 0.48, py - frameSize * 0.62, frameSize * 0.96, frameSize * 1.24),
    paint: flat(shown(between(wall, second, 0.6))),
  });
  shapes.push({
    path: new Path().circle(px, py - frameSize * 0.1, frameSize * 0.26),
    paint: flat(shown(tone(wall, 0.55))),
  });
  const colors = clothColors(frame);
  // Those behind first: at the sides, a little smaller.
  const order = Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => Math.abs(b - (count - 1) / 2) - Math.abs(a - (count - 1) / 2),
  );
  for (const i of order) {
    const off = i - (count - 1) / 2;
    const depth = count === 1 ? 1 : 1 - Math.abs(off) * 0.1;
    const s = size * depth * random.range(0.95, 1.05);
    const x = width / 2 + off * s * 2.15;
    const y = height - s * random.range(1.85, 2.15) + (count === 1 ? 0 : Math.abs(off) * s * 0.1);
    shapes.push(...placed(person(random, colors, palette.isGiven), x, y, s));
  }
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
