import type { Drawing, Shape } from '../drawing.ts';
import { type Frame, noise } from '../frame.ts';
import { below, landPaint, type Ridge } from './ridge.ts';
import { birds, placeSun, sky, stars, sunDisc } from './sky.ts';
import { conifer } from './trees.ts';

/** A forest in the mist: rows of conifers, each paler than the one before it. */
export function forest(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const horizon = height * random.range(0.5, 0.62);
  const sun = placeSun(frame, horizon * 0.85);
  const shapes: Shape[] = [...stars(frame, horizon * 0.7), ...sunDisc(frame, sun)];
  if (!palette.isDark && random.chance(0.5)) shapes.push(...birds(frame, horizon * 0.7));
  const count = 5;
  for (let i = 0; i < count; i++) {
    const own = random.fork();
    const depth = (i + 0.4) / (count - 0.6);
    const base = height * (0.44 + 0.5 * (i / (count - 1)) ** 1.1);
    const wave = noise(own, 3, 0.45);
    const slant = own.range(-0.2, 0.2);
    const swell = unit * (0.09 - 0.04 * depth);
    const ridge: Ridge = (share) =>
      base + (share - 0.5) * slant * unit - wave((share * width * 1.3) / unit) * swell;
    const path = below(frame, ridge, Math.ceil((width / unit) * 8), true);
    const size = unit * (0.05 + 0.2 * depth ** 1.7);
    const trees = Math.min(52, Math.floor(width / (size * 0.26)));
    const groves = noise(own, 2, 0.5);
    for (let k = 0; k < trees; k++) {
      const at = (k + own.next()) / trees;
      const density = groves((at * width * 2.2) / unit);
      const tall = size * own.range(0.55, 1.1) * (0.85 + 0.4 * density);
      if (density > -0.25 - 0.5 * (1 - depth)) conifer(path, own, at * width, ridge(at) + tall * 0.13, tall);
    }
    shapes.push({ path, paint: landPaint(frame, depth, base - swell - size * 0.7, base + unit * 0.2, 0.85) });
  }
  return { width, height, backdrop: sky(frame, horizon, sun), shapes };
}
