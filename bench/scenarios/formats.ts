import sharp, { type Sharp } from 'sharp';
import { renderPlaceholder } from '../lib/greybox.ts';
import { checkSame, type Difference, decode, type Pixels } from '../lib/pixels.ts';
import { interleave, timePerRun } from '../lib/rounds.ts';
import { median, significant } from '../lib/stats.ts';
import type { Row, RunOptions, Scenario } from '../scenario.ts';

const SIZES = [
  { width: 600, height: 400 },
  { width: 1200, height: 630 },
] as const;

const TURN = { full: { ms: 60, least: 2 }, short: { ms: 10, least: 1 } };

type Encode = (image: Sharp) => Sharp;

interface FormatContest {
  readonly format: string;
  /** Sharp as it comes, and at its least effort where it has one. */
  readonly sharp: Readonly<Record<string, Encode>>;
}

const FORMATS: readonly FormatContest[] = [
  {
    format: 'png',
    sharp: { sharp: (image) => image.png(), quick: (image) => image.png({ compressionLevel: 1 }) },
  },
  { format: 'jpeg', sharp: { sharp: (image) => image.jpeg() } },
  { format: 'webp', sharp: { sharp: (image) => image.webp(), quick: (image) => image.webp({ effort: 0 }) } },
  { format: 'avif', sharp: { sharp: (image) => image.avif(), quick: (image) => image.avif({ effort: 0 }) } },
  { format: 'gif', sharp: { sharp: (image) => image.gif(), quick: (image) => image.gif({ effort: 1 }) } },
  { format: 'svg', sharp: {} },
];

/** Lossy formats blur the edges of letters; another picture would be off by far more. */
const LOSSY: Difference = { mean: 2, most: 160 };

async function compare(
  { format, sharp: ways }: FormatContest,
  pixels: Pixels,
  options: RunOptions,
): Promise<Row[]> {
  const { width, height } = pixels;
  const raw = { width, height, channels: 4 } as const;
  const makers = new Map<string, () => Promise<Buffer>>([
    ['greybox', async () => (await renderPlaceholder({ width, height, format })).body],
  ]);
  for (const [name, encode] of Object.entries(ways)) {
    const label = name === 'sharp' ? name : `sharp ${name}`;
    makers.set(label, () => encode(sharp(pixels.data, { raw })).toBuffer());
  }
  const bytes = new Map<string, number>();
  for (const [name, make] of makers) {
    const body = await make();
    await checkSame(`${name} ${format}`, body, pixels, LOSSY);
    bytes.set(name, body.length);
  }
  const turn = options.short ? TURN.short : TURN.full;
  const turns = Array.from(makers, ([name, make]) => ({ name, round: () => timePerRun(make, turn) }));
  const samples = await interleave(turns, options);
  const ours = { ms: median(samples.get('greybox') ?? []), bytes: bytes.get('greybox') ?? Number.NaN };
  return Array.from(samples, ([name, times]) => ({
    size: `${width}x${height}`,
    format,
    encoder: name,
    ms: significant(median(times)),
    bytes: bytes.get(name),
    'ms / greybox': significant(median(times) / ours.ms),
    'greybox bytes / its': significant(ours.bytes / (bytes.get(name) ?? Number.NaN)),
    samples: times.map(significant),
  }));
}

export const scenario: Scenario = {
  name: 'formats',
  title: "Every format, beside sharp's encoder for the same pixels",
  run: async (options) => {
    const rows: Row[] = [];
    for (const { width, height } of SIZES) {
      const pixels = await decode((await renderPlaceholder({ width, height })).body);
      for (const contest of FORMATS) rows.push(...(await compare(contest, pixels, options)));
    }
    options.note('greybox draws and encodes; sharp only encodes pixels that it is given for nothing.');
    return rows;
  },
};
