import type { Oklch } from '../../color/oklch.ts';
import { between, shown } from '../colors/mixing.ts';
import { down, fade, flat, type Shape } from '../drawing.ts';
import type { Frame } from '../frame.ts';
import { Path, type Point } from '../path.ts';
import { landColor, landPaint } from './ridge.ts';
import type { Sun } from './sky.ts';

/** A peak: its top, and the slopes of its sides. */
interface Peak {
  readonly x: number;
  readonly y: number;
  /** px across for each px down */
  readonly left: number;
  readonly right: number;
}

/** Number of points on a side of a peak, and on the edge of its light. */
const STEPS = 7;

/** The ragged line from the top of a peak down one of its sides. */
function side({ random }: Frame, { x, y }: Peak, slope: number, bottom: number, count: number): Point[] {
  const points: Point[] = [];
  for (let i = 1; i <= count; i++) {
    const drop = ((bottom - y) * i) / count;
    const wobble = i === count ? 0 : random.range(-0.16, 0.16) * ((bottom - y) / count) * 2;
    points.push([x + slope * (drop + wobble), y + drop]);
  }
  return points;
}

/** How light falls on a peak. */
interface Light {
  /** Whether it comes from the left. */
  readonly fromLeft: boolean;
  /** Of the rock. */
  readonly base: Oklch;
}

/** The crooked edge between light and shade, from the top of a peak to its foot. */
function litEdge({ random }: Frame, peak: Peak, height: number, fromLeft: boolean): Point[] {
  return Array.from({ length: STEPS }, (_, i): Point => {
    const drop = (height * (i + 1)) / STEPS;
    const bend = (i % 2 === 0 ? 1 : -1) * random.range(0.02, 0.07) * height * Math.min(1, 0.4 + i / STEPS);
    return [peak.x + bend + drop * (fromLeft ? 0.12 : -0.12), peak.y + drop];
  });
}

/** Snow on the top of a peak, `drop` px down, with a jagged lower edge. */
function snowCap({ palette, random }: Frame, peak: Peak, drop: number, { fromLeft, base }: Light): Shape[] {
  const white = palette.isDark ? between(base, palette.light, 0.32) : between(base, palette.light, 0.88);
  const top: Point = [peak.x, peak.y];
  const [l, r] = [-peak.left * 0.9, peak.right * 0.9];
  const teeth = 5;
  const zig = Array.from({ length: teeth + 1 }, (_, i): Point => {
    const x = peak.x + drop * (r + (l - r) * (i / teeth));
    const deep = i % 2 === 0 ? 1 : random.range(1.25, 1.6);
    const isEnd = i === 0 || i === teeth;
    return isEnd ? [x, peak.y + drop] : [peak.x + (x - peak.x) * 0.8, peak.y + drop * deep];
  });
  const middle: Point = [peak.x + (fromLeft ? 1 : -1) * drop * 0.1, peak.y + drop * 0.55];
  const sunny = fromLeft ? [top, middle, ...zig.slice(2)] : [top, ...zig.slice(0, 4), middle];
  return [
    { path: new Path().polygon([top, ...zig]), paint: flat(shown(between(white, base, 0.38))) },
    { path: new Path().polygon(sunny), paint: flat(shown(white)) },
  ];
}

/** A peak with a lit and a shaded side, and snow on its top if it is high. */
function peakShapes(
  frame: Frame,
  peak: Peak,
  bottom: number,
  sun: Sun,
  depth: number,
  snow: number,
): Shape[] {
  const { palette } = frame;
  const left = side(frame, peak, -peak.left, bottom, STEPS);
  const right = side(frame, peak, peak.right, bottom, STEPS);
  const base = landColor(palette, depth);
  const height = bottom - peak.y;
  const top: Point = [peak.x, peak.y];
  const whole = new Path().polygon([top, ...right, ...left.toReversed()]);
  const fromLeft = sun.x < peak.x;
  const edge = litEdge(frame, peak, height, fromLeft);
  const lit = fromLeft ? [top, ...edge, ...left.toReversed()] : [top, ...right, ...edge.toReversed()];
  const light = shown(between(base, palette.glow, 0.5));
  const shine = down(peak.y, bottom, [
    [0, fade(light, 0.5)],
    [1, fade(light, 0)],
  ]);
  return [
    { path: whole, paint: landPaint(frame, depth, peak.y, bottom, 0.75) },
    { path: new Path().polygon(lit), paint: shine },
    ...(snow > 0 ? snowCap(frame, peak, height * snow, { fromLeft, base }) : []),
  ];
}

/** A range of peaks, the higher ones behind. */
export function range(
  parent: Frame,
  bottom: number,
  tall: number,
  depth: number,
  sun: Sun,
  snowy: boolean,
): Shape[] {
  const frame = { ...parent, random: parent.random.fork() };
  const { width, unit, random } = frame;
  const count = Math.max(2, Math.round((width / unit) * random.range(1.8, 2.6)));
  const peaks = Array.from({ length: count }, (_, i): Peak => {
    const rise = tall * random.range(0.5, 1);
    return {
      x: (width * (i + random.range(0.15, 0.85))) / count,
      y: bottom - rise,
      left: random.range(0.75, 1.25),
      right: random.range(0.75, 1.25),
    };
  });
  peaks.sort((a, b) => a.y - b.y);
  return peaks.flatMap((peak) => {
    const rise = bottom - peak.y;
    const snow = snowy && rise > tall * 0.62 ? random.range(0.26, 0.4) : 0;
    return peakShapes(frame, peak, bottom, sun, depth, snow);
  });
}
