import { tone } from '../colors/mixing.ts';
import { Path } from '../path.ts';
import { lch, paint, paintPair, pair } from '../shade.ts';
import { type Animal, body, coat, eyes, mouth, PINK } from './animal.ts';

export const RABBIT: Animal = {
  tall: 2.1,
  coats: [
    coat(lch(0.95, 0.012, 70), lch(0.99, 0.004, 70), lch(0.85, 0.03, 60)),
    coat(lch(0.66, 0.045, 62), lch(0.92, 0.025, 75), lch(0.54, 0.045, 58)),
    coat(lch(0.62, 0.012, 260), lch(0.93, 0.006, 260), lch(0.5, 0.012, 260)),
  ],
  draw: ({ fur, pale, mark }, random) => {
    const lean = random.range(0.05, 0.3);
    const bend = random.range(0.05, 0.5);
    const ear = (s: number, share: number): Path =>
      new Path()
        .ellipse(0, -0.75, 0.25 * share, 0.82 * share)
        .placed(s * 0.4, -0.55, s * (s > 0 ? lean : bend));
    return [
      ...body(fur, pale),
      paintPair((s) => ear(s, 1), fur),
      paintPair((s) => ear(s, 0.72), PINK),
      paint(new Path().ellipse(0, 0.05, 0.92, 0.86), fur),
      paint(
        pair((s) => new Path().ellipse(s * 0.2, 0.42, 0.27, 0.22)).add(
          new Path().ellipse(0, 0.58, 0.2, 0.15),
        ),
        pale,
      ),
      paint(new Path().roundRect(-0.1, 0.56, 0.2, 0.22, 0.05), lch(1, 0, 0)),
      paint(new Path().rect(-0.008, 0.58, 0.016, 0.18), mark),
      ...eyes(0.46, -0.02, 0.13),
      paint(mouth(0.38, 0.24, 0.035), tone(mark, -0.45)),
      paint(
        new Path()
          .move(-0.12, 0.24)
          .curve(-0.06, 0.2, 0.06, 0.2, 0.12, 0.24)
          .curve(0.1, 0.34, 0.03, 0.38, 0, 0.38)
          .curve(-0.03, 0.38, -0.1, 0.34, -0.12, 0.24)
          .close(),
        PINK,
      ),
      paintPair((s) => new Path().ellipse(s * 0.66, 0.3, 0.15, 0.1), PINK, 0.5),
    ];
  },
};

export const OWL: Animal = {
  tall: 1.25,
  coats: [
    coat(lch(0.55, 0.06, 58), lch(0.87, 0.04, 78), lch(0.42, 0.05, 52)),
    coat(lch(0.92, 0.01, 230), lch(0.98, 0.004, 230), lch(0.7, 0.03, 235)),
    coat(lch(0.48, 0.04, 255), lch(0.82, 0.03, 240), lch(0.36, 0.04, 260)),
  ],
  draw: ({ fur, pale, mark }) => {
    const scales = new Path();
    for (let row = 0; row < 4; row++)
      for (let i = 0; i < 5 - (row % 2); i++)
        scales.ellipse((i - (4 - (row % 2)) / 2) * 0.24, 1.25 + row * 0.28, 0.08, 0.05);
    return [
      ...body(fur, pale),
      paint(scales, mark, 0.7),
      paintPair(
        (s) =>
          new Path()
            .move(s * 0.1, -0.72)
            .curve(s * 0.5, -0.8, s * 0.8, -1.0, s * 1.0, -1.2)
            .curve(s * 1.05, -0.8, s * 1.05, -0.4, s * 0.95, 0)
            .close(),
        mark,
      ),
      paint(new Path().ellipse(0, 0, 1.0, 0.88), fur),
      paintPair((s) => new Path().circle(s * 0.42, 0.0, 0.5), pale),
      paintPair((s) => new Path().circle(s * 0.42, 0.0, 0.3), lch(0.84, 0.16, 85)),
      ...eyes(0.42, 0.0, 0.19),
      paint(
        new Path()
          .move(-0.14, 0.2)
          .curve(-0.06, 0.14, 0.06, 0.14, 0.14, 0.2)
          .curve(0.12, 0.42, 0.05, 0.52, 0, 0.58)
          .curve(-0.05, 0.52, -0.12, 0.42, -0.14, 0.2)
          .close(),
        lch(0.76, 0.14, 65),
      ),
    ];
  },
};
