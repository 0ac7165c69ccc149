import { Path } from '../path.ts';
import { lch, paint, paintPair } from '../shade.ts';
import { type Animal, body, coat, eyes, INK, mouth } from './animal.ts';

export const DOG: Animal = {
  tall: 1.1,
  coats: [
    coat(lch(0.74, 0.09, 68), lch(0.94, 0.03, 80), lch(0.52, 0.08, 55)),
    coat(lch(0.93, 0.015, 80), lch(0.98, 0.008, 80), lch(0.45, 0.06, 50)),
    coat(lch(0.42, 0.05, 50), lch(0.78, 0.07, 68), lch(0.32, 0.04, 45)),
    coat(lch(0.32, 0.012, 270), lch(0.92, 0.01, 80), lch(0.24, 0.012, 270)),
  ],
  draw: ({ fur, pale, mark }, random) => {
    const isFloppy = random.chance(0.65);
    const ear = (s: number): Path =>
      isFloppy
        ? new Path()
            .move(s * 0.45, -0.78)
            .curve(s * 0.95, -0.95, s * 1.3, -0.45, s * 1.22, 0.2)
            .curve(s * 1.18, 0.5, s * 0.92, 0.5, s * 0.86, 0.2)
            .curve(s * 0.8, -0.1, s * 0.7, -0.35, s * 0.45, -0.78)
            .close()
        : new Path()
            .move(s * 0.3, -0.7)
            .curve(s * 0.45, -1.05, s * 0.7, -1.3, s * 0.84, -1.28)
            .curve(s * 0.98, -1.0, s * 0.95, -0.55, s * 0.85, -0.25)
            .close();
    const head = new Path()
      .move(0, -0.85)
      .curve(0.6, -0.85, 0.92, -0.5, 0.92, -0.05)
      .curve(0.92, 0.45, 0.6, 0.9, 0, 0.9)
      .curve(-0.6, 0.9, -0.92, 0.45, -0.92, -0.05)
      .curve(-0.92, -0.5, -0.6, -0.85, 0, -0.85)
      .close();
    const blaze = new Path()
      .move(0, -0.86)
      .curve(0.16, -0.6, 0.12, -0.2, 0.3, 0.05)
      .curve(0.62, 0.3, 0.55, 0.88, 0, 0.9)
      .curve(-0.55, 0.88, -0.62, 0.3, -0.3, 0.05)
      .curve(-0.12, -0.2, -0.16, -0.6, 0, -0.86)
      .close();
    const patch = new Path().ellipse(0.42, -0.12, 0.32, 0.36);
    const tongue = new Path().roundRect(-0.13, 0.5, 0.26, 0.42, 0.13);
    const nose = new Path().roundRect(-0.2, 0.12, 0.4, 0.25, 0.12);
    const collar = new Path().roundRect(-0.66, 0.86, 1.32, 0.2, 0.1);
    return [
      ...body(fur, pale),
      paint(collar, lch(0.6, 0.18, random.range(0, 360))),
      ...(isFloppy ? [] : [paintPair(ear, mark)]),
      paint(head, fur),
      paint(blaze, pale),
      ...(random.chance(0.5) ? [paint(patch, mark)] : []),
      ...(isFloppy ? [paintPair(ear, mark)] : []),
      ...eyes(0.4, -0.1, 0.12),
      paint(tongue, lch(0.7, 0.15, 15)),
      paint(new Path().rect(-0.015, 0.5, 0.03, 0.26), lch(0.58, 0.15, 15)),
      paint(new Path().ellipse(-0.2, 0.46, 0.23, 0.17).ellipse(0.2, 0.46, 0.23, 0.17), pale),
      paint(mouth(0.36, 0.34, 0.045), INK),
      paint(nose, INK),
      paint(new Path().ellipse(-0.06, 0.18, 0.07, 0.035), lch(1, 0, 0), 0.45),
    ];
  },
};
