import { createCanvas, type SKRSContext2D } from '../label/canvas.ts';
import { drawIcon } from '../label/icon.ts';
import type { Label } from '../label/label.ts';
import { drawText } from '../label/runs.ts';
import { type Color, css } from '../options/color.ts';

/** Steps of a pixel's coverage by ink: enough for smooth edges, and a step fits half a byte. */
export const STEPS = 16;

/** How much of each pixel of a rectangle is ink, 0 to 15: two pixels a byte, the left one high, row by row. */
export interface Coverage {
  /** A multiple of {@link ALIGN}. */
  readonly x: number;
  readonly y: number;
  /** Even. */
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Ink extents are exact to a pixel; hinting and rounding may move them by one more. */
const MARGIN = 2;
/** Boxes begin at a multiple of this, so that each row begins at a whole byte, whatever the bits per pixel. */
export const ALIGN = 8;

/**
 * The coverage of a canvas' pixels: their alpha in 16 steps. Pixels are read as words with alpha in the high byte, as
 * on every machine that has a canvas. (alpha + 8) × 241 / 4096, rounded down, is alpha / 17, rounded to the nearest.
 */
function coverageOf(pixels: Buffer): Uint8Array {
  const words = new Int32Array(pixels.buffer, pixels.byteOffset, pixels.length >> 2);
  const steps = new Uint8Array(words.length >> 1);
  for (let at = 0, i = 0; at < steps.length; at++, i += 2) {
    const left = words[i] as number;
    const right = words[i + 1] as number;
    // Most pixels are background.
    if ((left | right) === 0) continue;
    steps[at] = (((((left >>> 24) + 8) * 241) >>> 12) << 4) | ((((right >>> 24) + 8) * 241) >>> 12);
  }
  return steps;
}

/** Pixels that the canvas keeps from one drawing to the next: 4 MB. */
const KEPT_PIXELS = 2 ** 20;

/** Runs `paint` on a rectangle of the picture, in output pixels from the picture's top left, and keeps its alpha. */
export function coverageWithin(
  { x, y, width, height }: Omit<Coverage, 'data'>,
  paint: (context: SKRSContext2D) => void,
): Coverage {
  // Setting a side clears the canvas and resets its context.
  canvas.width = width;
  canvas.height = height;
  context.translate(-x, -y);
  paint(context);
  const data = coverageOf(canvas.data());
  if (width * height > KEPT_PIXELS) canvas.width = canvas.height = 1;
  return { x, y, width, height, data };
}

/** One canvas for all, because resizing is cheaper than creating. It is read before the next drawing. */
const canvas = createCanvas(1, 1);
const context = canvas.getContext('2d');

/**
 * Draws a label on a canvas of the size of its ink: that is many times cheaper to make and to read than one of the size
 * of the picture.
 * @param width of the picture, in output pixels
 * @param height of the picture, in output pixels
 * @param ink the label's colour: the canvas draws light and dark text in different strengths
 */
export function drawnCoverage(
  label: Label,
  width: number,
  height: number,
  [red, green, blue]: Color,
): Coverage {
  const { ink, size, font } = label;
  // The ink of a line of several faces is only as exact as their advances.
  const margin = MARGIN + (font.families.includes(',') ? Math.ceil(size / 8) : 0);
  const x = Math.max(0, Math.floor((ink.left - margin) / ALIGN) * ALIGN);
  const y = Math.max(0, Math.floor(ink.top) - margin);
  const right = Math.min(evenUp(width), Math.ceil((ink.right + margin) / ALIGN) * ALIGN);
  const bottom = Math.min(height, Math.ceil(ink.bottom) + margin);
  const box = { x, y, width: right - x, height: bottom - y };
  return coverageWithin(box, (target) => {
    target.fillStyle = css([red, green, blue, 255]);
    drawText(target, label);
    if (label.icon) drawIcon(target, label.icon);
  });
}

/** The next even number: a coverage holds two pixels a byte. */
export function evenUp(value: number): number {
  return value + (value & 1);
}
