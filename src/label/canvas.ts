import { createRequire } from 'node:module';

/**
 * The canvas, loaded without the fonts of the machine: a label then looks the same on every machine, and start-up is
 * spared the scan of the font folders. The canvas reads the variable once, while it loads.
 */
function loadCanvas(): typeof import('@napi-rs/canvas') {
  const name = 'DISABLE_SYSTEM_FONTS_LOAD';
  const before = process.env[name];
  process.env[name] = '1';
  try {
    return createRequire(import.meta.url)('@napi-rs/canvas');
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

export const { createCanvas, GlobalFonts, loadImage, Path2D, SvgExportFlag } = loadCanvas();

export type { Canvas, SKRSContext2D, SvgCanvas } from '@napi-rs/canvas';
