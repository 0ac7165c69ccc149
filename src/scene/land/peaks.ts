import { between, shown } from '../colors/mixing.ts';
import { down, fade, flat, type Shape } from '../drawing.ts';
import type { Frame } from '../frame.ts';
import { Path, type Point } from '../path.ts';
import { landColor, landPaint } from './ridge.ts';
import type { Sun } from './sky.ts';

/** A peak: where its top is, and how its sides fall. */
interface Peak {
  readonly x: number;
  readonly y: number;
  /** px across for each px down */
  readonly left: number;
  readonly right: number;
}

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

/** A peak with a lit and a shaded side, and snow on its top where it is high. */
function peakShapes(
  frame: Frame,
  peak: Peak,
  bottom: number,
  sun: Sun,
  depth: number,
  snow: number,
): Shape[] {
  const { palette, random } = frame;
  const steps = 7;
  const left = side(frame, peak, -peak.left, bottom, steps);
  const right = side(frame, peak, peak.right, bottom, steps);
  const base = landColor(palette, depth);
  const height = bottom - peak.y;
  const paint = landPaint(frame, depth, peak.y, bottom, 0.75);
  const top: Point = [peak.x, peak.y];
  const shapes: Shape[] = [{ path: new Path().polygon([top, ...right, ...left.reverse()]), paint }];
  left.reverse();
  // A crooked edge from the top to the foot parts light and shade.
  const fromLeft = sun.x < peak.x;
  const edge = Array.from({ length: steps }, (_, i): Point => {
    const drop = (height * (i + 1)) / steps;
    const bend = (i % 2 === 0 ? 1 : -1) * random.range(0.02, 0.07) * height * Math.min(1, 0.4 + i / steps);
    return [peak.x + bend + drop * (fromLeft ? 0.12 : -0.12), peak.y + drop];
  });
  const lit = new Path().polygon(
    fromLeft ? [top, ...edge, ...[...left].reverse()] : [top, ...right, ...[...edge].reverse()],
  );
  const light = shown(between(base, palette.glow, 0.5));
  shapes.push({
    path: lit,
    paint: down(peak.y, bottom, [
      [0, fade(light, 0.5)],
      [1, fade(light, 0)],
    ]),
  });
  if (snow > 0) {
    const white = palette.isDark ? between(base, palette.light, 0.32) : between(base, palette.light, 0.88);
    const drop = height * snow;
    const [l, r] = [-peak.left * 0.9, peak.right * 0.9];
    const zig: Point[] = [];
    const teeth = 5;
    for (let i = 0; i <= teeth; i++) {
      const at = i / teeth;
      const x = peak.x + drop * (r + (l - r) * at);
      const deep = i % 2 === 0 ? 1 : random.range(1.25, 1.6);
      zig.push(
        i === 0 || i === teeth ? [x, peak.y + drop] : [peak.x + (x - peak.x) * 0.8, peak.y + drop * deep],
      );
    }
    const shade = shown(between(white, base, 0.38));
    shapes.push({ path: new Path().polygon([top, ...zig]), paint: flat(shade) });
    const half = fromLeft ? zig.slice(2) : zig.slice(0, 4);
    const middle: Point[] = fromLeft
      ? [[peak.x + drop * 0.1, peak.y + drop * 0.55]]
      : [[peak.x - drop * 0.1, peak.y + drop * 0.55]];
    const sunny = fromLeft ? [top, ...middle, ...half] : [top, ...half, ...middle];
    shapes.push({ path: new Path().polygon(sunny), paint: flat(shown(white)) });
  }
  return shapes;
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
