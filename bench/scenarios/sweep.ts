import { fetchAnswer } from '../lib/answer.ts';
import { bars, rowBars } from '../lib/bars.ts';
import { GREYBOX } from '../lib/entrants.ts';
import { decode } from '../lib/pixels.ts';
import { runProgram } from '../lib/processes.ts';
import { interleave } from '../lib/rounds.ts';
import { type Server, startGreybox, startPeer, withServers } from '../lib/servers.ts';
import { measured, PINNING_NOTE, servingRows, type Turn } from '../lib/serving.ts';
import { distinctPaths } from '../lib/sizes.ts';
import type { LoadResult, LoadTask } from '../programs/load.ts';
import type { Scenario } from '../scenario.ts';

/** Different sizes in all; each round asks for its share of them, so that every key is cold. */
const SWEEP = { full: 750, short: 40 };

const CONNECTIONS = 16;

/** A server that answered with errors or empty pictures would look fast. */
async function checkPicture({ origin }: Server): Promise<void> {
  const { body } = await fetchAnswer(`${origin}/image/99x77`);
  const { width, height, data } = await decode(body);
  const ink = data.some((value, i) => i % 4 === 0 && value !== data[0]);
  if (width !== 99 || height !== 77 || !ink) throw new Error(`${origin} draws no labelled 99x77`);
}

async function sweep(server: Server, paths: readonly string[]): Promise<Turn> {
  return measured(server, async () => {
    const task: LoadTask = { origin: server.origin, paths, connections: CONNECTIONS };
    const { requests, seconds, bytes, p50, p99 } = await runProgram<LoadResult>('load.ts', task, 'load');
    if (requests !== paths.length)
      throw new Error(`only ${requests} of ${paths.length} requests were answered`);
    return {
      requests,
      seconds,
      more: { 'p50 ms': p50, 'p99 ms': p99, 'bytes each': bytes / requests },
    };
  });
}

export const scenario: Scenario = {
  name: 'sweep',
  title: 'Different sizes, every key cold, through HTTP',
  run: (options) =>
    withServers([startGreybox, () => startPeer('programs/canvas-server.ts')], async (greybox, canvas) => {
      const { short, rounds, note, keep } = options;
      const each = (short ? SWEEP.short : SWEEP.full) / rounds;
      // One more share for the round that warms up and does not count.
      const paths = distinctPaths(0, each * (rounds + 1));
      const contestant = (name: string, server: Server) => {
        let turn = 0;
        const share = (): string[] => paths.slice(each * turn, each * ++turn);
        return { name, round: () => sweep(server, share()) };
      };
      for (const server of [greybox, canvas]) await checkPicture(server);
      const contestants = [contestant(GREYBOX, greybox), contestant('canvas on Fastify', canvas)];
      const turns = await interleave(contestants, options);
      note(`${each * rounds} sizes of 100 to 1,099 px a side, ${CONNECTIONS} connections. ${PINNING_NOTE}`);
      const rows = servingRows(turns, [GREYBOX]);
      const panel = { title: 'different sizes', bars: rowBars(rows, { value: 'requests/s per core' }) };
      keep('sweep.svg', bars('Cold renders per second and core', [panel]));
      return rows;
    }),
};
