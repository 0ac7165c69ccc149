import type { Paint, Stop } from '../drawing.ts';
import { type Canvas, colorAt } from './brush.ts';

/**
 * Output pixels between two places where a backdrop is worked out, as a power of two: it is smooth, and in between it is
 * interpolated.
 */
const CELL_BITS = { small: 3, large: 4, from: 800 };

/** Offsets of a gradient that are worked out once. */
const STEPS = 1024;

/** A smooth picture: the colours at the corners of all its cells, three numbers each. */
export interface Grid {
  /** The side of a cell is 2 to the power of this, in output pixels. */
  readonly bits: number;
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** Where in a gradient a place lies, as a function of the place in px; 0 to 1 within the gradient. */
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
    const [red, green, blue, alpha] = colorAt(stops, Math.min(1, i / STEPS));
    colors[i * 4] = red;
    colors[i * 4 + 1] = green;
    colors[i * 4 + 2] = blue;
    colors[i * 4 + 3] = alpha / 255;
  }
  return colors;
}

/** Lays a paint over the whole grid. */
function addPaint({ bits, columns, rows, values }: Grid, paint: Paint, scale: number): void {
  const offsetAt = offsetOf(paint);
  const colors = colorTable(paint.kind === 'flat' ? [[0, paint.color]] : paint.stops);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 3) {
      // The middle of the pixel at the corner.
      const offset = offsetAt(((column << bits) + 0.5) / scale, ((row << bits) + 0.5) / scale);
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

/**
 * Edges between two colours in a picture, for one level a step: an edge that runs along a row costs nothing, so the
 * lesser of both directions counts.
 */
function countEdges({ bits, columns, rows, values }: Grid): number {
  let sum = 0;
  for (let row = 0; row + 1 < rows; row++) {
    const start = row * columns * 3;
    for (let at = start, end = start + (columns - 1) * 3; at < end; at++) {
      const value = values[at] as number;
      const across = Math.abs((values[at + 3] as number) - value);
      const down = Math.abs((values[at + columns * 3] as number) - value);
      sum += Math.min(across, down);
    }
  }
  return (sum * (1 << bits)) / EQUAL_ROWS;
}

/** Most edges per pixel, and in any picture: more levels would be finer than a PNG may cost, and than is seen. */
const MOST_EDGES = { perPixel: 0.085, always: 30_000 };

/** The coarsest levels: more than so much between two is seen. */
const COARSEST = 3;

/** Rows that are filled alike: a step of two is not seen where levels are so close, and costs half. */
const EQUAL_ROWS = 2;

/** Fractions of a level that are counted. */
const ONE = 1 << 16;

/** Colours between two rows of a grid, in {@link ONE}ths of a level. */
function interpolateRow({ bits, columns, values }: Grid, y: number, toLevels: number, row: Int32Array): void {
  const above = (y >> bits) * columns * 3;
  const share = (y & ((1 << bits) - 1)) / (1 << bits);
  for (let i = 0; i < row.length; i++) {
    const from = values[above + i] as number;
    const to = share === 0 ? from : (values[above + row.length + i] as number);
    row[i] = Math.round((from + (to - from) * share) * toLevels) + ONE / 2;
  }
}

/** Fills one row of pixels, from `at` on, between the colours of {@link interpolateRow}. */
function fillRow(
  pixels: Int32Array,
  at: number,
  width: number,
  row: Int32Array,
  shades: Int32Array,
  bits: number,
): void {
  const end = at + width;
  for (let i = 0, to = at; to < end; i += 3) {
    let red = row[i] as number;
    let green = row[i + 1] as number;
    let blue = row[i + 2] as number;
    const dr = ((row[i + 3] as number) - red) >> bits;
    const dg = ((row[i + 4] as number) - green) >> bits;
    const db = ((row[i + 5] as number) - blue) >> bits;
    for (const stop = Math.min(end, to + (1 << bits)); to < stop; to++) {
      pixels[to] =
        0xff000000 |
        ((shades[blue >> 16] as number) << 16) |
        ((shades[green >> 16] as number) << 8) |
        (shades[red >> 16] as number);
      red += dr;
      green += dg;
      blue += db;
    }
  }
}

/** A grid whose cells cover so many pixels, not filled in. */
export function createGrid(bits: number, width: number, height: number): Grid {
  const columns = Math.ceil(width / (1 << bits)) + 1;
  const rows = Math.ceil(height / (1 << bits)) + 1;
  return { bits, columns, rows, values: new Float32Array(columns * rows * 3).fill(255) };
}

/**
 * Fills the canvas between the corners of a grid. Levels are as fine as their edges compress to a bounded size, and at
 * most {@link COARSEST} of 255 apart.
 */
export function fillGrid({ pixels, width, height }: Canvas, grid: Grid): void {
  const most = Math.max(MOST_EDGES.always, width * height * MOST_EDGES.perPixel);
  const level = Math.min(COARSEST, Math.max(1, countEdges(grid) / most));
  const shades = Int32Array.from({ length: 257 }, (_, i) => Math.min(255, Math.round(i * level)));
  const row = new Int32Array(grid.columns * 3);
  for (let y = 0; y < height; y += EQUAL_ROWS) {
    interpolateRow(grid, y, ONE / level, row);
    const at = y * width;
    fillRow(pixels, at, width, row, shades, grid.bits);
    for (let i = 1; i < EQUAL_ROWS && y + i < height; i++) pixels.copyWithin(at + i * width, at, at + width);
  }
}

/** Fills the canvas with a backdrop's paints. */
export function fillBackdrop(canvas: Canvas, paints: readonly Paint[], scale: number): void {
  const { width, height } = canvas;
  const bits = Math.max(width, height) < CELL_BITS.from ? CELL_BITS.small : CELL_BITS.large;
  const grid = createGrid(bits, width, height);
  for (const paint of paints) addPaint(grid, paint, scale);
  fillGrid(canvas, grid);
}
