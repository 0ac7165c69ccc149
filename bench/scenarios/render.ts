import sharp, { type PngOptions, type Sharp } from 'sharp';
import { bars, rowBars } from '../lib/bars.ts';
import { draw, fitDrawing } from '../lib/canvas-label.ts';
import { renderPlaceholder } from '../lib/greybox.ts';
import { checkSame, type Difference, decode, type Pixels } from '../lib/pixels.ts';
import { interleave, timePerRun } from '../lib/rounds.ts';
import { median, significant } from '../lib/stats.ts';
import type { Row, RunOptions, Scenario } from '../scenario.ts';

/** Sizes, and what greybox is to be: so many times as fast as canvas and sharp, and at most so many of sharp's bytes. */
const SIZES = [
  { width: 600, height: 400, aims: { canvas: 20, sharp: 8, bytes: 0.35 } },
  { width: 2000, height: 2000, aims: { canvas: 40, sharp: 6, bytes: 0.25 } },
] as const;

/** Columns that compare. */
const [TIMES, BYTES] = ['ms / greybox', 'greybox bytes / its'];

const TURN = { full: { ms: 100, least: 2 }, short: { ms: 10, least: 1 } };

const GREYBOX = 'greybox';
const CANVAS = 'canvas';
const SHARP = 'sharp';

/** Two drawings of one label may differ this much in the smoothing of its edges. */
const NEAR: Difference = { mean: 0.1, most: 32 };
/** A palette of sharp's own may miss the background by a level or two. */
const QUANTISED: Difference = { mean: 2, most: 48 };

interface SharpWay {
  readonly name: string;
  readonly png: PngOptions;
  /** What sharp is told of the pixels beyond their bytes. */
  readonly grey?: true;
}

/** What sharp can do with finished pixels. Its default is level 6 without a palette. */
const SHARP_WAYS: readonly SharpWay[] = [
  { name: SHARP, png: {} },
  { name: 'sharp level 1', png: { compressionLevel: 1 } },
  { name: 'sharp level 9', png: { compressionLevel: 9 } },
  { name: 'sharp 16 colours', png: { palette: true, colours: 16 } },
  { name: 'sharp 16 colours effort 1', png: { palette: true, colours: 16, effort: 1 } },
  { name: 'sharp grey', png: {}, grey: true },
  { name: 'sharp grey level 1', png: { compressionLevel: 1 }, grey: true },
];

interface Way {
  readonly name: string;
  readonly make: () => Promise<Buffer>;
}

/** Sharp is given the pixels for nothing: its turn is only the encoding. */
function sharpWay({ name, png, grey }: SharpWay, { width, height, data }: Pixels): Way {
  const open = (): Sharp => sharp(data, { raw: { width, height, channels: 4 } });
  const prepared = (): Sharp => (grey ? open().removeAlpha().toColourspace('b-w') : open());
  return { name, make: () => prepared().png(png).toBuffer() };
}

interface Figure {
  readonly name: string;
  readonly ms: number;
  readonly samples: readonly number[];
  readonly bytes: number;
  /** Levels of 0–255, on average over all channels, that its pixels are off greybox'. */
  readonly off: number;
}

function rowsOf(size: string, figures: readonly Figure[]): Row[] {
  const least = (key: 'ms' | 'bytes'): Figure | undefined =>
    figures.filter(({ name }) => name.startsWith('sharp')).sort((a, b) => a[key] - b[key])[0];
  const [fastest, smallest] = [least('ms'), least('bytes')];
  const ours = figures.find(({ name }) => name === GREYBOX);
  return figures.map((figure) => ({
    size,
    encoder: figure.name,
    ms: significant(figure.ms),
    bytes: figure.bytes,
    [TIMES]: significant(figure.ms / (ours?.ms ?? Number.NaN)),
    [BYTES]: significant((ours?.bytes ?? Number.NaN) / figure.bytes),
    'off by': significant(figure.off),
    '': [figure === fastest && "sharp's fastest", figure === smallest && "sharp's smallest"]
      .filter(Boolean)
      .join(', '),
    samples: figure.samples.map(significant),
  }));
}

async function compare(
  { width, height }: { width: number; height: number },
  options: RunOptions,
): Promise<Row[]> {
  const greybox: Way = {
    name: GREYBOX,
    make: async () => (await renderPlaceholder({ width, height })).body,
  };
  const pixels = await decode(await greybox.make());
  const drawing = await fitDrawing(pixels, `${width} × ${height}`);
  const canvas: Way = { name: CANVAS, make: () => draw(drawing).encode('png') };
  const ways = [greybox, canvas, ...SHARP_WAYS.map((way) => sharpWay(way, pixels))];
  const outcomes = new Map<string, { bytes: number; off: number }>();
  for (const { name, make } of ways) {
    const body = await make();
    const near = name === CANVAS ? NEAR : QUANTISED;
    const { mean: off } = await checkSame(name, body, pixels, near);
    outcomes.set(name, { bytes: body.length, off });
  }
  const turn = options.short ? TURN.short : TURN.full;
  const turns = ways.map(({ name, make }) => ({ name, round: () => timePerRun(make, turn) }));
  const figures = Array.from(await interleave(turns, options), ([name, samples]) => ({
    name,
    ms: median(samples),
    samples,
    ...(outcomes.get(name) ?? { bytes: Number.NaN, off: Number.NaN }),
  }));
  return rowsOf(`${width}x${height}`, figures);
}

export const scenario: Scenario = {
  name: 'render',
  title: "One default PNG, beside canvas' and sharp's own encoders",
  run: async (options) => {
    const rows: Row[] = [];
    const panels = [];
    for (const size of SIZES) {
      const found = await compare(size, options);
      rows.push(...found);
      const cell = (encoder: string, column: string): number | undefined =>
        found.find((row) => row['encoder'] === encoder)?.[column] as number | undefined;
      const name = `${size.width}×${size.height} PNG`;
      options.aim(`${name}, times as fast as canvas`, cell(CANVAS, TIMES), { least: size.aims.canvas });
      options.aim(`${name}, times as fast as sharp`, cell(SHARP, TIMES), { least: size.aims.sharp });
      options.aim(`${name}, share of sharp's bytes`, cell(SHARP, BYTES), { most: size.aims.bytes });
      const ms = rowBars(found, { label: 'encoder', value: 'ms', first: 'least' });
      panels.push({ title: `${size.width}×${size.height}, ms, less is better`, bars: ms });
    }
    options.keep('render.svg', bars('One default PNG', panels, 'each'));
    options.note(
      'greybox and canvas draw and encode; sharp only encodes pixels that it is given for nothing.',
    );
    return rows;
  },
};
