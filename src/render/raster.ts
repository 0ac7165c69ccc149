import type { Sharp } from 'sharp';
import { FORMATS, type Format } from '../formats.ts';
import { encodeElsewhere } from './encoder-process.ts';
import type { Raster, RasterOptions } from './encoding.ts';
import { withResolution } from './resolution.ts';

type SharpFunction = typeof import('sharp').default;

/**
 * The formats that sharp writes, with the effort above which more time hardly saves bytes. Labels have sharp edges, so
 * colour is not subsampled. A flat picture is exact and smaller in WebP's lossless mode than in its lossy one.
 */
const ENCODERS: Readonly<Record<Format, ((image: Sharp, options: RasterOptions) => Sharp) | undefined>> = {
  png: (image) => image.png({ compressionLevel: 6 }),
  jpeg: (image, { quality }) => image.jpeg({ quality, chromaSubsampling: '4:4:4' }),
  webp: (image, { quality, flat }) =>
    flat ? image.webp({ lossless: true, effort: 1 }) : image.webp({ quality, effort: 0 }),
  avif: (image, { quality }) => image.avif({ quality, effort: 0 }),
  gif: (image) => image.gif({ effort: 1 }),
  svg: undefined,
};

/** Formats whose bytes depend on the number of encoding threads: AVIF is cut into as many tiles. */
const BY_THREADS: ReadonlySet<Format> = new Set(['avif']);

let isOurs = false;
let loading: Promise<SharpFunction> | undefined;

/**
 * Declares that this process is greybox's own: it may then change sharp's settings, which apply to the whole process.
 * Call it before the first picture is encoded.
 */
export function ownSharp(): void {
  isOurs = true;
}

/** Loads sharp, which takes a while, when a picture first needs it. */
async function loadSharp(): Promise<SharpFunction> {
  const { default: sharp } = await import('sharp');
  if (!isOurs) return sharp;
  // Its cache of one picture, up to 50 MB, is of no use to the next.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

/**
 * Encodes pixels with sharp, on its own threads. In a format without alpha they lie on white. The bytes are the same
 * whatever sharp's settings are; in another program's process, the settings are not changed.
 */
export async function encodeRaster(raster: Raster, options: RasterOptions): Promise<Buffer> {
  const { data, channels, width, height } = raster;
  const { format, scale } = options;
  const encode = ENCODERS[format];
  if (!encode) throw new Error(`${format} is no raster format`);
  loading ??= loadSharp();
  const sharp = await loading;
  if (BY_THREADS.has(format) && sharp.concurrency() !== 1) return encodeElsewhere(raster, options);
  const image = sharp(data, { raw: { width, height, channels } });
  const shown = channels === 4 && !FORMATS[format].alpha ? image.flatten({ background: '#fff' }) : image;
  return withResolution(await encode(shown, options).toBuffer(), format, scale);
}
