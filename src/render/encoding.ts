import type { Format } from '../formats.ts';
import type { Pixels } from './indexed.ts';

/** What is encoded: pixels, and the size in which they lie. */
export interface Raster extends Pixels {
  readonly width: number;
  readonly height: number;
}

/** How it is encoded. */
export interface RasterOptions {
  readonly format: Format;
  /** 1–100; formats without quality ignore it */
  readonly quality: number;
  /** Whether the picture has few colours and sharp edges, and was given no quality of its own. */
  readonly flat: boolean;
  /** Output pixels per px. */
  readonly scale: number;
}
