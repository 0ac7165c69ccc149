import { seeded } from '../../test/helper/seeded.ts';
import { bars, rowBars } from '../lib/bars.ts';
import { present, withRunners } from '../lib/contest.ts';
import { bentocache, cacheable, GREYBOX, greybox } from '../lib/entrants.ts';
import { runProgram } from '../lib/processes.ts';
import { interleave } from '../lib/rounds.ts';
import type { Server } from '../lib/servers.ts';
import { measured, PINNING_NOTE, servingRows, type Turn } from '../lib/serving.ts';
import { distinctPath } from '../lib/sizes.ts';
import { significant } from '../lib/stats.ts';
import { zipf } from '../lib/zipf.ts';
import type { LoadResult, LoadTask } from '../programs/load.ts';
import type { Scenario } from '../scenario.ts';

/** Different pictures, and the exponent of Zipf's law: the second is asked for half as often as the first, and so on. */
const [PICTURES, EXPONENT] = [100_000, 1];

/** Requests in one turn. */
const REQUESTS = { full: 2000, short: 400 };

const CONNECTIONS = 32;

/** Requests of all turns, the same for every contestant. */
function requestedPaths(count: number): string[] {
  const rank = zipf(PICTURES, EXPONENT, seeded(100_000));
  return Array.from({ length: count }, () => distinctPath(rank()));
}

async function ask(server: Server, paths: readonly string[]): Promise<Turn> {
  return measured(server, async () => {
    const task: LoadTask = { origin: server.origin, paths, connections: CONNECTIONS };
    const { requests, seconds, hits, p50, p99 } = await runProgram<LoadResult>('load.ts', task, 'load');
    const more = { 'hit ratio': hits / requests, 'p50 ms': p50, 'p99 ms': p99 };
    return { requests, seconds, more };
  });
}

export const scenario: Scenario = {
  name: 'zipf',
  title: 'A mix of hits and misses: 100,000 sizes, asked for by Zipf’s law',
  run: (options) => {
    const { short, rounds, note, keep } = options;
    return withRunners(present([greybox, bentocache, cacheable], note), {}, async (runners) => {
      const each = short ? REQUESTS.short : REQUESTS.full;
      const paths = requestedPaths(each * (rounds + 1));
      const contestants = runners.map(({ name, server }) => {
        let turn = 0;
        const share = (): string[] => paths.slice(each * turn, each * ++turn);
        return { name, round: () => ask(server, share()) };
      });
      const rows = servingRows(await interleave(contestants, options), [GREYBOX]).map((row) => ({
        ...row,
        'ms of processor a request': significant(1000 / Number(row['requests/s per core'])),
      }));
      note(
        `${each * rounds} requests, the same for each, after ${each} that warm up; ${CONNECTIONS} connections. ${PINNING_NOTE}`,
      );
      note('All three draw with greybox’ renderer: they differ in the cache and the server around it.');
      const panel = {
        title: '100,000 sizes, Zipf’s law',
        bars: rowBars(rows, { value: 'requests/s per core' }),
      };
      keep('zipf.svg', bars('Hits and misses mixed, requests per second and core', [panel]));
      return rows;
    });
  },
};
