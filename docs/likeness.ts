import sharp from 'sharp';

/** Side of the squares that are compared, in px. */
const SQUARE = 16;
/** What the mean of a square may differ by, of 255: the edges of letters differ a little from machine to machine. */
const TOLERANCE = 10;

/** The size of an image, and the mean colours of its squares of 16 px. */
async function lookOf(image: Buffer): Promise<{ size: string; squares: Buffer }> {
  // Decoded before it is made smaller: a decoder that makes it smaller by itself does so in a way of its own.
  const decoded = sharp(image).flatten({ background: '#fff' }).toColourspace('srgb').raw();
  const { data, info } = await decoded.toBuffer({ resolveWithObject: true });
  const squares = await sharp(data, { raw: info })
    .resize({
      width: Math.ceil(info.width / SQUARE),
      height: Math.ceil(info.height / SQUARE),
      fit: 'fill',
      kernel: 'linear',
    })
    .raw()
    .toBuffer();
  return { size: `${info.width}x${info.height}`, squares };
}

/**
 * Whether two images show the same: their size, and the mean colour of every square of 16 px. Bytes would tell apart
 * what another release of an encoder writes.
 */
export async function looksLike(one: Buffer, other: Buffer): Promise<boolean> {
  const [a, b] = await Promise.all([lookOf(one), lookOf(other)]);
  const near = (value: number, i: number): boolean => Math.abs(value - (b.squares[i] ?? 0)) <= TOLERANCE;
  return a.size === b.size && a.squares.length === b.squares.length && a.squares.every(near);
}
