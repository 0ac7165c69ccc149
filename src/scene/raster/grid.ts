import type { Canvas } from './brush.ts';

/** A smooth picture: the colours at the corners of all its cells, three numbers each. */
export interface Grid {
  /** The side of a cell is 2 to the power of this, in output pixels. */
  readonly bits: number;
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/**
 * Counts edges between two colours if each level is a step: an edge along a row costs nothing, so the direction with
 * fewer edges counts.
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
  return (sum * (1 << bits)) / equalRows(bits);
}

/** Most edges per pixel, and edges that any picture may have: more make a PNG too large, and are not visible. */
const MOST_EDGES = { perPixel: 0.07, always: 30_000 };

/** The largest step between levels: a larger one would be visible. */
const COARSEST = 3;

/**
 * Rows that are filled alike, in large pictures and in small ones: with levels so close, steps of a few rows are not
 * visible, and they save most of the time and of the bytes.
 */
const equalRows = (bits: number): number => (bits < 4 ? 2 : 4);

/** The side of a block of one colour within a row, as a power of two: in large pictures, blocks are square. */
const blockBits = (bits: number): number => (bits < 4 ? 0 : 2);

/** Fixed-point unit: fractions of a level. */
const ONE = 1 << 16;

/** Half a level, and half of a {@link ONE}th: both are cut off afterwards, and so are rounded. */
const HALF = ONE / 2 + 0.5;

/** Colours between two rows of a grid, in {@link ONE}ths of a level; `y` in output pixels. */
function interpolateRow({ bits, columns, values }: Grid, y: number, toLevels: number, row: Int32Array): void {
  const place = y / (1 << bits);
  const above = Math.floor(place) * columns * 3;
  const share = place - Math.floor(place);
  for (let i = 0; i < row.length; i++) {
    const from = values[above + i] as number;
    const to = share === 0 ? from : (values[above + row.length + i] as number);
    row[i] = (from + (to - from) * share) * toLevels + HALF;
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
  const side = 1 << blockBits(bits);
  const steps = bits - blockBits(bits);
  for (let i = 0, to = at; to < end; i += 3) {
    let red = row[i] as number;
    let green = row[i + 1] as number;
    let blue = row[i + 2] as number;
    const dr = ((row[i + 3] as number) - red) >> steps;
    const dg = ((row[i + 4] as number) - green) >> steps;
    const db = ((row[i + 5] as number) - blue) >> steps;
    // The middle of a block is half a step from its edge.
    red += dr >> 1;
    green += dg >> 1;
    blue += db >> 1;
    for (const cell = Math.min(end, to + (1 << bits)); to < cell; ) {
      const color =
        0xff000000 |
        ((shades[blue >> 16] as number) << 16) |
        ((shades[green >> 16] as number) << 8) |
        (shades[red >> 16] as number);
      for (const block = Math.min(cell, to + side); to < block; to++) pixels[to] = color;
      red += dr;
      green += dg;
      blue += db;
    }
  }
}

/** An empty grid whose cells cover a picture. */
export function createGrid(bits: number, width: number, height: number): Grid {
  const columns = Math.ceil(width / (1 << bits)) + 1;
  const rows = Math.ceil(height / (1 << bits)) + 1;
  return { bits, columns, rows, values: new Float32Array(columns * rows * 3).fill(255) };
}

/**
 * Fills the canvas between the corners of a grid. Levels are as fine as a bounded compressed size allows, and at most
 * {@link COARSEST} of 255 apart.
 */
export function fillGrid({ pixels, width, height }: Canvas, grid: Grid): void {
  const most = Math.max(MOST_EDGES.always, width * height * MOST_EDGES.perPixel);
  const level = Math.min(COARSEST, Math.max(1, countEdges(grid) / most));
  const shades = Int32Array.from({ length: 257 }, (_, i) => Math.min(255, Math.round(i * level)));
  const row = new Int32Array(grid.columns * 3);
  const equal = equalRows(grid.bits);
  for (let y = 0; y < height; y += equal) {
    interpolateRow(grid, y + equal / 2, ONE / level, row);
    const at = y * width;
    fillRow(pixels, at, width, row, shades, grid.bits);
    for (let i = 1; i < equal && y + i < height; i++) pixels.copyWithin(at + i * width, at, at + width);
  }
}
