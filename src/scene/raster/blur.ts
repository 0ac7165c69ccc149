import type { Drawing } from '../drawing.ts';
import { createGrid, fillGrid } from './backdrop.ts';
import type { Canvas } from './brush.ts';
import { rasterize } from './rasterize.ts';

/** Variance that a grid adds by itself, in cells: its corners are the middle of four pixels, and it is interpolated. */
const BY_GRID = 0.4;

/** One step of blur along a line of pixels, `step` apart: a quarter, a half, a quarter; the ends are held. */
function blurLine(from: Int32Array, to: Int32Array, start: number, count: number, step: number): void {
  for (let i = 0, at = start; i < count; i++, at += step) {
    const here = from[at] as number;
    const before = i > 0 ? (from[at - step] as number) : here;
    const after = i < count - 1 ? (from[at + step] as number) : here;
    // Two channels at once: each has room for the sum.
    const outer = (before & 0xff00ff) + 2 * (here & 0xff00ff) + (after & 0xff00ff) + 0x20002;
    const green = (before & 0xff00) + 2 * (here & 0xff00) + (after & 0xff00) + 0x200;
    to[at] = 0xff000000 | ((outer >> 2) & 0xff00ff) | ((green >> 2) & 0xff00);
  }
}

/** One step of blur in both directions. */
function blurOnce({ pixels, width, height }: Canvas, spare: Int32Array): void {
  for (let y = 0; y < height; y++) blurLine(pixels, spare, y * width, width, 1);
  for (let x = 0; x < width; x++) blurLine(spare, pixels, x, height, width);
}

/**
 * Draws a drawing out of focus: small, blurred, and enlarged smoothly.
 * @param blur standard deviation of the blur in px before scaling, from 1 on
 * @param scale output pixels per px, 1–4
 */
export function rasterizeBlurred(drawing: Drawing, scale: number, blur: number): Canvas {
  const width = Math.round(drawing.width * scale);
  const height = Math.round(drawing.height * scale);
  const deviation = blur * scale;
  const bits = deviation < 4 ? 1 : deviation < 8 ? 2 : 3;
  const small = rasterize(drawing, scale / (1 << bits));
  const spare = new Int32Array(small.pixels.length);
  const variance = (deviation / (1 << bits)) ** 2;
  // Each step adds half to the variance.
  for (let left = Math.round(2 * (variance - BY_GRID)); left > 0; left--) blurOnce(small, spare);
  const grid = createGrid(bits, width, height);
  const at = (column: number, row: number): number => {
    const x = Math.min(small.width - 1, Math.max(0, column));
    const y = Math.min(small.height - 1, Math.max(0, row));
    return small.pixels[y * small.width + x] as number;
  };
  for (let row = 0, i = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++, i += 3) {
      const around = [at(column - 1, row - 1), at(column, row - 1), at(column - 1, row), at(column, row)];
      for (let channel = 0; channel < 3; channel++)
        grid.values[i + channel] =
          around.reduce((sum, pixel) => sum + ((pixel >> (8 * channel)) & 255), 0) / 4;
    }
  }
  const canvas = { width, height, pixels: new Int32Array(width * height) };
  fillGrid(canvas, grid);
  return canvas;
}
