import sharp from 'sharp';
import t from 'tap';
import { FORMAT_NAMES } from '../../src/formats.ts';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { render } from '../../src/render/render.ts';

const draw = (options: RenderOptions): Promise<Buffer> => render(createPlaceholderValue(options));

/** Dots per inch that a file claims, both ways; undefined where it claims none. Read from its bytes alone. */
const CLAIMS: Readonly<Record<string, (bytes: Buffer) => readonly number[] | undefined>> = {
  png: (bytes) => {
    const found: number[] = [];
    for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
      if (bytes.toString('latin1', at + 4, at + 8) !== 'pHYs') continue;
      if (bytes[at + 16] !== 1) throw new Error('the unit is not the metre');
      found.push(bytes.readUInt32BE(at + 8) * 0.0254, bytes.readUInt32BE(at + 12) * 0.0254);
    }
    return found;
  },
  jpeg: (bytes) => {
    const start = bytes.subarray(0, 20).toString('hex');
    const [, unit, x, y] = /^ffd8ffe000104a46494600010[12](..)(....)(....)0000$/.exec(start) ?? [];
    if (unit !== '01') throw new Error(`no JFIF header in dots per inch: ${start}`);
    return [Number.parseInt(x as string, 16), Number.parseInt(y as string, 16)];
  },
};

/** One picture for each encoder of a format: of few colours, with shapes, of many colours. */
const PICTURES = [{}, { radius: 9, pattern: 'grid' }, { bg: 'red,blue' }] as const;

t.test('a picture claims 72 dpi times its scale, or nothing', async (t) => {
  for (const format of FORMAT_NAMES) {
    if (format === 'svg') continue;
    for (const picture of PICTURES) {
      for (const scale of [1, 2, 3, 4]) {
        const body = await draw({ width: 60, height: 40, format, scale, ...picture });
        const name = `${format} ${JSON.stringify(picture)} @${scale}x`;
        const claimed = CLAIMS[format]?.(body)?.map(Math.round);
        t.strictSame(claimed, CLAIMS[format] && [72 * scale, 72 * scale], name);
        const { density, exif, width } = await sharp(body).metadata();
        t.equal(width, 60 * scale);
        // Where a file says nothing, sharp tells its default.
        t.ok(
          claimed ? density === 72 * scale : density === undefined || density === 72,
          `${name}: ${density}`,
        );
        t.equal(exif, undefined, `${name}: nothing else that could claim another`);
      }
    }
  }
});
