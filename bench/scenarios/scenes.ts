import { draw, fitDrawing } from '../lib/canvas-label.ts';
import { renderPlaceholder } from '../lib/greybox.ts';
import { decode } from '../lib/pixels.ts';
import { interleave, processorTime, timePerRun } from '../lib/rounds.ts';
import { median, significant } from '../lib/stats.ts';
import type { Row, Scenario } from '../scenario.ts';

const SIZE = { width: 1200, height: 630 } as const;
const SCENES = ['mesh', 'hills', 'waves', 'skyline', 'bokeh'];
const FORMATS = ['png', 'jpeg', 'webp', 'svg'] as const;

/** Seeds, one after another: their pictures take different times. */
const SEEDS = 9;

const TURN = { full: { ms: 100, least: 3 }, short: { ms: 10, least: 1 } };

/**
 * The aim is 15 ms on a machine where canvas takes 7.0 ms for its labelled PNG of 600×400: as a ratio, it holds on any
 * machine.
 */
const CANVAS = 'canvas 600x400';
const MOST = { timesCanvas: 15 / 7, bytesPerPixel: 0.25 };

interface Contest {
  readonly name: string;
  readonly scene: string;
  readonly format: (typeof FORMATS)[number];
  readonly make: (seed: number) => Promise<Buffer>;
}

const CONTESTS: readonly Contest[] = SCENES.flatMap((scene) =>
  FORMATS.map((format) => ({
    name: `${scene} ${format}`,
    scene,
    format,
    make: async (seed: number) =>
      (await renderPlaceholder({ ...SIZE, format, scene, text: '', seed: `s${seed}` })).body,
  })),
);

/** The most bytes per pixel among a contest's seeds. */
async function bytesPerPixel({ make }: Contest): Promise<number> {
  let most = 0;
  for (let seed = 0; seed < SEEDS; seed++) most = Math.max(most, (await make(seed)).length);
  return most / (SIZE.width * SIZE.height);
}

export const scenario: Scenario = {
  name: 'scenes',
  title: "Scenes of 1200×630, beside canvas' own label of 600×400",
  run: async (options) => {
    const label = { width: 600, height: 400 };
    const drawing = await fitDrawing(await decode((await renderPlaceholder(label)).body), '600 × 400');
    const turn = options.short ? TURN.short : TURN.full;
    const canvas = async (): Promise<Buffer> => draw(drawing).encode('png');
    const turns = [{ name: CANVAS, round: () => timePerRun(canvas, turn, processorTime) }];
    for (const { name, make } of CONTESTS) {
      let seed = 0;
      turns.push({ name, round: () => timePerRun(() => make(seed++ % SEEDS), turn, processorTime) });
    }
    const samples = await interleave(turns, options);
    const unit = median(samples.get(CANVAS) ?? []);
    const rows: Row[] = [{ scene: CANVAS, format: 'png', ms: significant(unit), '/ canvas': 1 }];
    for (const contest of CONTESTS) {
      const times = samples.get(contest.name) ?? [];
      const ratio = significant(median(times) / unit);
      const bytes = significant(await bytesPerPixel(contest));
      if (contest.format === 'png') {
        options.aim(`${contest.scene}, times of canvas`, ratio, { most: significant(MOST.timesCanvas) });
        options.aim(`${contest.scene}, bytes per pixel`, bytes, { most: MOST.bytesPerPixel });
      }
      rows.push({
        scene: contest.scene,
        format: contest.format,
        ms: significant(median(times)),
        '/ canvas': ratio,
        'bytes per pixel': bytes,
        samples: times.map(significant),
      });
    }
    options.note(
      'canvas draws and encodes a label; a scene has no label. JPEG and WebP are encoded by sharp. ms of the processor.',
    );
    return rows;
  },
};
