// Renders pictures and tells how much memory the process holds meanwhile.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HEAVY_PICTURES } from '../../test/helper/heavy-pictures.ts';
import { seeded } from '../../test/helper/seeded.ts';
import { renderPlaceholder } from '../lib/greybox.ts';
import { randomOptions } from '../lib/options.ts';
import { readTask, writeResult } from '../lib/program.ts';

export interface MemoryTask {
  readonly renders: number;
  /** How many times the memory is looked at. */
  readonly samples: number;
  /** Whether the event loop turns between two renders, as it does between two requests. */
  readonly turns: boolean;
  /** A name of `HEAVY_PICTURES`, drawn in threads; without one options are random. */
  readonly kind?: string;
  /** Options that are not left to chance. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Pictures that are asked for at a time. */
  readonly atOnce: number;
  /** MiB at which the run gives up. */
  readonly ceiling: number;
}

export interface MemoryResult {
  /** Resident memory in MiB, at even distances. */
  readonly rss: readonly number[];
  readonly peak: number;
  readonly renders: number;
  readonly seconds: number;
}

const MEBI = 2 ** 20;
const { renders, samples, turns, kind, fixed, atOnce, ceiling } = await readTask<MemoryTask>();
const random = seeded(100_000);
const heavy = kind === undefined ? undefined : HEAVY_PICTURES[kind];
const start = performance.now();
const rss: number[] = [];
let [begun, done] = [0, 0];

async function drawAll(): Promise<void> {
  while (begun < renders && (rss.at(-1) ?? 0) <= ceiling) {
    const options = heavy ? heavy(begun) : { ...randomOptions(random), ...fixed };
    begun += 1;
    await renderPlaceholder(options);
    done += 1;
    if (turns) await nextTurn();
    if (done % Math.ceil(renders / samples) === 0) rss.push(process.memoryUsage.rss() / MEBI);
  }
}

await Promise.all(Array.from({ length: atOnce }, drawAll));
const peak = process.resourceUsage().maxRSS / 1024;
const result: MemoryResult = { rss, peak, renders: done, seconds: (performance.now() - start) / 1000 };
writeResult(result);
