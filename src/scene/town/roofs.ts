import type { Path } from '../path.ts';

/** Draws the parts above the walls. */
export type Roof = (path: Path, x: number, top: number, width: number, size: number) => void;

export const flatRoof: Roof = () => {};

export const ROOFS: readonly [Roof, ...Roof[]] = [
  flatRoof,
  flatRoof,
  // Plant rooms.
  (path, x, top, width, size) => {
    path.rect(x + width * 0.15, top - size * 0.35, width * 0.3, size * 0.4);
    path.rect(x + width * 0.58, top - size * 0.22, width * 0.22, size * 0.3);
  },
  // Set-backs and a mast.
  (path, x, top, width, size) => {
    path.rect(x + width * 0.15, top - size * 0.5, width * 0.7, size * 0.55);
    path.rect(x + width * 0.3, top - size, width * 0.4, size * 0.55);
    path.rect(x + width * 0.48, top - size * 2, width * 0.04, size * 1.1);
  },
  // A slanted roof.
  (path, x, top, width, size) => {
    path.polygon([
      [x, top + 1],
      [x, top - size * 0.9],
      [x + width, top - size * 0.1],
      [x + width, top + 1],
    ]);
  },
  // A spire.
  (path, x, top, width, size) => {
    path.polygon([
      [x + width * 0.5, top - size * 2.4],
      [x + width * 0.56, top - size * 0.9],
      [x + width, top + 1],
      [x, top + 1],
      [x + width * 0.44, top - size * 0.9],
    ]);
  },
  // A round top.
  (path, x, top, width, size) => {
    const rise = Math.min(width * 0.5, size * 1.1);
    path
      .move(x, top + 1)
      .curve(x, top - rise * 0.6, x + width * 0.22, top - rise, x + width * 0.5, top - rise)
      .curve(x + width * 0.78, top - rise, x + width, top - rise * 0.6, x + width, top + 1)
      .close();
  },
  // Masts.
  (path, x, top, width, size) => {
    path.rect(x + width * 0.3, top - size * 1.1, width * 0.035, size * 1.15);
    path.rect(x + width * 0.62, top - size * 0.7, width * 0.035, size * 0.75);
  },
];
