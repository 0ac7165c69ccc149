import type { Oklch } from '../../color/oklch.ts';
import { shown, tone } from '../colors/mixing.ts';
import { type Drawing, down, glow, type Paint } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { placed } from '../shade.ts';
import { clothColors } from './people.ts';
import { person } from './person.ts';

/** Head and shoulders of one person who does not exist. */
export function portrait(frame: Frame): Drawing {
  const { width, height, random, palette } = frame;
  const [first] = palette.set as [Oklch];
  const wall: Oklch = palette.isGiven
    ? first
    : { l: random.range(0.76, 0.9), c: random.range(0.06, 0.11), h: first.h };
  const side = Math.min(width, height);
  const size = side * 0.305;
  const backdrop: Paint[] = [
    down(0, height, ramp([tone(wall, 0.12), tone(wall, -0.1)], 1)),
    glow(width / 2, height - side * 0.58, side * 0.6, side * 0.6, shown(tone(wall, 0.6)), 0.45),
  ];
  const list = person(random, clothColors(frame), palette.isGiven);
  // Shoulders reach further down than the picture, however high it is, so they end at its edge.
  return { width, height, backdrop, shapes: placed(list, width / 2, height - size * 1.78, size) };
}
