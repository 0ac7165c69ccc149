import type { Sharp } from 'sharp';
import { FORMATS, type Format } from '../formats.ts';
import type { Pixels } from './indexed.ts';

type SharpFunction = typeof import('sharp').default;

let loading: Promise<SharpFunction> | undefined;

/** Sharp, which takes a while to load, once a picture needs it. Its cache is the whole process' and stays as it is. */
const loadSharp = async (): Promise<SharpFunction> => (await import('sharp')).default;

/** How a picture is encoded by sharp. */
interface RasterOptions {
  /** 1–100; formats without quality ignore it */
  readonly quality: number;
  /** Whether the picture has few colours and sharp edges, and was given no quality of its own. */
  readonly flat: boolean;
}

/**
 * Formats that sharp writes, with the least effort that pays for itself in bytes. Labels have sharp edges, so colour is
 * not subsampled; a flat picture is smaller in WebP's lossless mode than in its lossy one, and exact.
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

/** Encodes pixels through sharp, on its own threads; without alpha in the format they lie on white. */
export async function encodeRaster(
  { data, channels }: Pixels,
  width: number,
  height: number,
  format: Format,
  options: RasterOptions,
): Promise<Buffer> {
  const encode = ENCODERS[format];
  if (!encode) throw new Error(`${format} is no raster format`);
  loading ??= loadSharp();
  const sharp = await loading;
  const image = sharp(data, { raw: { width, height, channels } });
  const shown = channels === 4 && !FORMATS[format].alpha ? image.flatten({ background: '#fff' }) : image;
  return encode(shown, options).toBuffer();
}
