import type { Format } from '../formats.ts';
import { type Label, placeLabel } from '../label/label.ts';
import type { Placeholder } from '../options/options.ts';
import { labelCoverage } from './coverage.ts';
import { type IndexedImage, indexCoverage } from './indexed.ts';
import { encodeIndexedPng } from './indexed-png.ts';
import { encodeRaster, type RasterFormat } from './raster.ts';
import { encodeSvg } from './svg.ts';

type Encoder = (placeholder: Placeholder, label: Label | undefined) => Buffer | Promise<Buffer>;

function draw(placeholder: Placeholder, label: Label | undefined): IndexedImage {
  const width = placeholder.width * placeholder.scale;
  const height = placeholder.height * placeholder.scale;
  const coverage = label && labelCoverage(label, width, height);
  return indexCoverage(width, height, placeholder.background.colors[0], placeholder.foreground, coverage);
}

const raster =
  (format: RasterFormat): Encoder =>
  (placeholder, label) =>
    encodeRaster(draw(placeholder, label), format, placeholder.quality);

const ENCODERS: Readonly<Record<Format, Encoder>> = {
  png: (placeholder, label) => encodeIndexedPng(draw(placeholder, label)),
  jpeg: raster('jpeg'),
  webp: raster('webp'),
  avif: raster('avif'),
  gif: raster('gif'),
  svg: encodeSvg,
};

/**
 * Draws a picture. The same value gives the same bytes in every process, whichever fonts were loaded before.
 * @returns the encoded image
 */
export async function render(placeholder: Placeholder): Promise<Buffer> {
  return ENCODERS[placeholder.format](placeholder, placeLabel(placeholder));
}
