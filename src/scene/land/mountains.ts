import { between, shown } from '../colors/mixing.ts';
import { type Drawing, down, fade, flat, glow, type Shape } from '../drawing.ts';
import { type Frame, noise, ramp } from '../frame.ts';
import { Path } from '../path.ts';
import { range } from './peaks.ts';
import { below, landPaint, type Ridge } from './ridge.ts';
import { birds, placeSun, type Sun, sky, stars, sunDisc, weather } from './sky.ts';
import { conifer } from './trees.ts';

/** Still water with the light on it. */
function lake(frame: Frame, top: number, sun: Sun): Shape[] {
  const { width, height, unit, palette, random } = frame;
  const water = new Path().rect(0, top, width, height - top + 1);
  const shapes: Shape[] = [
    {
      path: water,
      paint: down(
        top,
        height,
        ramp([between(palette.sky[2], palette.far, 0.45), between(palette.sky[0], palette.near, 0.45)]),
      ),
    },
    { path: water, paint: glow(sun.x, top, unit * 0.35, (height - top) * 0.9, shown(palette.light), 0.4) },
  ];
  const glints = new Path();
  for (let i = 0; i < 16; i++) {
    const depth = (i + random.next()) / 16;
    const spread = unit * (0.03 + 0.16 * depth);
    const length = unit * random.range(0.03, 0.09) * (0.6 + depth);
    const thickness = Math.max(1, unit * 0.0035 * (0.7 + depth));
    const x = sun.x + random.range(-1, 1) * spread - length / 2;
    glints.roundRect(x, top + (height - top) * (0.04 + 0.9 * depth), length, thickness, thickness / 2);
  }
  shapes.push({ path: glints, paint: flat(fade(shown(palette.light), palette.isDark ? 0.4 : 0.7)) });
  return shapes;
}

/** Where a layer of land begins: `share` is 0 at the horizon and 1 for the nearest. */
function landBase(height: number, horizon: number, share: number): number {
  return horizon + (height - horizon) * (0.1 + 0.72 * share ** 1.3);
}

/** High mountains with snow, over a lake or woods. */
export function mountains(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const horizon = height * random.range(0.56, 0.68);
  const sun = placeSun(frame, horizon * 0.8);
  const shapes: Shape[] = [...stars(frame, horizon), ...sunDisc(frame, sun)];
  shapes.push(...weather(frame, horizon * 0.75));
  const hasLake = random.chance(0.6);
  const tall = Math.min(horizon * 0.72, unit * random.range(0.38, 0.5));
  // Without a lake, the mountains begin behind the first hill.
  const foot = hasLake ? horizon + unit * 0.005 : landBase(height, horizon, 1 / 3) + unit * 0.12;
  shapes.push(...range(frame, foot, tall + foot - horizon, 0.16, sun, true));
  if (!palette.isDark && random.chance(0.5)) shapes.push(...birds(frame, horizon * 0.7));
  shapes.push(...range(frame, foot, tall * 0.42 + foot - horizon, 0.42, sun, false));
  if (hasLake) shapes.push(...lake(frame, horizon, sun));
  const layers = hasLake ? [0.62, 1] : [0.6, 0.78, 1];
  layers.forEach((depth, i) => {
    const last = i === layers.length - 1;
    const wave = noise(random, 3, 0.4);
    const slant = random.range(-0.12, 0.12) * (last ? 1.4 : 0.6);
    const base =
      hasLake && !last ? horizon + unit * 0.008 : landBase(height, horizon, (i + 1) / layers.length);
    const swell = unit * (hasLake && !last ? 0.012 : 0.035);
    const lean = hasLake && !last ? 0 : slant;
    const ridge: Ridge = (share) =>
      base + (share - 0.5) * lean * unit * 1.6 - wave((share * width * 1.6) / unit) * swell;
    const path =
      hasLake && !last
        ? shore(frame, ridge, horizon)
        : below(frame, ridge, Math.ceil((width / unit) * 9), true);
    woods(frame, path, ridge, unit * (last ? random.range(0.1, 0.15) : 0.045), last ? 0.55 : 0.85);
    shapes.push({ path, paint: landPaint(frame, depth, base - unit * 0.08, base + unit * 0.3, 0.4) });
  });
  return { width, height, backdrop: sky(frame, horizon, sun), shapes };
}

/** A thin strip of land on the far side of a lake. */
function shore({ width, unit }: Frame, ridge: Ridge, horizon: number): Path {
  return new Path().polygon([
    [0, ridge(0)],
    [width * 0.25, ridge(0.25)],
    [width * 0.5, ridge(0.5)],
    [width * 0.75, ridge(0.75)],
    [width, ridge(1)],
    [width, horizon + unit * 0.014],
    [0, horizon + unit * 0.014],
  ]);
}

/** Woods along a ridge: denser at the sides of the picture than in the middle. */
function woods(
  { width, unit, random: parent }: Frame,
  path: Path,
  ridge: Ridge,
  size: number,
  share: number,
): void {
  const random = parent.fork();
  const groves = noise(random, 2, 0.5);
  const count = Math.min(70, Math.floor(width / (size * 0.24)));
  for (let i = 0; i < count; i++) {
    const at = (i + random.next()) / count;
    const density = groves((at * width * 2) / unit) + (Math.abs(at - 0.5) * 2 - 0.5) * 0.9;
    const height = size * random.range(0.6, 1.1) * (0.8 + 0.25 * density);
    if (density > 1 - share * 2) conifer(path, random, at * width, ridge(at) + height * 0.12, height);
  }
}
