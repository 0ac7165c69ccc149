import { Path } from '../path.ts';

/** Hair: the part behind the head, and the part in front of it. */
export interface Hair {
  readonly back?: () => Path;
  readonly front: () => Path;
}

/** Hair around the brow, from ear to ear over the top of the head. `rise` is its height. */
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

export const STYLES: readonly [Hair, ...Hair[]] = [
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
        // The face, in the opposite direction: a hole.
        .move(-0.55, 0.05)
        .curve(-0.55, 0.5, -0.3, 0.76, 0, 0.76)
        .curve(0.3, 0.76, 0.55, 0.5, 0.55, 0.05)
        .curve(0.55, -0.4, 0.3, -0.62, 0, -0.62)
        .curve(-0.3, -0.62, -0.55, -0.4, -0.55, 0.05)
        .close(),
  },
];

export const SCARF = STYLES.length - 1;

export const SHAVED = STYLES.length - 2;
