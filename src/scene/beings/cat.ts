import { tone } from '../colors/mixing.ts';
import { Path } from '../path.ts';
import { lch, paint, paintPair, pair } from '../shade.ts';
import { type Animal, body, coat, eyes, mouth, PINK } from './animal.ts';

export const CAT: Animal = {
  tall: 1.35,
  coats: [
    coat(lch(0.76, 0.13, 62), lch(0.95, 0.03, 80), lch(0.64, 0.14, 52)),
    coat(lch(0.6, 0.012, 250), lch(0.93, 0.006, 250), lch(0.46, 0.015, 250)),
    coat(lch(0.33, 0.015, 280), lch(0.5, 0.015, 280), lch(0.26, 0.015, 280)),
    coat(lch(0.95, 0.012, 80), lch(0.99, 0.005, 80), lch(0.86, 0.03, 70)),
    coat(lch(0.58, 0.05, 55), lch(0.88, 0.03, 75), lch(0.42, 0.045, 50)),
  ],
  draw: ({ fur, pale, mark }, random) => {
    const ear = (s: number, inset: number): Path =>
      new Path()
        .move(s * (0.16 + inset * 0.6), -0.62 - inset * 0.2)
        .curve(s * 0.4, -1.0 + inset, s * 0.62, -1.28 + inset, s * (0.8 - inset * 0.3), -1.32 + inset)
        .curve(s * (0.94 - inset), -1.1 + inset, s * (0.98 - inset), -0.6, s * (0.92 - inset), -0.3)
        .close();
    const head = new Path()
      .move(0, -0.8)
      .curve(0.6, -0.8, 1.05, -0.4, 1.05, 0.1)
      .curve(1.05, 0.55, 0.55, 0.85, 0, 0.85)
      .curve(-0.55, 0.85, -1.05, 0.55, -1.05, 0.1)
      .curve(-1.05, -0.4, -0.6, -0.8, 0, -0.8)
      .close();
    const stripes = new Path()
      .roundRect(-0.06, -0.78, 0.12, 0.34, 0.06)
      .add(new Path().roundRect(-0.05, -0.15, 0.1, 0.27, 0.05).placed(-0.26, -0.58, -0.25))
      .add(new Path().roundRect(-0.05, -0.15, 0.1, 0.27, 0.05).placed(0.26, -0.58, 0.25))
      .add(pair((s) => new Path().roundRect(-0.15, -0.04, 0.3, 0.08, 0.04).placed(s * 0.9, 0.12, s * 0.1)))
      .add(pair((s) => new Path().roundRect(-0.13, -0.04, 0.26, 0.08, 0.04).placed(s * 0.86, 0.32, s * 0.3)));
    const whiskers = pair((s) => {
      const path = new Path();
      for (const [i, angle] of [-0.14, 0.02, 0.18].entries())
        path.add(
          new Path()
            .rect(0, -0.008, 0.75, 0.016)
            .placed(s * 0.32, 0.3 + i * 0.07, s > 0 ? angle : Math.PI - angle),
        );
      return path;
    });
    const muzzle = new Path()
      .ellipse(-0.17, 0.36, 0.24, 0.19)
      .ellipse(0.17, 0.36, 0.24, 0.19)
      .ellipse(0, 0.52, 0.2, 0.15);
    const nose = new Path()
      .move(-0.12, 0.16)
      .curve(-0.06, 0.13, 0.06, 0.13, 0.12, 0.16)
      .curve(0.1, 0.24, 0.04, 0.28, 0, 0.28)
      .curve(-0.04, 0.28, -0.1, 0.24, -0.12, 0.16)
      .close();
    const iris = random.pick([lch(0.78, 0.15, 125), lch(0.82, 0.15, 88), lch(0.75, 0.1, 220)] as const);
    return [
      ...body(fur, pale),
      paintPair((s) => ear(s, 0), fur),
      paintPair((s) => ear(s, 0.16), PINK),
      paint(head, fur),
      ...(random.chance(0.7) ? [paint(stripes, mark)] : []),
      paint(muzzle, pale),
      ...eyes(0.42, -0.05, 0.17, iris),
      paint(mouth(0.27, 0.26, 0.035), tone(mark, -0.4)),
      paint(nose, PINK),
      paint(whiskers, lch(0.99, 0, 0), 0.85),
    ];
  },
};
