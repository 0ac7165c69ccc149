import { parseColor } from '../../src/options/color.ts';
import type { Canvas } from '../../src/scene/raster/brush.ts';
import { rasterize } from '../../src/scene/raster/rasterize.ts';
import { drawScene, type SceneName } from '../../src/scene/scenes.ts';

/** Draws a scene as pixels. @param bg colours as a URL has them */
export function sceneOf(scene: SceneName, seed: string, width: number, height: number, bg?: string): Canvas {
  const colors = bg?.split('-').map((color) => parseColor(color, 'bg'));
  return rasterize(drawScene({ scene, seed, width, height, colors }), 1);
}

/** The average colours of a picture's parts, row by row: red, green and blue one after the other. */
export function thumbnail({ pixels, width, height }: Canvas, columns = 12, rows = 8): number[] {
  const sums = new Float64Array(columns * rows * 3);
  const counts = new Float64Array(columns * rows);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const part = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
      const pixel = pixels[y * width + x] as number;
      for (let channel = 0; channel < 3; channel++)
        sums[part * 3 + channel] = (sums[part * 3 + channel] as number) + ((pixel >> (8 * channel)) & 255);
      counts[part] = (counts[part] as number) + 1;
    }
  }
  return Array.from(sums, (sum, i) => sum / (counts[Math.floor(i / 3)] as number));
}

/** How much two lists of numbers differ on the average. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] as number) - (b[i] as number));
  return sum / a.length;
}
