import { createHash } from 'node:crypto';
import { isMainThread, parentPort } from 'node:worker_threads';
import { FORMAT_NAMES } from '../../src/formats.ts';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { ownSharp } from '../../src/render/raster.ts';
import { render } from '../../src/render/render.ts';

/** Pictures that touch every way of drawing, and labels in which families and scripts meet. */
export const PICTURES: readonly RenderOptions[] = [
  ...FORMAT_NAMES.map((format) => ({ width: 160, height: 90, format })),
  ...[40, 300, 600, 1000].map((width) => ({ width, height: 400 })),
  // Digits of one size, which lie differently on the pixels.
  ...[300, 301, 313].map((width) => ({ width, height: 200, size: 40 })),
  { width: 160, height: 90, text: 'Việt Ǻ Привет Ελληνικά' },
  { width: 160, height: 90, text: 'مرحبا abc שלום', font: 'lora' },
  { width: 160, height: 90, text: '漢字 한글' },
  { width: 160, height: 90, text: '漢字' },
  { width: 160, height: 90, text: 'ไทย नमस्ते বাংলা தமிழ்' },
  { width: 160, height: 90, text: '😀 a 🇫🇷', format: 'svg' },
  { width: 160, height: 90, text: '😀 a 🇫🇷' },
  { width: 160, height: 90, text: 'no glyph \u{10FFFD}', font: 'oswald' },
  { width: 160, height: 90, bg: 'red,blue', radius: 20, border: 3, pattern: 'dots' },
  // So large that an encoder may cut them into tiles, one for each of its threads.
  ...(['avif', 'webp', 'jpeg'] as const).map((format) => ({
    width: 600,
    height: 400,
    format,
    bg: 'red,blue',
  })),
  { width: 160, height: 90, seed: 'a', weight: 300, font: 'roboto', format: 'webp' },
  ...(['mesh', 'mountains', 'bokeh', 'food', 'people', 'space'] as const).map((scene) => ({
    width: 96,
    height: 64,
    scene,
  })),
  ...(['jpeg', 'webp', 'svg'] as const).map((format) => ({ width: 96, height: 64, scene: 'waves', format })),
  { width: 160, height: 90, scene: 'skyline', bg: '1e3a8a-fde68a', blur: 3, radius: 20 },
  { width: 160, height: 90, scene: 'hills', grayscale: 'true', icon: 'camera' },
  { width: 160, height: 90, icon: 'shopping-cart', text: '', format: 'svg' },
];

/** The hash of each picture, one after the other. */
export async function hashAll(pictures: readonly RenderOptions[] = PICTURES): Promise<string[]> {
  const hashes: string[] = [];
  for (const options of pictures) {
    const body = await render(createPlaceholderValue(options));
    hashes.push(createHash('sha256').update(body).digest('hex'));
  }
  return hashes;
}

// Run as a program or in a thread of its own, it tells what a fresh start draws; "server": in a process of greybox's own.
if (process.argv[2] === 'server') ownSharp();
if (process.argv[2] === 'fresh' || process.argv[2] === 'server')
  process.stdout.write(JSON.stringify(await hashAll()));
else if (!isMainThread) parentPort?.postMessage(await hashAll());
