import { createCanvas } from '../label/canvas.ts';
import { drawLabel, type Label } from '../label/label.ts';

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
  const edge = (side: 'left' | 'top' | 'right' | 'bottom'): number[] =>
    label.lines.map(({ ink }) => ink[side]);
  const left = Math.max(0, Math.floor((Math.min(...edge('left')) - MARGIN) / ALIGN) * ALIGN);
  const top = Math.max(0, Math.floor(Math.min(...edge('top'))) - MARGIN);
  const right = Math.min(width, Math.ceil((Math.max(...edge('right')) + MARGIN) / ALIGN) * ALIGN);
  const bottom = Math.min(height, Math.ceil(Math.max(...edge('bottom'))) + MARGIN);
  const canvas = createCanvas(right - left, bottom - top);
  const context = canvas.getContext('2d');
  context.translate(-left, -top);
  drawLabel(context, label);
  return { x: left, y: top, width: right - left, height: bottom - top, data: coverageOf(canvas.data()) };
}
