import type { Oklch } from '../../color/oklch.ts';
import { between } from '../colors/mixing.ts';
import type { Palette } from '../colors/palette.ts';
import { down, type Paint } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path, type Point } from '../path.ts';

/** A ridge from edge to edge: its height at a share of the width. */
export type Ridge = (share: number) => number;

/** The area under a ridge. */
export function below({ width, height }: Frame, ridge: Ridge, points: number, isSmooth: boolean): Path {
  const line: Point[] = Array.from({ length: points + 1 }, (_, i) => [
    (width * i) / points,
    ridge(i / points),
  ]);
  const [first, last] = [line[0] as Point, line.at(-1) as Point];
  const path = new Path().move(first[0], first[1]);
  if (isSmooth) path.through(line);
  else for (const [x, y] of line.slice(1)) path.line(x, y);
  return path
    .line(last[0], height + 1)
    .line(0, height + 1)
    .close();
}

/** The colour of a layer of land: `depth` from 0, in the haze, to 1. */
export function landColor({ far, near }: Palette, depth: number): Oklch {
  return between(far, near, depth);
}

/** A layer's paint: clear at the top, fading further down into the haze of the valley in front. */
export function landPaint(
  { palette }: Frame,
  depth: number,
  top: number,
  bottom: number,
  haze = 0.55,
): Paint {
  const color = landColor(palette, depth);
  const fog = between(color, between(palette.sky[2], palette.far, 0.35), haze * (1 - depth) + 0.05);
  return down(top, bottom, ramp([color, fog], 2));
}
