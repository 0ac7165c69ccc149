// Renders pictures of random options and tells how much memory the process holds meanwhile.
import { setImmediate as nextTurn } from 'node:timers/promises';
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
  /** Options that are not left to chance. */
  readonly fixed: Readonly<Record<string, string>>;
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
const { renders, samples, turns, fixed, ceiling } = await readTask<MemoryTask>();
const random = seeded(100_000);
const start = performance.now();
const rss: number[] = [];
let done = 0;
while (done < renders) {
  await renderPlaceholder({ ...randomOptions(random), ...fixed });
  done += 1;
  if (turns) await nextTurn();
  if (done % Math.ceil(renders / samples) > 0) continue;
  rss.push(process.memoryUsage.rss() / MEBI);
  if ((rss.at(-1) ?? 0) > ceiling) break;
}
const peak = process.resourceUsage().maxRSS / 1024;
const result: MemoryResult = { rss, peak, renders: done, seconds: (performance.now() - start) / 1000 };
writeResult(result);
