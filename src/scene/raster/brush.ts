import type { Color } from '../../color/rgb.ts';
import type { Paint, Stop } from '../drawing.ts';
import type { Visit } from './coverage-scan.ts';

/** A picture's pixels: four bytes each, red first, all opaque. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Little-endian words: red in the lowest byte. */
  readonly pixels: Int32Array;
}

/** Reused: red, green, blue and alpha of the last colour of a gradient. */
const channels = new Float64Array(4);

/**
 * The colour at an offset of a gradient, not rounded: red, green, blue and alpha.
 * @returns numbers that the next call overwrites
 */
export function colorAt(stops: readonly Stop[], offset: number): Float64Array {
  let i = 1;
  while (i < stops.length - 1 && (stops[i] as Stop)[0] < offset) i += 1;
  const [start, from] = stops[i - 1] as Stop;
  const [end, to] = stops[Math.min(i, stops.length - 1)] as Stop;
  const share = end > start ? Math.min(1, Math.max(0, (offset - start) / (end - start))) : 1;
  for (let channel = 0; channel < 4; channel++) {
    const value = from[channel] as number;
    channels[channel] = value + ((to[channel] as number) - value) * share;
  }
  return channels;
}

/** Number of steps in a gradient's table of colours. */
const STEPS = 256;

/** A gradient's colours, one after the other: packed as pixels, alpha in the highest byte. */
function steps(stops: readonly Stop[]): Int32Array {
  return Int32Array.from({ length: STEPS + 1 }, (_, i) => pack(colorAt(stops, i / STEPS)));
}

function pack(color: Float64Array | Color): number {
  const byte = (channel: number): number => Math.round(color[channel] as number);
  return (byte(3) << 24) | (byte(2) << 16) | (byte(1) << 8) | byte(0);
}

/** A product of two bytes as a byte, rounded; of a sum of products whose factors add up to 255, too. */
function toByte(product: number): number {
  const half = product + 128;
  return (half + (half >> 8)) >> 8;
}

/** A colour over an opaque pixel; `cover` is out of 255. */
function blendPixel(below: number, ink: number, cover: number): number {
  const rest = 255 - cover;
  const red = toByte((ink & 255) * cover + (below & 255) * rest);
  const green = toByte(((ink >>> 8) & 255) * cover + ((below >>> 8) & 255) * rest);
  const blue = toByte(((ink >>> 16) & 255) * cover + ((below >>> 16) & 255) * rest);
  return 0xff000000 | (blue << 16) | (green << 8) | red;
}

/** Shorter runs are filled in a loop: that is faster than a call of `fill`. */
const SHORT = 24;

/** Fills a run with one colour. */
function fillRun({ pixels }: Canvas, from: number, to: number, ink: number, coverage: number): void {
  const alpha = ink >>> 24;
  const cover = toByte(alpha * coverage);
  if (cover === 255) {
    if (to - from < SHORT) for (let i = from; i < to; i++) pixels[i] = ink;
    else pixels.fill(ink, from, to);
    return;
  }
  if (cover === 0) return;
  // Neighbours are often equal, and so are their results.
  let below = pixels[from] as number;
  let above = blendPixel(below, ink, cover);
  for (let i = from; i < to; i++) {
    const pixel = pixels[i] as number;
    if (pixel !== below) {
      below = pixel;
      above = blendPixel(pixel, ink, cover);
    }
    pixels[i] = above;
  }
}

/**
 * Side of a block of one colour in a gradient of this length. A block is far too small to be seen, takes less time, and
 * makes the PNG much smaller.
 */
function blockOf(length: number): number {
  if (length < 64) return 1;
  return length < 160 ? 2 : 4;
}

const clamp = (offset: number): number => Math.min(1, Math.max(0, offset));

