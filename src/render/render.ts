import { FORMATS, type Format } from '../formats.ts';
import { type Label, placeLabel } from '../label/label.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { drawnCoverage } from './coverage.ts';
import { encodeGif } from './gif.ts';
import { figureCoverage } from './glyphs.ts';
import { expand, type IndexedImage, indexLabel, type Pixels } from './indexed.ts';
import { encodeIndexedPng } from './indexed-png.ts';
import { indexLayers } from './layers.ts';
import { paintPicture } from './paint.ts';
import { isPlainLabel } from './plain-label.ts';
import { encodeRaster } from './raster.ts';
import { drawScenePicture } from './scene-picture.ts';
import { hasShapes } from './shapes.ts';
import { encodeSmoothPng, toPixels, wordsOf } from './smooth-png.ts';
import { encodeSvg } from './svg.ts';
import { waitForTurn } from './turns.ts';

/** Draws the picture as indices; undefined where it has more colours than a palette. */
function drawIndexed(placeholder: Placeholder, label: Label | undefined): IndexedImage | undefined {
  const { background, foreground, scene } = placeholder;
  if (scene !== undefined || background.colors.length > 1) return undefined;
  if (label && !isPlainLabel(placeholder, label)) return undefined;
  const { width, height } = outputSize(placeholder);
  const coverage =
    label &&
    (figureCoverage(label, width, height, foreground) ?? drawnCoverage(label, width, height, foreground));
  if (hasShapes(placeholder)) return indexLayers(placeholder, coverage);
  return indexLabel(width, height, background.colors[0], foreground, coverage);
}

/** Formats that are written from indices, without any library. */
const FROM_INDICES: Partial<Record<Format, (image: IndexedImage, scale: number) => Buffer>> = {
  png: encodeIndexedPng,
  gif: encodeGif,
};

/** A picture before it is encoded, or the encoded bytes if that needs no library. */
export type Drawing =
  | { readonly encoded: Uint8Array }
  | {
      readonly pixels: Pixels;
      readonly isFlat: boolean;
      /** Whether their memory may belong to a canvas. */
      readonly isCanvas: boolean;
    };

/** A picture with a scene, in any raster format. */
function drawScene(placeholder: Placeholder, label: Label | undefined): Drawing {
  const { width, height } = outputSize(placeholder);
  const plain = drawScenePicture(placeholder, label)?.pixels;
  const painted = plain ?? wordsOf(paintPicture(placeholder, label));
  // A scene without round corners has no hole.
  const opaque = plain ? true : undefined;
  if (placeholder.format === 'png')
    return { encoded: encodeSmoothPng(painted, width, height, placeholder.scale, opaque) };
  return { pixels: toPixels(painted, opaque), isFlat: false, isCanvas: plain === undefined };
}

/** Draws a picture. The same value gives the same pixels in every process, whatever fonts were loaded before. */
export async function draw(placeholder: Placeholder): Promise<Drawing> {
  await waitForTurn();
  const { format, scale } = placeholder;
  const label = await placeLabel(placeholder);
  if (format === 'svg') return { encoded: encodeSvg(placeholder, label) };
  if (placeholder.scene !== undefined) return drawScene(placeholder, label);
  const indexed = drawIndexed(placeholder, label);
  const encodeIndices = FROM_INDICES[format];
  if (indexed && encodeIndices) return { encoded: encodeIndices(indexed, scale) };
  if (indexed) return { pixels: expand(indexed, FORMATS[format].alpha), isFlat: true, isCanvas: false };
  return { pixels: { data: paintPicture(placeholder, label), channels: 4 }, isFlat: false, isCanvas: true };
}

/** Encodes a drawing. @returns the bytes of the picture, the same in every process */
export async function encode(drawing: Drawing, placeholder: Placeholder): Promise<Buffer> {
  if ('encoded' in drawing) {
    const { buffer, byteOffset, length } = drawing.encoded;
    return Buffer.from(buffer, byteOffset, length);
  }
  const { format, quality, scale } = placeholder;
  const flat = drawing.isFlat && quality === FORMATS[format].quality;
  const size = outputSize(placeholder);
  return encodeRaster({ ...drawing.pixels, ...size }, { format, quality: quality ?? 80, flat, scale });
}

/** Draws a picture and encodes it. */
export async function render(placeholder: Placeholder): Promise<Buffer> {
  return encode(await draw(placeholder), placeholder);
}
