import { createCanvas, type SKRSContext2D } from '../label/canvas.ts';
import type { Label } from '../label/label.ts';
import type { Color } from '../options/color.ts';
import { readingOf } from '../options/options.ts';
import { sceneDrawing } from '../options/scene.ts';
import type { Placeholder } from '../options/values.ts';
import { rasterizeBlurred } from '../scene/raster/blur.ts';
import type { Canvas } from '../scene/raster/brush.ts';
import { rasterize } from '../scene/raster/rasterize.ts';
import { type Coverage, drawnCoverage, STEPS } from './coverage.ts';
import { figureCoverage } from './glyphs.ts';
import { isPlainLabel } from './plain-label.ts';
import { hasShapes } from './shapes.ts';

/** The pixels of a picture's scene; undefined for a picture without one. */
export function sceneCanvas(placeholder: Placeholder): Canvas | undefined {
  const drawing = sceneDrawing(readingOf(placeholder));
  if (!drawing) return undefined;
  const { scale, blur } = placeholder;
  return blur > 0 ? rasterizeBlurred(drawing, scale, blur) : rasterize(drawing, scale);
}

/** Lays an ink over pixels, as far as it covers them. */
function addCoverage({ pixels, width }: Canvas, coverage: Coverage, [red, green, blue, alpha]: Color): void {
  const { x, y, data, height } = coverage;
  const stride = coverage.width >> 1;
  const visible = Math.min(coverage.width, width - x);
  for (let row = 0; row < height; row++) {
    for (let column = 0, at = (y + row) * width + x; column < visible; column++, at++) {
      const byte = data[row * stride + (column >> 1)] as number;
      const step = column & 1 ? byte & 15 : byte >> 4;
      if (step === 0) continue;
      const share = (step / (STEPS - 1)) * (alpha / 255);
      const below = pixels[at] as number;
      const mixed = (ink: number, shift: number): number => {
        const from = (below >> shift) & 255;
        return Math.round(from + (ink - from) * share) << shift;
      };
      pixels[at] = 0xff000000 | mixed(blue, 16) | mixed(green, 8) | mixed(red, 0);
    }
  }
}

/** A scene with at most a plain label on it, in output pixels; undefined for anything more, which needs a canvas. */
export function drawScenePicture(placeholder: Placeholder, label: Label | undefined): Canvas | undefined {
  if (placeholder.scene === undefined || hasShapes(placeholder)) return undefined;
  if (label && !isPlainLabel(placeholder, label)) return undefined;
  const canvas = sceneCanvas(placeholder);
  if (!canvas || !label) return canvas;
  const { width, height } = canvas;
  const { foreground } = placeholder;
  const coverage =
    figureCoverage(label, width, height, foreground) ?? drawnCoverage(label, width, height, foreground);
  addCoverage(canvas, coverage, foreground);
  return canvas;
}

/** Paints a scene on a context, within its clip, ignoring the context's scale. */
export function paintScene(context: SKRSContext2D, { pixels, width, height }: Canvas): void {
  const canvas = createCanvas(width, height);
  const target = canvas.getContext('2d');
  const image = target.createImageData(width, height);
  image.data.set(new Uint8Array(pixels.buffer));
  target.putImageData(image, 0, 0);
  context.save();
  context.resetTransform();
  context.drawImage(canvas, 0, 0);
  context.restore();
}
