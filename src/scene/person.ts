import type { Oklch } from '../color/oklch.ts';
import { fade, flat, type Shape } from './drawing.ts';
import { shown, tone } from './palette.ts';
import { Path } from './path.ts';
import type { Random } from './random.ts';

const lch = (l: number, c: number, h: number): Oklch => ({ l, c, h });

const SKINS: readonly [Oklch, ...Oklch[]] = [
  lch(0.9, 0.045, 60),
  lch(0.85, 0.06, 58),
  lch(0.78, 0.075, 60),
  lch(0.68, 0.08, 56),
  lch(0.55, 0.075, 52),
  lch(0.43, 0.06, 48),
];

const HAIRS: readonly [Oklch, ...Oklch[]] = [
  lch(0.22, 0.015, 40),
  lch(0.3, 0.04, 45),
  lch(0.42, 0.065, 48),
  lch(0.58, 0.12, 45),
  lch(0.8, 0.1, 82),
  lch(0.72, 0.008, 250),
  lch(0.93, 0.006, 90),
];

const INK = lch(0.24, 0.03, 40);

const paint = (path: Path, color: Oklch, alpha = 1): Shape => ({
  path,
  paint: flat(fade(shown(color), alpha)),
});

/** The same shape on either side. */
function pair(make: (sign: 1 | -1) => Path): Path {
  return new Path().add(make(1)).add(make(-1));
}

/** Hair: what lies behind the head, and what lies before it. */
interface Hair {
  readonly back?: () => Path;
  readonly front: () => Path;
}

/** Hair that frames the brow: from ear to ear over the top of the head. `rise` is how high it stands. */
function crown(rise: number, part: number): Path {
  return new Path()
    .move(-0.68, 0.02)
    .curve(-0.78, -0.5 - rise, -0.4, -0.86 - rise, 0, -0.86 - rise)
    .curve(0.4, -0.86 - rise, 0.78, -0.5 - rise, 0.68, 0.02)
    .curve(0.62, -0.12, 0.6, -0.26, 0.56, -0.36)
    .curve(0.34, -0.38, part + 0.2, -0.44, part, -0.6)
    .curve(part - 0.22, -0.42, -0.42, -0.38, -0.56, -0.34)
    .curve(-0.6, -0.24, -0.62, -0.12, -0.68, 0.02)
    .close();
}

const STYLES: readonly [Hair, ...Hair[]] = [
  // Short, with a parting.
  { front: () => crown(0.02, 0.25) },
  // Short and full on top.
  {
    front: () =>
      new Path()
        .move(-0.66, -0.05)
        .curve(-0.76, -0.4, -0.72, -0.7, -0.5, -0.84)
        .curve(-0.2, -1.08, 0.42, -1.1, 0.64, -0.78)
        .curve(0.78, -0.6, 0.72, -0.3, 0.66, -0.05)
        .curve(0.6, -0.2, 0.58, -0.34, 0.5, -0.44)
        .curve(0.2, -0.36, -0.2, -0.38, -0.5, -0.5)
        .curve(-0.58, -0.36, -0.6, -0.2, -0.66, -0.05)
        .close(),
  },
  // Long and straight.
  {
    back: () =>
      new Path()
        .move(-0.74, -0.2)
        .curve(-0.8, -1.15, 0.8, -1.15, 0.74, -0.2)
        .curve(0.8, 0.4, 0.86, 0.9, 0.8, 1.25)
        .line(-0.8, 1.25)
        .curve(-0.86, 0.9, -0.8, 0.4, -0.74, -0.2)
        .close(),
    front: () => crown(0.06, -0.05),
  },
  // A bob.
  {
    back: () =>
      new Path()
        .move(-0.76, -0.2)
        .curve(-0.84, -1.15, 0.84, -1.15, 0.76, -0.2)
        .curve(0.86, 0.2, 0.84, 0.52, 0.7, 0.66)
        .line(-0.7, 0.66)
        .curve(-0.84, 0.52, -0.86, 0.2, -0.76, -0.2)
        .close(),
    front: () =>
      new Path()
        .move(-0.7, 0.2)
        .curve(-0.82, -0.5, -0.5, -0.92, 0, -0.92)
        .curve(0.5, -0.92, 0.82, -0.5, 0.7, 0.2)
        .curve(0.62, 0, 0.6, -0.2, 0.56, -0.32)
        .curve(0.2, -0.27, -0.2, -0.27, -0.56, -0.32)
        .curve(-0.6, -0.2, -0.62, 0, -0.7, 0.2)
        .close(),
  },
  // A bun on top.
  { back: () => new Path().circle(0, -1.02, 0.34), front: () => crown(0.02, -0.1) },
  // Curls all round.
  {
    back: () => {
      const path = new Path();
      for (let i = 0; i < 11; i++) {
        const angle = Math.PI * (0.94 + (1.12 * i) / 10);
        path.circle(Math.cos(angle) * 0.72, -0.24 + Math.sin(angle) * 0.74, 0.34);
      }
      return path;
    },
    front: () => {
      const path = new Path();
      for (let i = 0; i < 6; i++) path.circle(-0.5 + i * 0.2, -0.62 + Math.abs(i - 2.5) * 0.045, 0.2);
      return path;
    },
  },
  // Shaved.
  {
    front: () =>
      new Path()
        .move(-0.645, -0.1)
        .curve(-0.7, -0.5, -0.42, -0.79, 0, -0.79)
        .curve(0.42, -0.79, 0.7, -0.5, 0.645, -0.1)
        .curve(0.58, -0.4, 0.3, -0.52, 0, -0.52)
        .curve(-0.3, -0.52, -0.58, -0.4, -0.645, -0.1)
        .close(),
  },
  // A scarf around head and neck is drawn as hair in a cloth's colour; see `person`.
  {
    back: () =>
      new Path()
        .move(-0.82, 0.1)
        .curve(-0.92, -1.2, 0.92, -1.2, 0.82, 0.1)
        .curve(0.8, 0.6, 1.0, 0.95, 0.9, 1.3)
        .line(-0.9, 1.3)
        .curve(-1.0, 0.95, -0.8, 0.6, -0.82, 0.1)
        .close(),
    front: () =>
      new Path()
        .move(-0.82, 0.1)
        .curve(-0.92, -1.2, 0.92, -1.2, 0.82, 0.1)
        .curve(0.78, 0.7, 0.5, 1.05, 0, 1.1)
        .curve(-0.5, 1.05, -0.78, 0.7, -0.82, 0.1)
        .close()
        // The face, the other way round: a hole.
        .move(-0.55, 0.05)
        .curve(-0.55, 0.5, -0.3, 0.76, 0, 0.76)
        .curve(0.3, 0.76, 0.55, 0.5, 0.55, 0.05)
        .curve(0.55, -0.4, 0.3, -0.62, 0, -0.62)
        .curve(-0.3, -0.62, -0.55, -0.4, -0.55, 0.05)
        .close(),
  },
];
const SCARF = STYLES.length - 1;
const SHAVED = STYLES.length - 2;

