import { bars, rowBars } from '../lib/bars.ts';
import { CONNECTIONS, SECONDS } from '../lib/contest.ts';
import { coreCount } from '../lib/cores.ts';
import { PATH } from '../lib/entrants.ts';
import { runProgram } from '../lib/processes.ts';
import { interleave } from '../lib/rounds.ts';
import { type Server, startGreybox, withServers } from '../lib/servers.ts';
import { measured, servingRows, type Turn, wall } from '../lib/serving.ts';
import { distinctPaths } from '../lib/sizes.ts';
import { LOAD_TOOL, saturate } from '../lib/wrk.ts';
import type { LoadResult, LoadTask } from '../programs/load.ts';
import type { Row, RunOptions, Scenario } from '../scenario.ts';

/** Pictures that are drawn in one turn. */
const COLD = { full: 800, short: 50 };

/** As many workers as there are cores at most, doubled from one. */
const COUNTS = [1, 2, 4, 8, 16].filter((count) => count <= Math.max(2, coreCount));

const nameOf = (workers: number): string => `WORKERS=${workers}`;

const hits = (server: Server): Promise<Turn> =>
  measured(server, () => saturate(`${server.origin}${PATH}`, CONNECTIONS, SECONDS));

const cold = (server: Server, paths: readonly string[]): Promise<Turn> =>
  measured(server, () => {
    const task: LoadTask = { origin: server.origin, paths, connections: CONNECTIONS };
    return runProgram<LoadResult>('load.ts', task, 'load');
  });

async function compare(servers: readonly Server[], options: RunOptions): Promise<Record<string, Row[]>> {
  const each = options.short ? COLD.short : COLD.full;
  const named = servers.map((server, i) => ({ name: nameOf(COUNTS[i] ?? 0), server }));
  const hot = named.map(({ name, server }) => ({ name, round: () => hits(server) }));
  const drawn = named.map(({ name, server }) => {
    let turn = 0;
    return { name, round: () => cold(server, distinctPaths(each * turn++, each)) };
  });
  const rows = async (contestants: typeof hot): Promise<Row[]> =>
    servingRows(await interleave(contestants, options), [nameOf(1)], wall);
  return { hits: await rows(hot), 'cold renders': await rows(drawn) };
}

export const scenario: Scenario = {
  name: 'workers',
  title: 'Several processes on one port',
  run: async (options) => {
    const { note, keep } = options;
    const starts = COUNTS.map((count) => () => startGreybox({ WORKERS: String(count) }, count));
    const tables = await withServers(starts, (...servers) => compare(servers, options));
    note(`${LOAD_TOOL} Each has as many cores as workers; the load has the last core of the machine.`);
    if (coreCount <= Math.max(...COUNTS))
      note(
        `With ${coreCount} cores the largest count shares one with the load, which takes all of it for hits and little for cold renders: trust the second.`,
      );
    const panels = Object.entries(tables).map(([title, rows]) => ({
      title,
      bars: rowBars(rows, { value: 'requests/s', ratio: `/ ${nameOf(1)}`, first: 'as given' }).map((bar) => ({
        ...bar,
        ours: true,
      })),
    }));
    keep('workers.svg', bars('Requests per second by workers', panels, 'each'));
    return Object.entries(tables).flatMap(([of, rows]) => rows.map((row) => ({ of, ...row })));
  },
};
