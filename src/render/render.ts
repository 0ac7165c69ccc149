import { FORMATS, type Format } from '../formats.ts';
import { type Label, placeLabel } from '../label/label.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { drawnCoverage } from './coverage.ts';
import { encodeGif } from './gif.ts';
import { figureCoverage } from './glyphs.ts';
import { expand, type IndexedImage, indexLabel } from './indexed.ts';
import { encodeIndexedPng } from './indexed-png.ts';
import { indexLayers } from './layers.ts';
import { paintPicture } from './paint.ts';
import { plateUnder } from './plate.ts';
import { encodeRaster } from './raster.ts';
import { drawScenePicture } from './scene-picture.ts';
import { hasShapes } from './shapes.ts';
import { encodeSmoothPng, toPixels, wordsOf } from './smooth-png.ts';
import { encodeSvg } from './svg.ts';
import { waitForTurn } from './turns.ts';

/** The picture as indices; undefined where it has more colours than a palette. */
function drawIndexed(placeholder: Placeholder, label: Label | undefined): IndexedImage | undefined {
  const { background, foreground, scene } = placeholder;
  if (scene !== undefined || background.colors.length > 1 || (label && label.emoji.length > 0))
    return undefined;
  if (plateUnder(placeholder, label)) return undefined;
  const { width, height } = outputSize(placeholder);
  const coverage =
    label &&
    (figureCoverage(label, width, height, foreground) ?? drawnCoverage(label, width, height, foreground));
  if (hasShapes(placeholder)) return indexLayers(placeholder, coverage);
  return indexLabel(width, height, background.colors[0], foreground, coverage);
}

/** Formats that are written from indices, without any library. */
const FROM_INDICES: Partial<Record<Format, (image: IndexedImage) => Buffer>> = {
  png: encodeIndexedPng,
  gif: encodeGif,
};

/** A picture with a scene, in any raster format. */
async function renderScene(placeholder: Placeholder, label: Label | undefined): Promise<Buffer> {
  const { format, quality } = placeholder;
  const { width, height } = outputSize(placeholder);
  const painted = drawScenePicture(placeholder, label)?.pixels ?? wordsOf(paintPicture(placeholder, label));
  if (format === 'png') return encodeSmoothPng(painted, width, height);
  return encodeRaster(toPixels(painted), width, height, format, { quality: quality ?? 80, flat: false });
}

/**
 * Draws a picture. The same value gives the same bytes in every process, whichever fonts were loaded before.
 * @returns the encoded image
 */
export async function render(placeholder: Placeholder): Promise<Buffer> {
  await waitForTurn();
  const { format, quality } = placeholder;
  const label = await placeLabel(placeholder);
  if (format === 'svg') return encodeSvg(placeholder, label);
  if (placeholder.scene !== undefined) return renderScene(placeholder, label);
  const indexed = drawIndexed(placeholder, label);
  const encodeIndices = FROM_INDICES[format];
  if (indexed && encodeIndices) return encodeIndices(indexed);
  const { width, height } = outputSize(placeholder);
  const pixels = indexed
    ? expand(indexed, FORMATS[format].alpha)
    : { data: paintPicture(placeholder, label), channels: 4 as const };
  const flat = indexed !== undefined && quality === FORMATS[format].quality;
  return encodeRaster(pixels, width, height, format, { quality: quality ?? 80, flat });
}
