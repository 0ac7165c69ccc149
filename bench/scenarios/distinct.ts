import { residentBytes } from '../lib/cores.ts';
import { plot } from '../lib/plot.ts';
import { runProgram } from '../lib/processes.ts';
import { type Server, startGreybox, withServers } from '../lib/servers.ts';
import { PINNING_NOTE } from '../lib/serving.ts';
import { distinctPaths } from '../lib/sizes.ts';
import { significant } from '../lib/stats.ts';
import type { LoadResult, LoadTask } from '../programs/load.ts';
import type { Scenario } from '../scenario.ts';

/** Different sizes that are asked for, and in how many steps. */
const SIZES = {
  long: { count: 1_000_000, steps: 200 },
  full: { count: 12_000, steps: 6 },
  short: { count: 300, steps: 1 },
};

const CONNECTIONS = 16;
const MEBI = 2 ** 20;

/** MiB: greybox' default, and what it may take beside it. */
const [MEMORY_CACHE_MB, BESIDE] = [64, 150];

async function askFor({ origin }: Server, from: number, count: number): Promise<number> {
  const task: LoadTask = { origin, paths: distinctPaths(from, count), connections: CONNECTIONS };
  const { seconds } = await runProgram<LoadResult>('load.ts', task, 'load');
  return seconds;
}

export const scenario: Scenario = {
  name: 'distinct',
  title: 'Resident memory over distinct sizes, every one a miss',
  run: ({ short, long, note, aim, keep }) =>
    withServers([() => startGreybox({ MEMORY_CACHE_MB: String(MEMORY_CACHE_MB) })], async (greybox) => {
      const { count, steps } = SIZES[long ? 'long' : short ? 'short' : 'full'];
      const rss = [residentBytes(greybox.pid) / MEBI];
      let seconds = 0;
      for (let step = 0; step < steps; step++) {
        seconds += await askFor(greybox, (count / steps) * step, count / steps);
        rss.push(residentBytes(greybox.pid) / MEBI);
      }
      const [first = Number.NaN, last = Number.NaN] = [rss[0], rss.at(-1)];
      const peak = Math.max(...rss);
      const done = count.toLocaleString('en');
      if (!long) note(`${done} sizes only: \`npm run bench distinct -- --long\` asks for 1,000,000.`);
      note(`The budget of the cache is ${MEMORY_CACHE_MB} MiB. ${PINNING_NOTE}`);
      aim(`MiB resident after ${done} distinct sizes`, last, { most: MEMORY_CACHE_MB + BESIDE });
      const series = [{ name: 'greybox', values: rss.slice(1), reach: 1 }];
      keep(
        'distinct.svg',
        plot({ title: 'Resident memory', unit: 'MiB', axis: 'distinct sizes', last: count, series }),
      );
      return [
        {
          'distinct sizes': count,
          s: significant(seconds),
          'requests/s': significant(count / seconds),
          'MiB at first': significant(first),
          'MiB at the end': significant(last),
          'highest MiB': significant(peak),
          samples: rss.map(significant),
        },
      ];
    }),
};
