import { Path } from '../path.ts';
import { lch, paint, paintPair } from '../shade.ts';
import { type Animal, body, coat, eyes, INK, mouth, PINK } from './animal.ts';

export const BEAR: Animal = {
  tall: 1.1,
  coats: [
    coat(lch(0.48, 0.07, 52), lch(0.76, 0.07, 68), lch(0.4, 0.06, 48)),
    coat(lch(0.95, 0.012, 220), lch(0.99, 0.004, 220), lch(0.86, 0.02, 220)),
    coat(lch(0.3, 0.012, 280), lch(0.72, 0.06, 68), lch(0.25, 0.012, 280)),
  ],
  draw: ({ fur, pale, mark }) => [
    ...body(fur, mark),
    paintPair((s) => new Path().circle(s * 0.72, -0.7, 0.34), fur),
    paintPair((s) => new Path().circle(s * 0.72, -0.7, 0.19), pale),
    paint(new Path().ellipse(0, 0, 1.02, 0.93), fur),
    paint(new Path().ellipse(0, 0.38, 0.46, 0.37), pale),
    ...eyes(0.42, -0.1, 0.1),
    paint(mouth(0.36, 0.22, 0.04), INK),
    paint(new Path().roundRect(-0.17, 0.14, 0.34, 0.23, 0.11), INK),
    paintPair((s) => new Path().ellipse(s * 0.66, 0.26, 0.16, 0.1), PINK, 0.4),
  ],
};

export const FOX: Animal = {
  tall: 1.45,
  coats: [
    coat(lch(0.68, 0.16, 48), lch(0.97, 0.015, 80), lch(0.32, 0.04, 40)),
    coat(lch(0.86, 0.02, 230), lch(0.985, 0.006, 230), lch(0.45, 0.03, 250)),
  ],
  draw: ({ fur, pale, mark }) => {
    const ear = (s: number, inset: number): Path =>
      new Path()
        .move(s * (0.22 + inset * 0.5), -0.6)
        .curve(s * 0.42, -1.05 + inset, s * 0.66, -1.4 + inset, s * (0.8 - inset * 0.3), -1.42 + inset)
        .curve(s * (0.96 - inset), -1.1 + inset, s * (1.0 - inset), -0.6, s * (0.95 - inset), -0.3)
        .close();
    const head = new Path()
      .move(0, -0.75)
      .curve(0.55, -0.75, 0.95, -0.4, 1.22, 0.22)
      .curve(0.8, 0.4, 0.4, 0.75, 0, 0.95)
      .curve(-0.4, 0.75, -0.8, 0.4, -1.22, 0.22)
      .curve(-0.95, -0.4, -0.55, -0.75, 0, -0.75)
      .close();
    const cheek = (s: number): Path =>
      new Path()
        .move(0, 0.95)
        .curve(s * 0.4, 0.75, s * 0.8, 0.4, s * 1.22, 0.22)
        .curve(s * 0.9, 0.0, s * 0.45, -0.05, s * 0.22, 0.28)
        .curve(s * 0.15, 0.45, s * 0.05, 0.5, 0, 0.5)
        .close();
    return [
      ...body(fur, pale),
      paintPair((s) => ear(s, 0), fur),
      paintPair((s) => ear(s, 0.2), mark),
      paint(head, fur),
      paintPair(cheek, pale),
      ...eyes(0.42, -0.02, 0.11),
      paint(new Path().ellipse(0, 0.86, 0.15, 0.115), INK),
      paint(new Path().ellipse(-0.04, 0.82, 0.045, 0.025), lch(1, 0, 0), 0.5),
    ];
  },
};
