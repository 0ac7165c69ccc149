import { createCanvas, type SKRSContext2D } from '../label/canvas.ts';
import { setFont } from '../label/fonts.ts';
import type { Label } from '../label/label.ts';

/** How much of each pixel of a rectangle is ink: one byte a pixel, 0–255, row by row. */
export interface Coverage {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Ink extents are exact to a pixel; hinting and rounding may move them by one more. */
const MARGIN = 2;

/** The lines of a label, drawn with the context's fill; the context's origin is the picture's top left. */
export function drawLabel(context: SKRSContext2D, label: Label): void {
  setFont(context, label.font, label.size);
  for (const { text, x, y } of label.lines) context.fillText(text, x, y);
}

/**
 * Draws a label and nothing around it: a canvas of the size of the ink is many times cheaper to make and to read than
 * one of the size of the picture.
 */
export function labelCoverage(label: Label, width: number, height: number): Coverage {
  const edge = (side: 'left' | 'top' | 'right' | 'bottom'): number[] =>
    label.lines.map(({ ink }) => ink[side]);
  const left = Math.max(0, Math.floor(Math.min(...edge('left'))) - MARGIN);
  const top = Math.max(0, Math.floor(Math.min(...edge('top'))) - MARGIN);
  const right = Math.min(width, Math.ceil(Math.max(...edge('right'))) + MARGIN);
  const bottom = Math.min(height, Math.ceil(Math.max(...edge('bottom'))) + MARGIN);
  const canvas = createCanvas(right - left, bottom - top);
  const context = canvas.getContext('2d');
  context.translate(-left, -top);
  drawLabel(context, label);
  const pixels = canvas.data();
  const data = new Uint8Array((right - left) * (bottom - top));
  for (let i = 0; i < data.length; i++) data[i] = pixels[i * 4 + 3] as number;
  return { x: left, y: top, width: right - left, height: bottom - top, data };
}
