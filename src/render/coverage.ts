import { createCanvas } from '../label/canvas.ts';
import { drawText, type Label } from '../label/label.ts';

/** Steps in which ink covers a pixel: enough for smooth edges, and a step fits half a byte. */
export const STEPS = 16;

/** A rectangle of small numbers, one byte a pixel, row by row. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Ink extents are exact to a pixel; hinting and rounding may move them by one more. */
const MARGIN = 2;
/** Boxes begin at a multiple of this, so that each of their rows begins at a whole byte whatever the bits per pixel. */
const ALIGN = 8;

/**
 * How much of each pixel is ink, 0 to 15: the alpha of a canvas' pixels. Read as words, of which alpha is the high byte
 * on every machine that there is a canvas for.
 */
export function coverageOf(pixels: Buffer): Uint8Array {
  const words = new Int32Array(pixels.buffer, pixels.byteOffset, pixels.length >> 2);
  const steps = new Uint8Array(words.length);
  for (let i = 0; i < steps.length; i++) {
    // (alpha + 8) / 17, rounded down, for every alpha from 0 to 255: 255 = 15 × 17 rounds to the nearest step.
    steps[i] = ((((words[i] as number) >>> 24) + 8) * 241) >>> 12;
  }
  return steps;
}

/**
 * Draws a label and nothing around it: a canvas of the size of the ink is many times cheaper to make and to read than
 * one of the size of the picture.
 * @param width of the picture, in output pixels
 * @param height of the picture, in output pixels
 */
export function labelCoverage(label: Label, width: number, height: number): Box {
  const { ink, size, font } = label;
  // The ink of several faces in a line is only as exact as their advances.
  const margin = MARGIN + (font.families.includes(',') ? Math.ceil(size / 8) : 0);
  const left = Math.max(0, Math.floor((ink.left - margin) / ALIGN) * ALIGN);
  const top = Math.max(0, Math.floor(ink.top) - margin);
  const right = Math.min(width, Math.ceil((ink.right + margin) / ALIGN) * ALIGN);
  const bottom = Math.min(height, Math.ceil(ink.bottom) + margin);
  const canvas = createCanvas(right - left, bottom - top);
  const context = canvas.getContext('2d');
  context.translate(-left, -top);
  drawText(context, label);
  return { x: left, y: top, width: right - left, height: bottom - top, data: coverageOf(canvas.data()) };
}
