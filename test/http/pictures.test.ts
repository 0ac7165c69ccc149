import sharp from 'sharp';
import t from 'tap';
import { testApp } from '../helper/app.ts';

/** Extension, the decoder that sharp chooses by the bytes alone, and how far a lossy colour may be off. */
const FORMATS = [
  ['png', 'png', 0],
  ['jpg', 'jpeg', 3],
  ['webp', 'webp', 3],
  ['avif', 'heif', 3],
  ['gif', 'gif', 0],
  ['svg', 'svg', 0],
] as const;
const SIZES = [
  [600, 400],
  [1, 1],
  [1, 2000],
  [2000, 1],
  [37, 1999],
  [320, 50],
] as const;
const BACKGROUND = 0xcc;

for (const [ext, decoder, tolerance] of FORMATS) {
  t.test(`${ext} is what it says`, async (t) => {
    const app = await testApp(t);
    for (const [width, height] of SIZES) {
      const { rawPayload } = await app.inject(`/image/${width}x${height}.${ext}`);
      const image = sharp(rawPayload);
      const metadata = await image.metadata();
      t.same([metadata.format, metadata.width, metadata.height], [decoder, width, height]);
      t.notOk(metadata.pages && metadata.pages > 1, 'one picture');
      const { data, info } = await image
        .removeAlpha()
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      t.equal(info.channels, 3);
      // Nothing is drawn in the outer tenth: its corner is background.
      const off = data.subarray(0, 3).map((channel) => Math.abs(channel - BACKGROUND));
      t.ok(
        Math.max(...off) <= tolerance,
        `${width}x${height}: background ${data.subarray(0, 3).toString('hex')}`,
      );
    }
  });

  t.test(`${ext} has a label in the middle and nowhere else`, async (t) => {
    const app = await testApp(t);
    const { rawPayload } = await app.inject(`/image/600x400.${ext}`);
    const darkest = async (left: number, top: number, width: number, height: number): Promise<number> => {
      const part = sharp(rawPayload).removeAlpha().extract({ left, top, width, height });
      const { channels } = await sharp(await part.png().toBuffer()).stats();
      return Math.min(...channels.map(({ min }) => min));
    };
    t.ok((await darkest(150, 150, 300, 100)) < 110, 'dark ink in the middle');
    const edge = BACKGROUND - 12;
    t.ok((await darkest(0, 0, 600, 100)) > edge, 'none above');
    t.ok((await darkest(0, 300, 600, 100)) > edge, 'none below');
    t.ok((await darkest(0, 0, 60, 400)) > edge, 'none on the left');
    t.ok((await darkest(540, 0, 60, 400)) > edge, 'none on the right');
  });
}
