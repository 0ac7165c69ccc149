import { between, shown, tone } from '../colors/mixing.ts';
import { flat, type Shape } from '../drawing.ts';
import { type Frame, noise } from '../frame.ts';
import { landPaint } from '../land/ridge.ts';
import { Path, type Point } from '../path.ts';

/** A sailing boat near the horizon. */
export function boat({ palette, random, unit }: Frame, x: number, y: number): Shape[] {
  const s = unit * random.range(0.05, 0.08);
  const flip = random.chance(0.5) ? 1 : -1;
  const hull = new Path()
    .move(x - s * 0.5, y - s * 0.14)
    .line(x + s * 0.55, y - s * 0.14)
    .curve(x + s * 0.45, y + s * 0.06, x + s * 0.3, y + s * 0.08, x, y + s * 0.08)
    .curve(x - s * 0.3, y + s * 0.08, x - s * 0.42, y + s * 0.02, x - s * 0.5, y - s * 0.14)
    .close();
  const main = new Path()
    .move(x + flip * s * 0.04, y - s * 1.25)
    .curve(
      x + flip * s * 0.5,
      y - s * 0.8,
      x + flip * s * 0.58,
      y - s * 0.4,
      x + flip * s * 0.52,
      y - s * 0.2,
    )
    .line(x + flip * s * 0.04, y - s * 0.2)
    .close();
  const jib = new Path()
    .move(x - flip * s * 0.04, y - s * 1.1)
    .curve(
      x - flip * s * 0.2,
      y - s * 0.7,
      x - flip * s * 0.36,
      y - s * 0.4,
      x - flip * s * 0.44,
      y - s * 0.22,
    )
    .line(x - flip * s * 0.04, y - s * 0.2)
    .close();
  const sail = palette.accents[1];
  return [
    { path: main, paint: flat(shown(palette.isDark ? between(sail, palette.sky[0], 0.35) : sail)) },
    { path: jib, paint: flat(shown(palette.accents[0])) },
    { path: hull, paint: flat(shown(tone(palette.near, -0.1))) },
  ];
}

/** Far islands or a coast. */
export function coast(frame: Frame, horizon: number): Shape[] {
  const { width, unit, random } = frame;
  const fromLeft = random.chance(0.5);
  const reach = width * random.range(0.35, 0.7);
  const rough = noise(random, 4, 0.5);
  const tall = unit * random.range(0.05, 0.13);
  return [0.16, 0.34].map((depth, layer) => {
    const length = reach * (1 - layer * 0.4);
    const points = Array.from({ length: 41 }, (_, i): Point => {
      const at = i / 40;
      const hump = Math.sqrt(Math.max(0, 1 - at)) * (0.65 + 0.6 * rough(at * 5 + layer * 9));
      const x = fromLeft ? at * length : width - at * length;
      return [x, horizon + 1 - Math.max(0, hump * tall * (1 - 0.35 * layer))];
    });
    const end = fromLeft ? 0 : width;
    const outline: Point[] = [
      [end, horizon + 1],
      ...points,
      [fromLeft ? length : width - length, horizon + 1],
    ];
    return {
      path: new Path().polygon(outline),
      paint: landPaint(frame, depth, horizon - tall, horizon + unit * 0.01, 0.5),
    };
  });
}
