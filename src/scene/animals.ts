import type { Oklch } from '../color/oklch.ts';
import { type Drawing, down, fade, flat, glow, type Shape } from './drawing.ts';
import { below, type Frame, noise, ramp, roundTree } from './landscape.ts';
import { between, shown, tone } from './palette.ts';
import { Path } from './path.ts';
import type { Random } from './random.ts';

const INK: Oklch = { l: 0.22, c: 0.02, h: 60 };
const PINK: Oklch = { l: 0.78, c: 0.09, h: 15 };

/** A coat: the fur, its paler parts, and its marks. */
interface Coat {
  readonly fur: Oklch;
  readonly pale: Oklch;
  readonly mark: Oklch;
}

const coat = (fur: Oklch, pale: Oklch, mark: Oklch): Coat => ({ fur, pale, mark });
const lch = (l: number, c: number, h: number): Oklch => ({ l, c, h });

/** An animal's head and shoulders about the origin, one unit being half of the head's width. */
interface Animal {
  readonly coats: readonly [Coat, ...Coat[]];
  /** How far its ears reach above the origin. */
  readonly tall: number;
  readonly draw: (coat: Coat, random: Random) => Shape[];
}

const paint = (path: Path, color: Oklch, alpha = 1): Shape => ({
  path,
  paint: flat(fade(shown(color), alpha)),
});

/** The same shape on either side. */
function pair(make: (sign: 1 | -1) => Path): Path {
  return new Path().add(make(1)).add(make(-1));
}

/** Eyes with a light in each; looking at you. */
function eyes(apart: number, y: number, size: number, iris?: Oklch): Shape[] {
  const shapes: Shape[] = [];
  if (iris) {
    shapes.push(
      paint(
        pair((s) => new Path().ellipse(s * apart, y, size * 1.25, size * 1.2)),
        iris,
      ),
    );
    shapes.push(
      paint(
        pair((s) => new Path().ellipse(s * apart, y, size * 0.55, size * 1.05)),
        INK,
      ),
    );
  } else
    shapes.push(
      paint(
        pair((s) => new Path().ellipse(s * apart, y, size, size * 1.1)),
        INK,
      ),
    );
  shapes.push(
    paint(
      pair((s) => new Path().circle(s * apart + size * 0.3, y - size * 0.4, size * 0.3)),
      lch(1, 0, 0),
      0.95,
    ),
  );
  return shapes;
}

/** A thin smile: two arcs from under the nose. */
function mouth(y: number, width: number, thickness: number): Path {
  return pair((s) =>
    new Path()
      .move(0, y)
      .curve(
        s * width * 0.15,
        y + width * 0.5,
        s * width * 0.75,
        y + width * 0.55,
        s * width,
        y + width * 0.12,
      )
      .curve(
        s * width * 0.8,
        y + width * 0.55 + thickness,
        s * width * 0.15,
        y + width * 0.5 + thickness,
        0,
        y + thickness,
      )
      .close(),
  );
}

function body(color: Oklch, breast: Oklch): Shape[] {
  const back = new Path()
    .move(-1.15, 2.9)
    .curve(-1.25, 1.6, -0.85, 0.7, 0, 0.6)
    .curve(0.85, 0.7, 1.25, 1.6, 1.15, 2.9)
    .close();
  const front = new Path()
    .move(-0.6, 2.9)
    .curve(-0.75, 1.7, -0.5, 0.9, 0, 0.9)
    .curve(0.5, 0.9, 0.75, 1.7, 0.6, 2.9)
    .close();
  return [paint(back, color), paint(front, breast)];
}

const CAT: Animal = {
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
      paint(
        pair((s) => ear(s, 0)),
        fur,
      ),
      paint(
        pair((s) => ear(s, 0.16)),
        PINK,
      ),
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

const DOG: Animal = {
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
      ...(isFloppy ? [] : [paint(pair(ear), mark)]),
      paint(head, fur),
      paint(blaze, pale),
      ...(random.chance(0.5) ? [paint(patch, mark)] : []),
      ...(isFloppy ? [paint(pair(ear), mark)] : []),
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

const BEAR: Animal = {
  tall: 1.1,
  coats: [
    coat(lch(0.48, 0.07, 52), lch(0.76, 0.07, 68), lch(0.4, 0.06, 48)),
    coat(lch(0.95, 0.012, 220), lch(0.99, 0.004, 220), lch(0.86, 0.02, 220)),
    coat(lch(0.3, 0.012, 280), lch(0.72, 0.06, 68), lch(0.25, 0.012, 280)),
  ],
  draw: ({ fur, pale, mark }) => [
    ...body(fur, mark),
    paint(
      pair((s) => new Path().circle(s * 0.72, -0.7, 0.34)),
      fur,
    ),
    paint(
      pair((s) => new Path().circle(s * 0.72, -0.7, 0.19)),
      pale,
    ),
    paint(new Path().ellipse(0, 0, 1.02, 0.93), fur),
    paint(new Path().ellipse(0, 0.38, 0.46, 0.37), pale),
    ...eyes(0.42, -0.1, 0.1),
    paint(mouth(0.36, 0.22, 0.04), INK),
    paint(new Path().roundRect(-0.17, 0.14, 0.34, 0.23, 0.11), INK),
    paint(
      pair((s) => new Path().ellipse(s * 0.66, 0.26, 0.16, 0.1)),
      PINK,
      0.4,
    ),
  ],
};

const FOX: Animal = {
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
      paint(
        pair((s) => ear(s, 0)),
        fur,
      ),
      paint(
        pair((s) => ear(s, 0.2)),
        mark,
      ),
      paint(head, fur),
      paint(pair(cheek), pale),
      ...eyes(0.42, -0.02, 0.11),
      paint(new Path().ellipse(0, 0.86, 0.15, 0.115), INK),
      paint(new Path().ellipse(-0.04, 0.82, 0.045, 0.025), lch(1, 0, 0), 0.5),
    ];
  },
};

