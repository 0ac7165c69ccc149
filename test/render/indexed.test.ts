import { crc32, inflateSync } from 'node:zlib';
import sharp from 'sharp';
import t from 'tap';
import type { Color } from '../../src/options/color.ts';
import { encodeGif } from '../../src/render/gif.ts';
import { type IndexedImage, packPicture } from '../../src/render/indexed.ts';
import { encodeIndexedPng } from '../../src/render/indexed-png.ts';
import { seeded } from '../helper/seeded.ts';

/** Greys told apart by their index, the last ones half transparent where they are to be. */
function paletteOf(colors: number, clear = 0): Color[] {
  return Array.from({ length: colors }, (_, i) => [
    i,
    255 - i,
    (i * 7) % 256,
    i >= colors - clear ? 100 : 255,
  ]);
}

/** Indices of all kinds: noise, runs, repeated rows, and mostly background. */
const FILLS: Readonly<
  Record<string, (random: () => number, colors: number, width: number) => (i: number) => number>
> = {
  noise: (random, colors) => () => Math.floor(random() * colors),
  runs: (random, colors) => {
    let value = 0;
    return () => {
      if (random() < 0.05) value = Math.floor(random() * colors);
      return value;
    };
  },
  rows: (_random, colors, width) => (i) => (i % width) % colors,
  background: (random, colors) => () => (random() < 0.003 ? Math.floor(random() * colors) : 0),
  empty: () => () => 0,
};

interface Sample {
  readonly image: IndexedImage;
  readonly indices: Uint8Array;
}

function sample(fill: string, width: number, height: number, palette: Color[], random: () => number): Sample {
  const next = FILLS[fill]?.(random, palette.length, width) ?? (() => 0);
  const indices = Uint8Array.from({ length: width * height }, (_, i) => next(i));
  return { image: packPicture(width, height, palette, indices), indices };
}

/** A picture that is nothing but background around a box. */
function boxed({ image, indices }: Sample, x: number, y: number, right: number, below: number): Sample {
  const [width, height] = [x + image.width + right, y + image.height + below];
  const all = new Uint8Array(width * height);
  for (let row = 0; row < image.height; row++)
    all.set(indices.subarray(row * image.width, (row + 1) * image.width), (y + row) * width + x);
  return { image: { ...image, width, height, box: { ...image.box, x, y } }, indices: all };
}

/** Chunks of a PNG, whose lengths and checksums are checked (PNG 3, 5.3). */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    if (crc32(png.subarray(at + 4, at + 8 + length)) !== png.readUInt32BE(at + 8 + length))
      throw new Error(`CRC of ${type}`);
    chunks.set(type, png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return chunks;
}

/** Scanlines as zlib reads them: filter byte and packed indices, taken apart again. */
function indicesOf(png: Buffer): { depth: number; indices: Uint8Array } {
  const chunks = chunksOf(png);
  const header = chunks.get('IHDR') as Buffer;
  const [width, height, depth] = [header.readUInt32BE(0), header.readUInt32BE(4), header.readUInt8(8)];
  const data = inflateSync(chunks.get('IDAT') as Buffer);
  const stride = 1 + Math.ceil((width * depth) / 8);
  if (data.length !== stride * height)
    throw new Error(`${data.length} bytes of scanlines, not ${stride * height}`);
  const indices = Uint8Array.from({ length: width * height }, (_, i) => {
    const [row, x] = [Math.floor(i / width), i % width];
    if (data[row * stride] !== 0) throw new Error('a filter');
    const bit = x * depth;
    return ((data[row * stride + 1 + (bit >> 3)] as number) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  });
  return { depth, indices };
}

t.test('PNG: zlib reads back every index, at every depth', async (t) => {
  const random = seeded(77);
  const upTo = (most: number): number => Math.floor(random() * most);
  for (const [colors, depth] of [
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 4],
    [16, 4],
    [17, 8],
    [256, 8],
  ] as const) {
    for (const fill of Object.keys(FILLS)) {
      for (let i = 0; i < 3; i++) {
        const inner = sample(fill, 1 + upTo(200), 1 + upTo(60), paletteOf(colors), random);
        const whole = i === 0 ? inner : boxed(inner, upTo(20) * 8, upTo(i * 90), upTo(300), upTo(i * 90));
        const found = indicesOf(encodeIndexedPng(whole.image, 1));
        const same = Buffer.compare(found.indices, whole.indices) === 0;
        const { width, height } = whole.image;
        if (!same || found.depth !== depth)
          t.fail(`${colors} colours, ${fill}, ${width}x${height}, depth ${found.depth}`);
      }
    }
  }
  t.pass('read');
});

t.test('PNG: large flat pictures', async (t) => {
  const dot = sample('empty', 8, 1, paletteOf(16), () => 0);
  for (const [right, below] of [
    [0, 0],
    [250, 0],
    [0, 257],
    [600, 400],
    [1991, 1999],
  ] as const) {
    for (const y of [0, below]) {
      const { image, indices } = boxed(dot, 0, y, right, below - y);
      t.equal(Buffer.compare(indicesOf(encodeIndexedPng(image, 1)).indices, indices), 0, `${right} ${y}`);
    }
  }
});

async function decode(body: Buffer): Promise<Buffer> {
  return sharp(body).toColourspace('srgb').ensureAlpha().raw().toBuffer();
}

const pixels = (indices: Uint8Array, palette: readonly Color[]): Buffer =>
  Buffer.concat(Array.from(indices, (index) => Buffer.from(palette[index] as Color)));

t.test('PNG: colours and alpha as another decoder sees them', async (t) => {
  const random = seeded(78);
  for (const [colors, clear] of [
    [1, 0],
    [1, 1],
    [2, 1],
    [4, 0],
    [16, 3],
    [256, 0],
    [256, 256],
  ] as const) {
    const palette = paletteOf(colors, clear);
    const { image, indices } = sample('noise', 37, 23, palette, random);
    const png = encodeIndexedPng(image, 1);
    t.equal(
      Buffer.compare(await decode(png), pixels(indices, palette)),
      0,
      `${colors} colours, ${clear} clear`,
    );
    t.equal(chunksOf(png).has('tRNS'), clear > 0, 'tRNS only where it is needed');
  }
});

t.test('GIF: exact pixels, through tables that overflow', async (t) => {
  const random = seeded(79);
  for (const colors of [1, 2, 3, 16, 17, 128, 256]) {
    for (const fill of Object.keys(FILLS)) {
      const palette = paletteOf(colors);
      const { image, indices } = sample(fill, 211, 130, palette, random);
      t.equal(
        Buffer.compare(await decode(encodeGif(image)), pixels(indices, palette)),
        0,
        `${colors} colours, ${fill}`,
      );
    }
  }
  const { image, indices } = sample('noise', 600, 400, paletteOf(256), random);
  t.equal(
    Buffer.compare(await decode(encodeGif(image)), pixels(indices, paletteOf(256))),
    0,
    'a large noise',
  );
});

t.test('GIF: a pixel is there or not', async (t) => {
  const palette: Color[] = [
    [255, 0, 0, 255],
    [0, 255, 0, 127],
    [0, 0, 255, 128],
    [9, 9, 9, 0],
  ];
  const image = packPicture(4, 1, palette, Uint8Array.of(0, 1, 2, 3));
  const alphas = (await decode(encodeGif(image))).filter((_, i) => i % 4 === 3);
  t.same([...alphas], [255, 0, 255, 0]);
});
