import { type Color, flatten, over } from '../options/color.ts';
import { type Coverage, STEPS } from './coverage.ts';

/** Bits per index, of those that PNG has. */
export type Depth = 1 | 2 | 4 | 8;

/**
 * A picture of at most 256 colours: an index into the palette for each pixel of one box; every pixel outside the box
 * has index 0.
 */
export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  readonly palette: readonly Color[];
  readonly box: IndexBox;
}

/** Indices as PNG packs them (PNG 3, 7.2): the leftmost in the high bits, each row beginning at a whole byte. */
export interface IndexBox {
  readonly depth: Depth;
  /** A multiple of the pixels in a byte. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Bytes of a row of indices. */
export function rowBytes(width: number, depth: Depth): number {
  return Math.ceil((width * depth) / 8);
}

/** The fewest bits that hold the indices of this many colours. */
function depthFor(colors: number): Depth {
  if (colors <= 2) return 1;
  if (colors <= 4) return 2;
  return colors <= 16 ? 4 : 8;
}

/** A background under one ink: the steps of coverage are indices into a ramp from background to ink. */
export function indexLabel(
  width: number,
  height: number,
  background: Color,
  foreground: Color,
  coverage: Coverage | undefined,
): IndexedImage {
  if (!coverage) {
    const box = { depth: 1, x: 0, y: 0, width: 0, height: 0, data: new Uint8Array(0) } as const;
    return { width, height, palette: [background], box };
  }
  const palette = Array.from({ length: STEPS }, (_, i) => over(background, foreground, i / (STEPS - 1)));
  return { width, height, palette, box: { ...coverage, depth: 4 } };
}

/** Packs a whole picture of indices, one byte each, as tightly as its palette allows. */
export function packPicture(
  width: number,
  height: number,
  palette: readonly Color[],
  indices: Uint8Array,
): IndexedImage {
  const depth = depthFor(palette.length);
  const stride = rowBytes(width, depth);
  const data = depth === 8 ? indices : new Uint8Array(stride * height);
  const perByte = 8 / depth;
  for (let row = 0, i = 0; depth < 8 && row < height; row++) {
    for (let x = 0; x < width; x++, i++) {
      const at = row * stride + ((x / perByte) | 0);
      data[at] = (data[at] as number) | ((indices[i] as number) << (8 - depth * ((x % perByte) + 1)));
    }
  }
  return { width, height, palette, box: { depth, x: 0, y: 0, width, height, data } };
}

/** Calls back with the index of each pixel of the box that lies within the picture, row by row. */
export function forEachIndex({ width, box }: IndexedImage, visit: (at: number, index: number) => void): void {
  const { depth, x, y, data } = box;
  const stride = rowBytes(box.width, depth);
  const perByte = 8 / depth;
  const mask = (1 << depth) - 1;
  const visible = Math.min(box.width, width - x);
  for (let row = 0; row < box.height; row++) {
    for (let column = 0; column < visible; column++) {
      const byte = data[row * stride + ((column / perByte) | 0)] as number;
      visit((y + row) * width + x + column, (byte >> (8 - depth * ((column % perByte) + 1))) & mask);
    }
  }
}

/** Pixels for an encoder: one channel if all colours are grey, else three, or four with alpha. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly channels: 1 | 3 | 4;
}

/** Expands an indexed picture into pixels; without `alpha` it lies on white. */
export function expand(image: IndexedImage, alpha: boolean): Pixels {
  const { width, height, palette } = image;
  const colors = alpha ? palette : palette.map((color) => flatten(color));
  const grey = colors.every(
    ([red, green, blue, opacity]) => red === green && green === blue && opacity === 255,
  );
  const channels = grey ? 1 : colors.some((color) => color[3] < 255) ? 4 : 3;
  const entries = Uint8Array.from(colors.flatMap((color) => color.slice(0, channels)));
  const data = Buffer.alloc(width * height * channels, entries.subarray(0, channels));
  forEachIndex(image, (at, index) => {
    if (index === 0) return;
    for (let channel = 0; channel < channels; channel++) {
      data[at * channels + channel] = entries[index * channels + channel] as number;
    }
  });
  return { data, channels };
}