const RABBIT: Animal = {
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
      paint(
        pair((s) => ear(s, 1)),
        fur,
      ),
      paint(
        pair((s) => ear(s, 0.72)),
        PINK,
      ),
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
      paint(
        pair((s) => new Path().ellipse(s * 0.66, 0.3, 0.15, 0.1)),
        PINK,
        0.5,
      ),
    ];
  },
};

const OWL: Animal = {
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
      paint(
        pair((s) =>
          new Path()
            .move(s * 0.1, -0.72)
            .curve(s * 0.5, -0.8, s * 0.8, -1.0, s * 1.0, -1.2)
            .curve(s * 1.05, -0.8, s * 1.05, -0.4, s * 0.95, 0)
            .close(),
        ),
        mark,
      ),
      paint(new Path().ellipse(0, 0, 1.0, 0.88), fur),
      paint(
        pair((s) => new Path().circle(s * 0.42, 0.0, 0.5)),
        pale,
      ),
      paint(
        pair((s) => new Path().circle(s * 0.42, 0.0, 0.3)),
        lch(0.84, 0.16, 85),
      ),
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

/** Places a drawing made about the origin. */
function placed(shapes: readonly Shape[], x: number, y: number, size: number, angle: number): Shape[] {
  return shapes.map(({ path, paint: color }) => ({ path: path.placed(x, y, angle, size), paint: color }));
}

/** An animal looks at you, before soft hills. */
function portrait(frame: Frame, animals: readonly [Animal, ...Animal[]]): Drawing {
  const { width, height, unit, random, palette } = frame;
  const { coats, draw, tall } = random.pick(animals);
  const [first, second] = palette.set as [Oklch, Oklch];
  const air: Oklch = palette.isGiven
    ? first
    : { l: random.range(0.8, 0.9), c: random.range(0.05, 0.1), h: first.h };
  const ground: Oklch = palette.isGiven
    ? second
    : between({ l: 0.7, c: 0.11, h: first.h + 40 }, { l: 0.68, c: 0.1, h: 150 }, 0.4);
  // Whole in any shape of picture, with air above the ears.
  const size = Math.min(unit * 0.27, (height * 0.9) / (tall + 1.75), width * 0.36) * random.range(0.9, 1);
  const [x, y] = [width * random.range(0.42, 0.58), height - size * random.range(1.6, 1.75)];
  const shapes: Shape[] = [];
  const disc = new Path().circle(x, y + size * 0.2, size * random.range(1.75, 2));
  shapes.push({ path: disc, paint: flat(fade(shown(tone(air, 0.55)), 0.5)) });
  for (const [i, share] of [0.62, 0.8].entries()) {
    const wave = noise(random, 2, 0.3);
    const base = height * share;
    const ridge = (at: number): number => base - wave((at * width * 1.3) / unit) * unit * 0.09;
    const path = below(frame, ridge, Math.ceil((width / unit) * 7), true);
    const color = between(tone(air, 0.1), ground, 0.4 + 0.5 * i);
    for (let k = 0; k < 4; k++) {
      const at = random.next();
      const tall = unit * random.range(0.1, 0.17) * (0.7 + 0.4 * i);
      roundTree(path, random, at * width, ridge(at) + tall * 0.08, tall);
    }
    shapes.push({
      path,
      paint: down(base - unit * 0.1, base + unit * 0.25, ramp([color, tone(color, 0.18)], 1)),
    });
  }
  const fur = palette.isGiven ? givenCoat(palette.set, random) : random.pick(coats);
  shapes.push(...placed(draw(fur, random), x, y, size, random.range(-0.05, 0.05)));
  return {
    width,
    height,
    backdrop: [
      down(0, height, ramp([tone(air, -0.06), tone(air, 0.45)])),
      glow(x, y, unit * 0.9, unit * 0.8, shown(tone(air, 0.7)), 0.5),
    ],
    shapes,
  };
}

/** A coat in given colours. */
function givenCoat(set: readonly Oklch[], random: Random): Coat {
  const fur = set[random.int(1, 2)] as Oklch;
  return coat(fur, tone(fur, 0.6), tone(fur, -0.25));
}

export const cat = (frame: Frame): Drawing => portrait(frame, [CAT]);
export const dog = (frame: Frame): Drawing => portrait(frame, [DOG]);
export const bear = (frame: Frame): Drawing => portrait(frame, [BEAR]);
export const animals = (frame: Frame): Drawing => portrait(frame, [CAT, DOG, BEAR, FOX, RABBIT, OWL]);
