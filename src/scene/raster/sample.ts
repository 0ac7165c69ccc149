import type { Color } from '../../color/rgb.ts';
import type { Drawing } from '../drawing.ts';
import { rasterize } from './rasterize.ts';

/** A part of a picture, as shares of its sides. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Longer side of the small picture that is sampled, in pixels: finer details do not hide letters. */
const SIDE = 40;

/** The colours of a part of a drawing, from the pixels of a very small picture of it. */
export function colorsOf(drawing: Drawing, { left, top, width, height }: Part): Color[] {
  const scale = Math.min(1, SIDE / Math.max(drawing.width, drawing.height));
  const small = rasterize(drawing, scale);
  const first = (share: number, side: number): number =>
    Math.min(side - 1, Math.max(0, Math.floor(share * side)));
  const [x0, y0] = [first(left, small.width), first(top, small.height)];
  const [x1, y1] = [first(left + width, small.width), first(top + height, small.height)];
  const colors = new Set<number>();
  for (let y = y0; y <= y1; y++)
    for (let x = x0; x <= x1; x++) colors.add(small.pixels[y * small.width + x] as number);
  return Array.from(colors, (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, 255]);
}
