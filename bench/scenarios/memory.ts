import { readFileSync } from 'node:fs';
import { HEAVY_PICTURES } from '../../test/helper/heavy-pictures.ts';
import { type Plot, plot } from '../lib/plot.ts';
import { runProgram } from '../lib/processes.ts';
import { median, significant } from '../lib/stats.ts';
import type { MemoryResult, MemoryTask } from '../programs/memory.ts';
import type { Row, Scenario } from '../scenario.ts';

const RENDERS = { long: 100_000, full: 5000, short: 400 };
const SAMPLES = 200;

/** MiB at which a run gives up, so that a leak does not take the machine with it. */
const CEILING = 1500;

/** Growth from the second quarter of a run to its last that still counts as flat: noise of the allocator. */
const FLAT = 1.1;

/** MiB that a process may take that draws pictures of one kind in two threads. */
const MOST_IN_THREADS = 400;

interface Way {
  readonly name: string;
  readonly turns: boolean;
  readonly kind?: string;
  readonly fixed: MemoryTask['fixed'];
  /** What the container sets for the system's allocator, or nothing. */
  readonly env: NodeJS.ProcessEnv;
  /** Share of the renders that are enough to see what this way does. */
  readonly share: number;
}

/** The container's settings of the allocator, from where they are made. */
const MALLOC = Object.fromEntries(
  Array.from(
    readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8').matchAll(/\b(MALLOC_\w+)=(\S+)/g),
    ([, name, value]) => [name, value],
  ),
);

const WAYS: readonly Way[] = [
  { name: 'random, as in the container', turns: true, fixed: {}, env: MALLOC, share: 1 },
  { name: 'random, with the allocator as it comes', turns: true, fixed: {}, env: {}, share: 0.5 },
  {
    name: 'PNG only, awaited one after another in a loop',
    turns: false,
    fixed: { format: 'png' },
    env: {},
    share: 0.25,
  },
  // In threads, each kind alone: others would hide what one keeps.
  ...Object.keys(HEAVY_PICTURES).map((kind) => ({
    name: `${kind}, in threads, as in the container`,
    kind,
    turns: false,
    fixed: {},
    env: MALLOC,
    share: 0.02,
  })),
];

/** Pictures that are asked for at a time where threads draw: so many draw. */
const AT_ONCE = 2;

/** Medians of the second and the last quarter: the first quarter warms up. */
function quarters(rss: readonly number[]): readonly [second: number, last: number] {
  const quarter = Math.floor(rss.length / 4);
  return [median(rss.slice(quarter, quarter * 2)), median(rss.slice(quarter * 3))];
}

function rowOf({ name, share }: Way, { rss, peak, renders, seconds }: MemoryResult, total: number): Row {
  const [second, last] = quarters(rss);
  const flat =
    renders < total * share ? `no: gave up over ${CEILING} MiB` : last / second <= FLAT ? 'yes' : 'no';
  return {
    renders: name,
    count: renders,
    s: significant(seconds),
    'peak MiB': significant(peak),
    '2nd quarter MiB': significant(second),
    'last quarter MiB': significant(last),
    'last / 2nd': significant(last / second),
    flat,
    samples: rss.map(significant),
  };
}

export const scenario: Scenario = {
  name: 'memory',
  title: 'Resident memory over renders of random options, formats and sizes',
  run: async ({ short, long, keep, note, aim }) => {
    const total = RENDERS[long ? 'long' : short ? 'short' : 'full'];
    const results: [Way, MemoryResult][] = [];
    for (const way of WAYS) {
      const renders = total * way.share;
      const { turns, kind, fixed, env } = way;
      const task: MemoryTask = {
        renders,
        samples: SAMPLES,
        turns,
        ...(kind !== undefined && { kind }),
        fixed,
        atOnce: kind === undefined ? 1 : AT_ONCE,
        ceiling: CEILING,
      };
      results.push([way, await runProgram<MemoryResult>('memory.ts', task, undefined, env)]);
    }
    const series = results.map(([{ name }, { rss, renders }]) => ({
      name,
      values: rss,
      reach: renders / total,
    }));
    const picture: Plot = { title: 'Resident memory', unit: 'MiB', axis: 'renders', last: total, series };
    keep('memory.svg', plot(picture));
    note(`Flat: the median of the last quarter is at most ${FLAT} times that of the second.`);
    const rows = results.map(([way, result]) => rowOf(way, result, total));
    const threads = rows.filter((_, i) => WAYS[i]?.kind !== undefined);
    aim(
      'most MiB of one kind of picture, in threads',
      Math.max(...threads.map((row) => row['peak MiB'] as number)),
      {
        most: MOST_IN_THREADS,
      },
    );
    // Thousands of renders only warm the allocator up.
    if (long)
      aim(`growth of memory over ${total.toLocaleString('en')} renders`, rows[0]?.['last / 2nd'] as number, {
        most: FLAT,
      });
    note(
      `The container sets ${Object.entries(MALLOC)
        .map((entry) => entry.join('='))
        .join(' and ')}.`,
    );
    return rows;
  },
};
