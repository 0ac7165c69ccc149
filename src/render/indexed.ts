import { type Color, flatten, over } from '../options/color.ts';
import { type Box, STEPS } from './coverage.ts';

/**
 * A picture of at most 256 colours: an index into the palette for each pixel of one box; every pixel outside the box
 * has index 0.
 */
export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  readonly palette: readonly Color[];
  readonly box: Box;
}

const NO_BOX: Box = { x: 0, y: 0, width: 0, height: 0, data: new Uint8Array(0) };

/** A background under one ink: the steps of coverage are indices into a ramp from the one to the other. */
export function indexLabel(
  width: number,
  height: number,
  background: Color,
  foreground: Color,
  coverage: Box | undefined,
): IndexedImage {
  if (!coverage) return { width, height, palette: [background], box: NO_BOX };
  const palette = Array.from({ length: STEPS }, (_, i) => over(background, foreground, i / (STEPS - 1)));
  return { width, height, palette, box: coverage };
}

/** Pixels as an encoder takes them: one channel where all colours are grey, three, or four with alpha. */
export interface Pixels {
  readonly data: Buffer;
  readonly channels: 1 | 3 | 4;
}

/** Spells out the pixels of an indexed picture; without `alpha` it lies on white. */
export function expand({ width, height, palette, box }: IndexedImage, alpha: boolean): Pixels {
  const colors = alpha ? palette : palette.map((color) => flatten(color));
  const grey = colors.every(
    ([red, green, blue, opacity]) => red === green && green === blue && opacity === 255,
  );
  const channels = grey ? 1 : colors.some((color) => color[3] < 255) ? 4 : 3;
  const entries = colors.map((color) => Buffer.from(color.slice(0, channels)));
  const data = Buffer.alloc(width * height * channels, entries[0]);
  for (let row = 0, i = 0; row < box.height; row++) {
    let at = ((box.y + row) * width + box.x) * channels;
    for (const end = i + box.width; i < end; i++, at += channels) {
      const entry = entries[box.data[i] as number] as Buffer;
      for (let channel = 0; channel < channels; channel++) data[at + channel] = entry[channel] as number;
    }
  }
  return { data, channels };
}
