import fc from 'fast-check';
import sharp from 'sharp';
import t from 'tap';
import { encodeSmoothPng, toPixels } from '../../src/render/smooth-png.ts';

/** What another decoder reads. */
async function decode(png: Buffer): Promise<{ data: Buffer; channels: number }> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  return { data, channels: info.channels };
}

const WIDTHS = [1, 2, 3, 85, 86, 87, 300];

/** Pixels in runs of any length, as flat art has them, with any neighbours. */
const PIXELS = fc
  .tuple(
    fc.constantFrom(...WIDTHS),
    fc.boolean(),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer()), { minLength: 1, maxLength: 40 }),
  )
  .map(([width, isOpaque, runs]) => {
    const colors = runs.flatMap(([count, color]) =>
      new Array(count).fill(isOpaque ? color | 0xff000000 : color),
    );
    const rows = Math.ceil(colors.length / width);
    return { width, pixels: Int32Array.from({ length: rows * width }, (_, i) => colors[i % colors.length]) };
  });

t.test('any pixels come back from another decoder', async (t) => {
  await fc.assert(
    fc.asyncProperty(PIXELS, async ({ width, pixels }) => {
      const { data, channels } = await decode(encodeSmoothPng(pixels, width, pixels.length / width, 1));
      const expected = toPixels(pixels);
      return channels === expected.channels && data.equals(expected.data);
    }),
    { numRuns: 150 },
  );
  t.pass();
});

t.test('gradients of many rows and long runs come back', async (t) => {
  const [width, height] = [1201, 700];
  const pixels = Int32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return 0xff000000 | ((x >> 3) << 16) | (((x + y) >> 3) << 8) | (y >> 2);
  });
  const png = encodeSmoothPng(pixels, width, height, 1);
  const { data } = await decode(png);
  t.ok(data.equals(toPixels(pixels).data));
  t.ok(png.length < width * height * 0.3, `${png.length} bytes`);
  const empty = await decode(encodeSmoothPng(new Int32Array(2000 * 2000), 2000, 2000, 1));
  t.equal(empty.channels, 4);
  t.ok(empty.data.every((byte) => byte === 0));
});
