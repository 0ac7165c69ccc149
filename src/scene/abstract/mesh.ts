import type { Oklch } from '../../color/oklch.ts';
import { between, shown } from '../colors/mixing.ts';
import { along, type Drawing, glow, type Paint } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';

/** Soft lights in a set's colours that blend into each other. */
export function mesh({ width, height, random, palette }: Frame): Drawing {
  const [base, ...others] = palette.set as [Oklch, ...Oklch[]];
  const reach = Math.max(width, height);
  const angle = random.range(0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(angle) * width * 0.5, Math.sin(angle) * height * 0.5];
  const ends = [base, between(base, others[1] ?? base, 0.6)];
  const backdrop: Paint[] = [
    along(width / 2 - dx, height / 2 - dy, width / 2 + dx, height / 2 + dy, ramp(ends)),
  ];
  // One light in each part of the picture, in random order.
  const parts = random.shuffle([
    [0.12, 0.15],
    [0.88, 0.2],
    [0.2, 0.9],
    [0.85, 0.85],
    [0.5, 0.45],
  ] as const);
  others.forEach((color, i) => {
    const [x, y] = parts[i % parts.length] as readonly [number, number];
    const size = reach * random.range(0.5, 0.85);
    backdrop.push(
      glow(
        (x + random.range(-0.14, 0.14)) * width,
        (y + random.range(-0.14, 0.14)) * height,
        size * random.range(0.75, 1.2),
        size * random.range(0.55, 0.95),
        shown(color),
        random.range(0.8, 1),
      ),
    );
  });
  return { width, height, backdrop, shapes: [] };
}
