import sharp from 'sharp';
import t from 'tap';
import { FORMAT_NAMES, type Format } from '../src/formats.ts';
import { isImage } from '../src/image-header.ts';
import { renderPlaceholder } from '../src/index.ts';
import { FUZZ_SEED } from './helper/fuzz-seed.ts';

interface Sample {
  readonly name: string;
  readonly format: Format;
  readonly width: number;
  readonly height: number;
  readonly body: Buffer;
}

const SIZES = [
  [160, 90],
  [1, 1],
  [37, 300],
  [256, 255],
] as const;

/** Pictures of another maker, of every kind that a format has: transparent, lossless, progressive, noisy. */
function foreign(format: Exclude<Format, 'svg'>, width: number, height: number): Promise<Buffer>[] {
  const plain = sharp({
    create: { width, height, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } },
  });
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const noisy = sharp({ create: { width, height, channels: 3, background: '#123', noise } });
  const variants = {
    png: [plain.clone().png({ palette: true }), noisy.clone().png({ progressive: true })],
    jpeg: [plain.clone().jpeg(), noisy.clone().jpeg({ progressive: true })],
    webp: [plain.clone().webp(), noisy.clone().webp(), noisy.clone().webp({ lossless: true, effort: 0 })],
    avif: [plain.clone().avif({ effort: 0 }), noisy.clone().avif({ effort: 0 })],
    gif: [plain.clone().gif({ effort: 1 }), noisy.clone().gif({ effort: 1 })],
  };
  return variants[format].map((image) => image.withMetadata().toBuffer());
}

async function samples(format: Format): Promise<Sample[]> {
  const made = SIZES.map(async ([width, height]) => {
    const own = (await renderPlaceholder({ width, height, format })).body;
    const others = format === 'svg' ? [] : await Promise.all(foreign(format, width, height));
    return [own, ...others].map((body, i) => ({
      name: `${width}x${height} #${i}`,
      format,
      width,
      height,
      body,
    }));
  });
  return (await Promise.all(made)).flat();
}

/** Heads of pictures that end, or point, where a reader wants to go on. */
const STUMPS = [
  '\xff\xd8\xff\xd9',
  '\xff\xd8\xff\xc0\x00\x11\xff\xd9',
  '\xff\xd8\xff\xe0\xff\xff\xff\xd9',
  '\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR',
  '\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR\0\0\0\0\0\0\0\0',
  'RIFF\x0a\0\0\0WEBPVP8L\0\0',
  `RIFF\x16\0\0\0WEBPVP8?${'\0'.repeat(14)}`,
  '\0\0\0\x0cftypavif',
  '\0\0\0\x0cftypavif\0\0\0\x0cmdatispe',
  '\0\0\0\x0cftypavif\xff\xff\xff\xff',
  'GIF89a\x01\0\x01\0\xff\0\0;',
  'GIF89a\x01\0\x01\0\0\0\0,',
  'GIF89a\x01\0\x01\0\0\0\0!\xff\xff',
  '<svg </svg>',
  '</svg>',
];

const accepts = ({ format, width, height }: Sample, bytes: Buffer): boolean =>
  isImage(bytes, format, width, height);

/** A small generator with a seed that is printed, so that a failure can be run again (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

t.comment(`seed ${FUZZ_SEED}`);

const all = new Map(
  await Promise.all(FORMAT_NAMES.map(async (format) => [format, await samples(format)] as const)),
);

for (const [format, list] of all) {
  t.test(`${format}: whole pictures of the right size`, async (t) => {
    for (const sample of list) {
      const { name, width, height, body } = sample;
      t.ok(accepts(sample, body), name);
      t.ok(accepts(sample, Buffer.concat([Buffer.alloc(3), body]).subarray(3)), 'wherever the bytes lie');
      for (const [w, h] of [
        [width + 1, height],
        [width, height + 1],
        [height + 1, width],
        [0, 0],
        [width, Number.NaN],
      ])
        t.notOk(isImage(body, format, w as number, h as number), `${name} is not ${w}x${h}`);
    }
  });

  t.test(`${format}: cut off anywhere, or followed by anything`, async (t) => {
    for (const sample of list) {
      const { body, name } = sample;
      const step = Math.max(1, Math.floor(body.length / 10_000));
      const cuts: number[] = [];
      for (let end = 0; end < body.length; end += end < 1000 ? 1 : step)
        if (accepts(sample, body.subarray(0, end))) cuts.push(end);
      t.same(cuts, [], name);
      t.notOk(accepts(sample, body.subarray(0, -1)), 'without its last byte');
      t.notOk(accepts(sample, body.subarray(1)), 'without its first byte');
      t.notOk(accepts(sample, Buffer.concat([body, Buffer.from('x')])), 'with a byte too many');
    }
  });

  t.test(`${format}: other formats, rubbish, nothing`, async (t) => {
    const { width, height } = list[0] as Sample;
    for (const [other, [sample]] of all)
      if (other !== format) t.notOk(isImage((sample as Sample).body, format, width, height), other);
    const random = randomFrom(FUZZ_SEED);
    for (let i = 0; i < 2000; i++) {
      const bytes = Buffer.from(Array.from({ length: random(80) }, () => random(256)));
      if (isImage(bytes, format, width, height)) t.fail(`accepted ${bytes.toString('hex')}`);
    }
    for (const text of [
      ...STUMPS,
      '',
      ' ',
      '<svg',
      '<html></html>',
      'null',
      '\0'.repeat(100),
      '\xff'.repeat(100),
    ])
      t.notOk(isImage(Buffer.from(text, 'latin1'), format, width, height), JSON.stringify(text).slice(0, 20));
  });

  t.test(`${format}: a changed signature`, async (t) => {
    const signature = { png: 8, jpeg: 2, webp: 4, avif: 0, gif: 4, svg: 4 }[format];
    for (const sample of list) {
      for (let bit = 0; bit < signature * 8; bit++) {
        const bytes = Buffer.from(sample.body);
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        if (accepts(sample, bytes)) t.fail(`${sample.name}: bit ${bit}`);
      }
    }
    t.pass();
  });

  t.test(`${format}: damage never throws`, async (t) => {
    const random = randomFrom(FUZZ_SEED);
    for (const sample of list) {
      const head = Math.min(sample.body.length, 500);
      for (let i = 0; i < 2000; i++) {
        const bytes = Buffer.from(
          sample.body.subarray(0, random(4) === 0 ? random(head) : sample.body.length),
        );
        for (let flips = 1 + random(8); flips > 0 && bytes.length > 0; flips--)
          bytes[random(Math.min(head, bytes.length))] = random(3) === 0 ? 0xff : random(256);
        accepts(sample, bytes);
      }
    }
    t.pass();
  });
}

t.test('any damage to a PNG shows: its chunks have check sums', async (t) => {
  const random = randomFrom(FUZZ_SEED);
  for (const sample of all.get('png') ?? []) {
    for (let i = 0; i < 300; i++) {
      const bytes = Buffer.from(sample.body);
      const at = random(bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 << random(8));
      if (accepts(sample, bytes)) t.fail(`${sample.name}: byte ${at}`);
    }
  }
  t.pass();
});