/** What is worn below the neck, about the origin of the head. */
function clothes(random: Random, color: Oklch, skin: Oklch): Shape[] {
  const torso = new Path()
    .move(-1.45, 2.7)
    .curve(-1.48, 1.75, -1.2, 1.3, -0.62, 1.14)
    .curve(-0.35, 1.06, -0.28, 1.0, -0.26, 0.92)
    .line(0.26, 0.92)
    .curve(0.28, 1.0, 0.35, 1.06, 0.62, 1.14)
    .curve(1.2, 1.3, 1.48, 1.75, 1.45, 2.7)
    .close();
  const neck = new Path().roundRect(-0.24, 0.4, 0.48, 0.78, 0.12);
  const scoop = new Path()
    .move(-0.36, 1.06)
    .curve(-0.3, 1.42, 0.3, 1.42, 0.36, 1.06)
    .curve(0.2, 0.9, -0.2, 0.9, -0.36, 1.06)
    .close();
  const vee = new Path().polygon([
    [-0.32, 1.02],
    [0.32, 1.02],
    [0, 1.62],
  ]);
  const collar = pair((s) =>
    new Path().polygon([
      [s * 0.26, 0.96],
      [s * 0.5, 1.1],
      [s * 0.26, 1.5],
      [0, 1.28],
    ]),
  );
  const kind = random.int(0, 2);
  const shade = new Path()
    .move(-0.24, 0.66)
    .curve(-0.1, 0.86, 0.1, 0.86, 0.24, 0.66)
    .line(0.24, 0.84)
    .curve(0.1, 0.98, -0.1, 0.98, -0.24, 0.84)
    .close();
  return [
    paint(torso, color),
    ...(kind === 0 ? [paint(scoop, skin)] : []),
    ...(kind === 1 ? [paint(vee, skin)] : []),
    paint(neck, skin),
    paint(shade, tone(skin, -0.2), 0.55),
    ...(kind === 2 ? [paint(collar, tone(color, 0.45))] : []),
  ];
}

/**
 * Head and shoulders of somebody who does not exist, about the middle of the head, which is about 1.3 wide; the shoulders
 * reach down to 2.7.
 * @param colors of clothes
 */
