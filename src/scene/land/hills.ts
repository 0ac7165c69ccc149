import type { Drawing, Shape } from '../drawing.ts';
import { type Frame, noise } from '../frame.ts';
import type { Path } from '../path.ts';
import { below, landPaint, type Ridge } from './ridge.ts';
import { birds, placeSun, sky, stars, sunDisc, weather } from './sky.ts';
import { conifer, poplar, roundTree } from './trees.ts';

/** Mountains: a few peaks with ragged sides. */
function mountainRidge({ width, unit, random: parent }: Frame, base: number, height: number): Ridge {
  const random = parent.fork();
  const count = Math.max(3, Math.round((width / unit) * 3));
  const peaks = Array.from({ length: count }, (_, i) => ({
    at: (i + random.range(0.1, 0.9)) / count,
    height: random.range(0.35, 1),
    left: random.range(0.75, 1.5),
    right: random.range(0.75, 1.5),
  }));
  const rough = noise(random, 4, 0.55);
  const spread = width / (unit * 1.1);
  return (share) => {
    const top = Math.max(
      ...peaks.map(({ at, height: peak, left, right }) => {
        const d = share - at;
        return peak - Math.abs(d) * spread * (d < 0 ? left : right) * 1.6;
      }),
    );
    return base - height * (Math.max(0.05, top) + rough(share * spread * 5) * 0.08);
  };
}

function hillRidge({ width, unit, random }: Frame, base: number, height: number, stretch: number): Ridge {
  const wave = noise(random, 2, 0.3);
  const shift = random.range(0, 60);
  const slant = random.range(-0.7, 0.7);
  return (share) => base - height * (wave(shift + (share * width * stretch) / unit) + slant * (share - 0.5));
}

type Tree = typeof conifer;

/** Trees along a ridge: close together in groves, with clear land between them. */
function plant(
  { width, unit, random: parent }: Frame,
  path: Path,
  ridge: Ridge,
  tree: Tree,
  size: number,
): void {
  const random = parent.fork();
  const groves = random.int(1, 2);
  for (let i = 0; i < groves; i++) {
    const center = (i + random.range(0.1, 0.9)) / groves;
    const reach = (unit * random.range(0.12, 0.36)) / width;
    const count = Math.min(13, Math.ceil((2 * reach * width) / (size * random.range(0.26, 0.4))));
    for (let k = 0; k < count; k++) {
      // The sum of two random numbers: more and taller trees in the middle of the grove.
      const off = random.next() + random.next() - 1;
      const at = center + off * reach;
      const height = size * (1.05 - 0.5 * Math.abs(off)) * random.range(0.7, 1.1);
      if (at > -0.05 && at < 1.05) tree(path, random, at * width, ridge(at) + height * 0.11, height);
    }
  }
}

/** Rolling hills, one behind another in the haze, with groves on the near ones. */
export function hills(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const horizon = height * random.range(0.42, 0.6);
  const sun = placeSun(frame, horizon);
  const shapes: Shape[] = [...stars(frame, horizon), ...sunDisc(frame, sun)];
  shapes.push(...weather(frame, horizon));
  const count = random.int(4, 5);
  const stretch = random.range(1.3, 2.1);
  const trees: readonly [Tree, Tree, Tree] = [conifer, roundTree, poplar];
  const tree = random.pick(trees);
  if (random.chance(0.55)) {
    const tall = unit * random.range(0.16, 0.3);
    const ridge = mountainRidge(frame, horizon + unit * 0.03, tall);
    shapes.push({
      path: below(frame, ridge, Math.ceil((width / unit) * 70), false),
      paint: landPaint(frame, 0.12, horizon - tall, horizon + unit * 0.12, 0.8),
    });
  }
  if (!palette.isDark && random.chance(0.5)) shapes.push(...birds(frame, horizon));
  for (let i = 0; i < count; i++) {
    const depth = (i + 0.6) / (count - 0.4);
    const base = horizon + (height - horizon) * (0.04 + 0.82 * (i / (count - 1)) ** 1.25);
    const swell = unit * (0.07 + 0.06 * depth) * random.range(0.7, 1.4);
    const ridge = hillRidge(frame, base, swell, stretch * (1.25 - 0.5 * depth));
    const path = below(frame, ridge, Math.ceil((width / unit) * 9), true);
    if (i > 0) plant(frame, path, ridge, tree, unit * (0.035 + 0.1 * depth ** 2));
    const bottom = base + unit * (0.16 + 0.14 * depth);
    shapes.push({ path, paint: landPaint(frame, depth, base - swell * 0.8, bottom) });
  }
  return { width, height, backdrop: sky(frame, horizon, sun), shapes };
}