/** A gradient straight down: one colour per row. */
function downBrush(canvas: Canvas, paint: Extract<Paint, { kind: 'linear' }>, scale: number): Visit {
  const top = paint.from[1] * scale;
  const length = paint.to[1] * scale - top;
  const block = blockOf(Math.abs(length));
  let row = -1;
  let ink = 0;
  return (y, from, to, coverage) => {
    const line = y - (y % block);
    if (line !== row) {
      row = line;
      ink = pack(colorAt(paint.stops, clamp((line + block / 2 - top) / length)));
    }
    fillRun(canvas, y * canvas.width + from, y * canvas.width + to, ink, coverage);
  };
}

/**
 * Fills runs block by block.
 * @param inksOf fills in the colours of blocks in a row, from one up to another, taken at their middles
 */
function blockBrush(
  canvas: Canvas,
  block: number,
  inksOf: (inks: Int32Array, y: number, from: number, to: number) => void,
): Visit {
  const inks = new Int32Array(Math.ceil(canvas.width / block) + 1);
  const bits = block === 4 ? 2 : block >> 1;
  // The blocks whose colours are known: rows of one line of blocks share them.
  let [line, start, end] = [-1, 0, 0];
  return (y, from, to, coverage) => {
    const first = from >> bits;
    const last = ((to - 1) >> bits) + 1;
    if (y >> bits !== line) {
      line = y >> bits;
      start = end = first;
    }
    const middle = (line << bits) + block / 2;
    if (first < start) inksOf(inks, middle, first, start);
    if (last > end) inksOf(inks, middle, end, last);
    start = Math.min(start, first);
    end = Math.max(end, last);
    const row = y * canvas.width;
    for (let x = from, i = first; x < to; ) {
      const ink = inks[i++] as number;
      while (i < last && inks[i] === ink) i += 1;
      const next = Math.min(to, i << bits);
      fillRun(canvas, row + x, row + next, ink, coverage);
      x = next;
    }
  };
}

function linearBrush(canvas: Canvas, paint: Extract<Paint, { kind: 'linear' }>, scale: number): Visit {
  const dx = paint.to[0] - paint.from[0];
  const dy = paint.to[1] - paint.from[1];
  if (dx === 0) return downBrush(canvas, paint, scale);
  const square = (dx * dx + dy * dy) * scale;
  const [stepX, stepY] = [dx / square, dy / square];
  const base = -(paint.from[0] * dx + paint.from[1] * dy) / (dx * dx + dy * dy);
  const colors = steps(paint.stops);
  const block = blockOf(Math.sqrt(dx * dx + dy * dy) * scale);
  return blockBrush(canvas, block, (inks, y, from, to) => {
    const start = base + y * stepY + stepX * (block / 2);
    for (let i = from; i < to; i++)
      inks[i] = colors[Math.round(clamp(start + i * block * stepX) * STEPS)] as number;
  });
}

function radialBrush(canvas: Canvas, paint: Extract<Paint, { kind: 'radial' }>, scale: number): Visit {
  const x0 = paint.center[0] * scale;
  const y0 = paint.center[1] * scale;
  const across = paint.radius[0] * scale;
  const downwards = paint.radius[1] * scale;
  const colors = steps(paint.stops);
  const block = blockOf(Math.min(across, downwards));
  return blockBrush(canvas, block, (inks, y, from, to) => {
    const dy = (y - y0) / downwards;
    for (let i = from; i < to; i++) {
      const dx = ((i + 0.5) * block - x0) / across;
      const offset = Math.sqrt(dx * dx + dy * dy);
      inks[i] = colors[offset < 1 ? Math.round(offset * STEPS) : STEPS] as number;
    }
  });
}

/** A function that fills runs of pixels with a paint; see {@link Paint} and {@link Visit}. */
export function brush(canvas: Canvas, paint: Paint, scale: number): Visit {
  if (paint.kind === 'linear') return linearBrush(canvas, paint, scale);
  if (paint.kind === 'radial') return radialBrush(canvas, paint, scale);
  const ink = pack(paint.color);
  return (y, from, to, coverage) =>
    fillRun(canvas, y * canvas.width + from, y * canvas.width + to, ink, coverage);
}