export function person(random: Random, colors: readonly [Oklch, ...Oklch[]], isGiven = false): Shape[] {
  const shade = random.int(0, SKINS.length - 1);
  const skin = isGiven ? tone(colors[0], 0.55) : (SKINS[shade] as Oklch);
  // Dark skin comes with dark hair, or with grey.
  const natural = HAIRS[shade < 3 ? random.int(0, 6) : random.pick([0, 0, 1, 2, 5])] as Oklch;
  const cloth = random.pick(colors);
  const style = random.int(0, STYLES.length - 1);
  const isScarf = style === SCARF;
  const other = colors[(colors.indexOf(cloth) + 1) % colors.length] as Oklch;
  const scarf = isGiven ? other : { l: 0.74, c: 0.085, h: other.h };
  const hair = isScarf ? scarf : isGiven ? tone(colors.at(-1) as Oklch, -0.3) : natural;
  const { back, front } = STYLES[style] as Hair;
  const head = new Path()
    .move(-0.64, -0.1)
    .curve(-0.64, -0.56, -0.4, -0.8, 0, -0.8)
    .curve(0.4, -0.8, 0.64, -0.56, 0.64, -0.1)
    .curve(0.64, 0.4, 0.38, 0.78, 0, 0.78)
    .curve(-0.38, 0.78, -0.64, 0.4, -0.64, -0.1)
    .close();
  const line = tone(skin, -0.32);
  const brow = isScarf ? (HAIRS[1] as Oklch) : tone(hair, hair.l > 0.7 ? -0.25 : 0);
  const shapes: Shape[] = [];
  if (back) shapes.push(paint(back(), tone(hair, isScarf ? -0.18 : -0.14)));
  shapes.push(...clothes(random, cloth, skin));
  if (!isScarf)
    shapes.push(
      paint(
        pair((s) => new Path().ellipse(s * 0.65, 0.02, 0.11, 0.16)),
        tone(skin, -0.08),
      ),
    );
  shapes.push(paint(head, skin));
  const wears = {
    glasses: random.chance(0.25),
    beard: !back && random.chance(0.4),
    blush: random.chance(0.5),
  };
  if (wears.blush)
    shapes.push(
      paint(
        pair((s) => new Path().ellipse(s * 0.38, 0.27, 0.13, 0.085)),
        lch(0.68, 0.15, 22),
        0.32,
      ),
    );
  if (wears.beard) {
    const beard = new Path()
      .move(-0.64, 0)
      .curve(-0.62, 0.5, -0.4, 0.86, 0, 0.86)
      .curve(0.4, 0.86, 0.62, 0.5, 0.64, 0)
      .curve(0.56, 0.22, 0.44, 0.28, 0.3, 0.26)
      .curve(0.1, 0.2, -0.1, 0.2, -0.3, 0.26)
      .curve(-0.44, 0.28, -0.56, 0.22, -0.64, 0)
      .close();
    shapes.push(paint(beard, hair));
  }
  shapes.push(
    paint(
      pair((s) => new Path().ellipse(s * 0.27, -0.04, 0.062, 0.075)),
      INK,
    ),
  );
  shapes.push(
    paint(
      pair((s) => new Path().circle(s * 0.27 + 0.02, -0.065, 0.02)),
      lch(1, 0, 0),
      0.9,
    ),
  );
  shapes.push(
    paint(
      pair((s) => new Path().roundRect(-0.12, -0.022, 0.24, 0.044, 0.022).placed(s * 0.28, -0.22, s * 0.03)),
      brow,
      0.9,
    ),
  );
  shapes.push(
    paint(
      new Path()
        .move(-0.02, 0.02)
        .curve(-0.04, 0.14, -0.09, 0.17, -0.05, 0.2)
        .curve(0, 0.225, 0.06, 0.215, 0.07, 0.19)
        .curve(0.03, 0.2, -0.01, 0.19, -0.02, 0.16)
        .close(),
      line,
      0.8,
    ),
  );
  const smile = new Path()
    .move(-0.2, 0.38)
    .curve(-0.1, 0.42, 0.1, 0.42, 0.2, 0.38)
    .curve(0.16, 0.56, -0.16, 0.56, -0.2, 0.38)
    .close();
  shapes.push(
    random.chance(0.6)
      ? paint(smile, lch(0.98, 0.005, 60))
      : paint(
          new Path()
            .move(-0.19, 0.39)
            .curve(-0.1, 0.5, 0.1, 0.5, 0.19, 0.39)
            .curve(0.1, 0.46, -0.1, 0.46, -0.19, 0.39)
            .close(),
          tone(line, -0.3),
        ),
  );
  shapes.push(paint(front(), style === SHAVED ? tone(hair, 0.05) : hair, style === SHAVED ? 0.85 : 1));
  if (wears.glasses) shapes.push(paint(glasses(), lch(0.25, 0.02, 250), 0.95));
  return shapes;
}

/** Round spectacles: rings and a bridge. */
function glasses(): Path {
  const ring = (s: number): Path => {
    const [x, y, r, k] = [s * 0.28, -0.03, 0.155, 0.0856];
    return new Path()
      .circle(x, y, 0.19)
      .move(x - r, y)
      .curve(x - r, y + k, x - k, y + r, x, y + r)
      .curve(x + k, y + r, x + r, y + k, x + r, y)
      .curve(x + r, y - k, x + k, y - r, x, y - r)
      .curve(x - k, y - r, x - r, y - k, x - r, y)
      .close();
  };
  return pair(ring)
    .add(new Path().rect(-0.1, -0.055, 0.2, 0.035))
    .add(pair((s) => new Path().rect(s > 0 ? 0.46 : -0.64, -0.06, 0.18, 0.035)));
}
