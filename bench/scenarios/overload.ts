import { runProgram } from '../lib/processes.ts';
import { type Server, startGreybox, withServers } from '../lib/servers.ts';
import { quiet } from '../lib/serving.ts';
import { median, significant } from '../lib/stats.ts';
import type { OpenLoopResult, OpenLoopTask } from '../programs/open-loop.ts';
import type { Row, Scenario } from '../scenario.ts';

/** How long pictures are asked for, in s; a quarter of it warms up. */
const SECONDS = { long: 90, full: 40, short: 10 };

/** Pictures that are asked for, as multiples of those that can be drawn. */
const LOADS = [0.5, 1, 2, 4];

/** Requests that may be on their way: more than can be drawn in any time that a client waits. */
const CONNECTIONS = 512;

/** Pictures that are drawn one after the other to see how long one takes. */
const ALONE = 5;

/** Least share of what can be drawn that is delivered at twice as much, and most ms until a refusal. */
const AIMS = { goodput: 0.8, refused: 100 };

/** The dearest pictures that there are in an ordinary format: 16 megapixels of a gradient with dots and round corners. */
function dearPaths(): (count: number) => string[] {
  let next = 0;
  const path = (i: number): string =>
    `/image/${2000 - (i % 1000)}x${2000 - Math.floor(i / 1000)}@2x?bg=red,blue&pattern=dots&radius=20`;
  return (count) => Array.from({ length: count }, () => path(next++));
}

async function countRenders({ origin }: Server): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const counts = text.matchAll(/^greybox_renders_total\{[^}]*\} (\d+)/gm);
  return Array.from(counts, ([, count]) => Number(count)).reduce((a, b) => a + b, 0);
}

/** How long a picture takes that nothing else waits for, in ms. */
async function timeAlone({ origin }: Server, paths: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (const path of paths) {
    const start = performance.now();
    await (await fetch(origin + path)).arrayBuffer();
    times.push(performance.now() - start);
  }
  return median(times.slice(1));
}

async function turn(
  server: Server,
  load: number,
  seconds: number,
  fresh: ReturnType<typeof dearPaths>,
): Promise<Row> {
  const alone = await timeAlone(server, fresh(ALONE));
  const rate = (load * 1000) / alone;
  const before = await countRenders(server);
  const paths = fresh(Math.ceil(rate * seconds));
  const task: OpenLoopTask = {
    origin: server.origin,
    seconds,
    streams: [{ paths, rate, connections: CONNECTIONS }],
  };
  const { streams } = await runProgram<OpenLoopResult>('open-loop.ts', task, 'load');
  await quiet(server);
  const drawn = (await countRenders(server)) - before;
  const [{ statuses, due }] = streams as [OpenLoopResult['streams'][number]];
  const { '200': delivered, '503': refused } = statuses;
  const possible = Math.min(due, due / load);
  return {
    'asked for, of what can be drawn': load,
    's for one alone': significant(alone / 1000),
    'asked for': due,
    drawn,
    delivered: delivered?.count ?? 0,
    refused: refused?.count ?? 0,
    'delivered, of what can be drawn': significant((delivered?.count ?? 0) / possible),
    'p99 s until delivered': significant((delivered?.p99 ?? Number.NaN) / 1000),
    'p99 ms until refused': significant(refused?.p99 ?? Number.NaN),
    'with Retry-After': refused ? significant(refused.retryAfter / refused.count) : undefined,
  };
}

export const scenario: Scenario = {
  name: 'overload',
  title: 'More dear pictures than can be drawn: what is delivered, and how fast the rest is refused',
  run: async ({ short, long, aim, note }) => {
    const seconds = SECONDS[long ? 'long' : short ? 'short' : 'full'];
    const fresh = dearPaths();
    const rows: Row[] = [];
    for (const load of short ? [2] : LOADS)
      rows.push(
        await withServers([() => startGreybox({ RENDER_CONCURRENCY: '1' })], (server) =>
          turn(server as Server, load, seconds, fresh),
        ),
      );
    const twice = rows.find((row) => row['asked for, of what can be drawn'] === 2);
    aim('delivered at twice what can be drawn', twice?.['delivered, of what can be drawn'] as number, {
      least: AIMS.goodput,
    });
    aim('p99 ms until refused', twice?.['p99 ms until refused'] as number, { most: AIMS.refused });
    note(
      `RENDER_CONCURRENCY=1, ${seconds} s each; what is asked for in the first quarter does not count, but is drawn.`,
    );
    return rows;
  },
};
