import type { Oklch } from '../../color/oklch.ts';
import { between, shown, tone } from '../colors/mixing.ts';
import { type Drawing, down, fade, flat, glow, type Shape } from '../drawing.ts';
import { type Frame, noise, ramp } from '../frame.ts';
import { below } from '../land/ridge.ts';
import { roundTree } from '../land/trees.ts';
import { Path } from '../path.ts';
import type { Random } from '../random.ts';
import { placed } from '../shade.ts';
import { type Animal, type Coat, coat } from './animal.ts';
import { CAT } from './cat.ts';
import { DOG } from './dog.ts';
import { OWL, RABBIT } from './rabbit-owl.ts';
import { BEAR, FOX } from './wild.ts';

/** An animal in front of soft hills, looking at you. */
function portrait(frame: Frame, animals: readonly [Animal, ...Animal[]]): Drawing {
  const { width, height, unit, random, palette } = frame;
  const { coats, draw, tall } = random.pick(animals);
  const [first, second] = palette.set as [Oklch, Oklch];
  const air: Oklch = palette.isGiven
    ? first
    : { l: random.range(0.8, 0.9), c: random.range(0.05, 0.1), h: first.h };
  const ground: Oklch = palette.isGiven
    ? second
    : between({ l: 0.7, c: 0.11, h: first.h + 40 }, { l: 0.68, c: 0.1, h: 150 }, 0.4);
  // Fits a picture of any shape, with air above the ears.
  const size = Math.min(unit * 0.27, (height * 0.9) / (tall + 1.75), width * 0.36) * random.range(0.9, 1);
  const [x, y] = [width * random.range(0.42, 0.58), height - size * random.range(1.6, 1.75)];
  const shapes: Shape[] = [];
  const disc = new Path().circle(x, y + size * 0.2, size * random.range(1.75, 2));
  shapes.push({ path: disc, paint: flat(fade(shown(tone(air, 0.55)), 0.5)) });
  for (const [i, share] of [0.62, 0.8].entries()) {
    const wave = noise(random, 2, 0.3);
    const base = height * share;
    const ridge = (at: number): number => base - wave((at * width * 1.3) / unit) * unit * 0.09;
    const path = below(frame, ridge, Math.ceil((width / unit) * 7), true);
    const color = between(tone(air, 0.1), ground, 0.4 + 0.5 * i);
    for (let k = 0; k < 4; k++) {
      const at = random.next();
      const tall = unit * random.range(0.1, 0.17) * (0.7 + 0.4 * i);
      roundTree(path, random, at * width, ridge(at) + tall * 0.08, tall);
    }
    shapes.push({
      path,
      paint: down(base - unit * 0.1, base + unit * 0.25, ramp([color, tone(color, 0.18)], 1)),
    });
  }
  const fur = palette.isGiven ? givenCoat(palette.set, random) : random.pick(coats);
  shapes.push(...placed(draw(fur, random), x, y, size, random.range(-0.05, 0.05)));
  return {
    width,
    height,
    backdrop: [
      down(0, height, ramp([tone(air, -0.06), tone(air, 0.45)])),
      glow(x, y, unit * 0.9, unit * 0.8, shown(tone(air, 0.7)), 0.5),
    ],
    shapes,
  };
}

/** A coat in given colours. */
function givenCoat(set: readonly Oklch[], random: Random): Coat {
  const fur = set[random.int(1, 2)] as Oklch;
  return coat(fur, tone(fur, 0.6), tone(fur, -0.25));
}

export const cat = (frame: Frame): Drawing => portrait(frame, [CAT]);

export const dog = (frame: Frame): Drawing => portrait(frame, [DOG]);

export const bear = (frame: Frame): Drawing => portrait(frame, [BEAR]);

export const animals = (frame: Frame): Drawing => portrait(frame, [CAT, DOG, BEAR, FOX, RABBIT, OWL]);
