import type { Drawing } from '../drawing.ts';
import type { Canvas } from './brush.ts';
import { createGrid, fillGrid, type Grid } from './grid.ts';
import { rasterize } from './rasterize.ts';

/** Variance that a grid itself adds, in cells: its corners average four pixels, and it is interpolated. */
const BY_GRID = 0.4;

/** One step of blur along a line of pixels, `step` apart: ¼, ½, ¼; there is nothing beyond the ends. */
function blurLine(from: Int32Array, to: Int32Array, start: number, count: number, step: number): void {
  for (let i = 0, at = start; i < count; i++, at += step) {
    const here = from[at] as number;
    const before = i > 0 ? (from[at - step] as number) : 0;
    const after = i < count - 1 ? (from[at + step] as number) : 0;
    // Two channels at once: each has room for the sum.
    const outer = (before & 0xff00ff) + 2 * (here & 0xff00ff) + (after & 0xff00ff) + 0x20002;
    const green = (before & 0xff00) + 2 * (here & 0xff00) + (after & 0xff00) + 0x200;
    to[at] = ((outer >> 2) & 0xff00ff) | ((green >> 2) & 0xff00);
  }
}

/** One step of blur in both directions. */
function blurOnce({ pixels, width, height }: Canvas, spare: Int32Array): void {
  for (let y = 0; y < height; y++) blurLine(pixels, spare, y * width, width, 1);
  for (let x = 0; x < width; x++) blurLine(spare, pixels, x, height, width);
}

/** How much of white is left along a line after some steps: less at its ends. */
function kept(count: number, steps: number): Float64Array {
  let line = new Float64Array(count).fill(1);
  for (let step = 0; step < steps; step++)
    line = line.map((here, i) => ((line[i - 1] ?? 0) + 2 * here + (line[i + 1] ?? 0)) / 4);
  return line;
}

/** Fills a grid from a small picture with a pixel per cell; its edges are as bright as if it went on. */
function fillFrom({ pixels, width, height }: Canvas, grid: Grid, steps: number): void {
  const [across, down] = [kept(width, steps), kept(height, steps)];
  const within = (at: number, side: number): number => Math.min(side - 1, Math.max(0, at));
  for (let row = 0, i = 0; row < grid.rows; row++) {
    const rows = [within(row - 1, height), within(row, height)];
    for (let column = 0; column < grid.columns; column++, i += 3) {
      const columns = [within(column - 1, width), within(column, width)];
      grid.values.fill(0, i, i + 3);
      // A corner is the average of the four cells around it.
      for (const y of rows) {
        for (const x of columns) {
          const pixel = pixels[y * width + x] as number;
          const share = 4 * (across[x] as number) * (down[y] as number);
          for (let channel = 0; channel < 3; channel++)
            grid.values[i + channel] =
              (grid.values[i + channel] as number) + ((pixel >> (8 * channel)) & 255) / share;
        }
      }
      for (let channel = i; channel < i + 3; channel++)
        grid.values[channel] = Math.min(255, grid.values[channel] as number);
    }
  }
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
  // Each step adds half to the variance.
  const steps = Math.max(0, Math.round(2 * ((deviation / (1 << bits)) ** 2 - BY_GRID)));
  for (let step = 0; step < steps; step++) blurOnce(small, spare);
  const grid = createGrid(bits, width, height);
  fillFrom(small, grid, steps);
  const canvas = { width, height, pixels: new Int32Array(width * height) };
  fillGrid(canvas, grid);
  return canvas;
}
