import sharp from 'sharp';

/** A decoded picture: four channels (RGBA), row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

export async function decode(body: Buffer): Promise<Pixels> {
  const image = sharp(body).toColourspace('srgb').ensureAlpha().raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** How two pictures of one size differ, in levels of 0–255 over all channels. */
export interface Difference {
  readonly mean: number;
  readonly most: number;
}

function difference(a: Pixels, b: Pixels): Difference {
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(`the pictures differ in size: ${a.width}x${a.height} and ${b.width}x${b.height}`);
  }
  let sum = 0;
  let most = 0;
  for (let i = 0; i < a.data.length; i++) {
    const by = Math.abs((a.data[i] as number) - (b.data[i] as number));
    sum += by;
    if (by > most) most = by;
  }
  return { mean: sum / a.data.length, most };
}

/**
 * Decodes a contestant's picture and compares it with the one that all of them are to draw.
 * @param near how far it may be off
 * @returns how far it is off
 * @throws where it is another picture, so that the contest would not be fair
 */
export async function checkSame(
  name: string,
  body: Buffer,
  wanted: Pixels,
  near: Difference,
): Promise<Difference> {
  const { mean, most } = difference(await decode(body), wanted);
  if (mean <= near.mean && most <= near.most) return { mean, most };
  throw new Error(`${name} draws another picture: off by ${mean.toFixed(3)} on average, ${most} at most`);
}
