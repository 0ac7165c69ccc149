import type { Drawing } from '../drawing.ts';
import { fillBackdrop } from './backdrop.ts';
import { brush, type Canvas } from './brush.ts';
import { scanCoverage } from './coverage-scan.ts';

/**
 * Draws a drawing as pixels, with plain arithmetic only: the same on every machine.
 * @param scale output pixels per px: 1–4, or less for a small picture
 */
export function rasterize(drawing: Drawing, scale: number): Canvas {
  const width = Math.max(1, Math.round(drawing.width * scale));
  const height = Math.max(1, Math.round(drawing.height * scale));
  const canvas = { width, height, pixels: new Int32Array(width * height) };
  fillBackdrop(canvas, drawing.backdrop, scale);
  for (const { path, paint } of drawing.shapes)
    scanCoverage(path, scale, width, height, brush(canvas, paint, scale));
  return canvas;
}
