import sharp from 'sharp';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { render } from '../../src/render/render.ts';

/** A decoded picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The colour of a pixel: red, green, blue, alpha. */
  at(x: number, y: number): number[];
}

/** Draws a picture and decodes it by other means than ours. */
export async function draw(options: RenderOptions): Promise<Picture> {
  const image = sharp(await render(createPlaceholderValue(options)))
    .toColourspace('srgb')
    .ensureAlpha()
    .raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { width, height, at: (x, y) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)] };
}
