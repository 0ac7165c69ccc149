import type { Paint, Stop } from '../drawing.ts';
import { type Canvas, colorAt } from './brush.ts';
import { createGrid, fillGrid, type Grid } from './grid.ts';

/**
 * The side of a cell as a power of two, by the longer side of the picture in output pixels: a backdrop is so smooth
 * that it can be interpolated between the corners of some fifty cells.
 */
function cellBits(side: number): number {
  return Math.min(4, Math.max(0, 31 - Math.clz32(side / 50)));
}

/** Offsets of a gradient that are computed in advance. */
const STEPS = 1024;

/** A function from a place in px to its offset in a gradient; 0 to 1 within the gradient. */
function offsetOf(paint: Paint): (x: number, y: number) => number {
  if (paint.kind === 'flat') return () => 0;
  if (paint.kind === 'linear') {
    const [x0, y0] = paint.from;
    const dx = paint.to[0] - x0;
    const dy = paint.to[1] - y0;
    const length = dx * dx + dy * dy;
    return (x, y) => ((x - x0) * dx + (y - y0) * dy) / length;
  }
  const [x0, y0] = paint.center;
  const [across, down] = paint.radius;
  return (x, y) => {
    const dx = (x - x0) / across;
    const dy = (y - y0) / down;
    return Math.sqrt(dx * dx + dy * dy);
  };
}

/** A gradient's colours by offset: four numbers each, alpha from 0 to 1. */
function colorTable(stops: readonly Stop[]): Float32Array {
  const colors = new Float32Array((STEPS + 2) * 4);
  for (let i = 0; i < STEPS + 2; i++) {
    const color = colorAt(stops, Math.min(1, i / STEPS));
    colors.set(color, i * 4);
    colors[i * 4 + 3] = (color[3] as number) / 255;
  }
  return colors;
}

/** Lays a paint over the whole grid. */
function addPaint({ bits, columns, rows, values }: Grid, paint: Paint, scale: number): void {
  const offsetAt = offsetOf(paint);
  const colors = colorTable(paint.kind === 'flat' ? [[0, paint.color]] : paint.stops);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 3) {
      const offset = offsetAt((column << bits) / scale, (row << bits) / scale);
      const place = Math.min(1, Math.max(0, offset)) * STEPS;
      const i = Math.floor(place);
      const share = place - i;
      const from = i * 4;
      const start = colors[from + 3] as number;
      const alpha = start + ((colors[from + 7] as number) - start) * share;
      if (alpha === 0) continue;
      for (let channel = 0; channel < 3; channel++) {
        const ink = colors[from + channel] as number;
        const below = values[at + channel] as number;
        const above = ink + ((colors[from + 4 + channel] as number) - ink) * share;
        values[at + channel] = below + (above - below) * alpha;
      }
    }
  }
}

/** Fills the canvas with a backdrop's paints. */
export function fillBackdrop(canvas: Canvas, paints: readonly Paint[], scale: number): void {
  const { width, height } = canvas;
  const grid = createGrid(cellBits(Math.max(width, height)), width, height);
  for (const paint of paints) addPaint(grid, paint, scale);
  fillGrid(canvas, grid);
}
