import type { Color } from '../../options/color.ts';
import type { Visit } from './coverage-scan.ts';
import type { Paint, Stop } from './drawing.ts';

/** A picture's pixels: four bytes each, red first, all opaque. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Little-endian words: red in the lowest byte. */
  readonly pixels: Uint32Array;
}

type Channels = [red: number, green: number, blue: number, alpha: number];

/** The colour at a place of a gradient, not rounded. */
export function colorAt(stops: readonly Stop[], offset: number): Channels {
  let i = 1;
  while (i < stops.length - 1 && (stops[i] as Stop)[0] < offset) i += 1;
  const [start, from] = stops[i - 1] as Stop;
  const [end, to] = stops[Math.min(i, stops.length - 1)] as Stop;
  const share = end > start ? Math.min(1, Math.max(0, (offset - start) / (end - start))) : 1;
  return from.map((value, channel) => value + ((to[channel] as number) - value) * share) as Channels;
}

/** Colours of a gradient in so many steps. */
const STEPS = 256;

/** A gradient's colours, one after the other: packed as pixels, alpha in the highest byte. */
function steps(stops: readonly Stop[]): Uint32Array {
  return Uint32Array.from({ length: STEPS + 1 }, (_, i) => pack(colorAt(stops, i / STEPS)));
}

function pack([red, green, blue, alpha]: Channels | Color): number {
  const byte = Math.round;
  return ((byte(alpha) << 24) | (byte(blue) << 16) | (byte(green) << 8) | byte(red)) >>> 0;
}

/** A colour over an opaque pixel, covering so much of 255. */
function blendPixel(below: number, ink: number, cover: number): number {
  const rest = 255 - cover;
  const red = ((ink & 255) * cover + (below & 255) * rest + 127) / 255;
  const green = (((ink >>> 8) & 255) * cover + ((below >>> 8) & 255) * rest + 127) / 255;
  const blue = (((ink >>> 16) & 255) * cover + ((below >>> 16) & 255) * rest + 127) / 255;
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Fills a run with one colour. */
function fillRun({ pixels }: Canvas, from: number, to: number, ink: number, coverage: number): void {
  const cover = Math.round(((ink >>> 24) * coverage) / 255);
  if (cover === 255) {
    pixels.fill(ink, from, to);
    return;
  }
  if (cover === 0) return;
  // Neighbours are often alike, and so is what becomes of them.
  let [below, above] = [0, 0];
  for (let i = from; i < to; i++) {
    const pixel = pixels[i] as number;
    if (pixel !== below) {
      below = pixel;
      above = blendPixel(pixel, ink, cover);
    }
    pixels[i] = above;
  }
}

/** Fills a run with a colour for each pixel. */
function fillEach(
  { pixels, width }: Canvas,
  y: number,
  from: number,
  to: number,
  coverage: number,
  inkAt: (x: number) => number,
): void {
  for (let x = from, i = y * width + from; x < to; x++, i++) {
    const ink = inkAt(x);
    const cover = Math.round(((ink >>> 24) * coverage) / 255);
    pixels[i] = cover === 255 ? ink : blendPixel(pixels[i] as number, ink, cover);
  }
}

function linearBrush(canvas: Canvas, paint: Extract<Paint, { kind: 'linear' }>, scale: number): Visit {
  const [x0, y0] = paint.from;
  const [dx, dy] = [paint.to[0] - x0, paint.to[1] - y0];
  const length = (dx * dx + dy * dy) * scale;
  const offsetAt = (x: number, y: number): number =>
    ((x + 0.5 - x0 * scale) * dx + (y + 0.5 - y0 * scale) * dy) / length;
  const clamp = (offset: number): number => Math.min(1, Math.max(0, offset));
  if (dx === 0) {
    let [row, ink] = [-1, 0];
    return (y, from, to, coverage) => {
      if (y !== row) [row, ink] = [y, pack(colorAt(paint.stops, clamp(offsetAt(0, y))))];
      fillRun(canvas, y * canvas.width + from, y * canvas.width + to, ink, coverage);
    };
  }
  const colors = steps(paint.stops);
  return (y, from, to, coverage) =>
    fillEach(
      canvas,
      y,
      from,
      to,
      coverage,
      (x) => colors[Math.round(clamp(offsetAt(x, y)) * STEPS)] as number,
    );
}

function radialBrush(canvas: Canvas, paint: Extract<Paint, { kind: 'radial' }>, scale: number): Visit {
  const [x0, y0] = [paint.center[0] * scale - 0.5, paint.center[1] * scale - 0.5];
  const [across, downwards] = [paint.radius[0] * scale, paint.radius[1] * scale];
  const colors = steps(paint.stops);
  return (y, from, to, coverage) => {
    const dy = (y - y0) / downwards;
    const inkAt = (x: number): number => {
      const dx = (x - x0) / across;
      return colors[Math.round(Math.min(1, Math.sqrt(dx * dx + dy * dy)) * STEPS)] as number;
    };
    fillEach(canvas, y, from, to, coverage, inkAt);
  };
}

/** What fills runs of pixels with a paint; see {@link Paint} and {@link Visit}. */
export function brush(canvas: Canvas, paint: Paint, scale: number): Visit {
  if (paint.kind === 'linear') return linearBrush(canvas, paint, scale);
  if (paint.kind === 'radial') return radialBrush(canvas, paint, scale);
  const ink = pack(paint.color);
  return (y, from, to, coverage) =>
    fillRun(canvas, y * canvas.width + from, y * canvas.width + to, ink, coverage);
}
