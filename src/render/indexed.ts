import { type Color, mix } from '../options/color.ts';
import type { Coverage } from './coverage.ts';

/**
 * A picture of few colours: an index into the palette for each pixel of one box, one byte a pixel, row by row;
 * every pixel outside the box has index 0.
 */
export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  readonly palette: readonly Color[];
  readonly box: Coverage;
}

/** Steps from background to ink: enough for smooth edges, and an index fits half a byte. */
const STEPS = 16;

const NO_BOX: Coverage = { x: 0, y: 0, width: 0, height: 0, data: new Uint8Array(0) };

/** A flat background under one ink: coverage becomes indices into a ramp from the one to the other. */
export function indexCoverage(
  width: number,
  height: number,
  background: Color,
  foreground: Color,
  coverage: Coverage | undefined,
): IndexedImage {
  if (!coverage) return { width, height, palette: [background], box: NO_BOX };
  const data = new Uint8Array(coverage.data.length);
  // 255 = 15 × 17: rounds to the nearest of 16 steps.
  for (let i = 0; i < data.length; i++) data[i] = (((coverage.data[i] as number) + 8) / 17) | 0;
  const palette = Array.from({ length: STEPS }, (_, i) => mix(background, foreground, i / (STEPS - 1)));
  return { width, height, palette, box: { ...coverage, data } };
}

/** The pixels of an indexed picture: three channels, or four where the palette has transparency. */
export function expand(image: IndexedImage): { pixels: Buffer; channels: 3 | 4 } {
  const { width, height, palette, box } = image;
  const channels = palette.some((color) => color[3] < 255) ? 4 : 3;
  const entries = palette.map((color) => Buffer.from(color.slice(0, channels)));
  const pixels = Buffer.alloc(width * height * channels, entries[0]);
  for (let row = 0; row < box.height; row++) {
    let at = ((box.y + row) * width + box.x) * channels;
    for (let i = row * box.width; i < (row + 1) * box.width; i++, at += channels) {
      const index = box.data[i] as number;
      if (index > 0) pixels.set(entries[index] as Buffer, at);
    }
  }
  return { pixels, channels };
}
