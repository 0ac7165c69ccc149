import type { Format } from '../formats.ts';
import type { Pixels } from './indexed.ts';

/** Pixels to encode, and their size. */
export interface Raster extends Pixels {
  readonly width: number;
  readonly height: number;
}

/** How they are encoded. */
export interface RasterOptions {
  readonly format: Format;
  /** 1–100; ignored by formats without quality */
  readonly quality: number;
  /** Whether the picture has few colours and sharp edges, and the URL names no quality. */
  readonly flat: boolean;
  /** Output pixels per px. */
  readonly scale: number;
}
