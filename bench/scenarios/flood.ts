import { fetchHit } from '../lib/answer.ts';
import { bars, rowBars } from '../lib/bars.ts';
import { CONNECTIONS, SECONDS } from '../lib/contest.ts';
import { GREYBOX, NODE, PATH } from '../lib/entrants.ts';
import { type Outcome, type Rates, rowOf } from '../lib/outcomes.ts';
import { type Program, runProgram, startProgram } from '../lib/processes.ts';
import { interleave } from '../lib/rounds.ts';
import { type Server, startGreybox, startPeer, withServers } from '../lib/servers.ts';
import { PINNING_NOTE, quiet } from '../lib/serving.ts';
import { distinctPaths } from '../lib/sizes.ts';
import { median, significant } from '../lib/stats.ts';
import { saturate } from '../lib/wrk.ts';
import type { LoadResult, LoadTask } from '../programs/load.ts';
import type { OpenLoopResult, OpenLoopTask, Stream } from '../programs/open-loop.ts';
import type { StallsResult, StallsTask } from '../programs/stalls.ts';
import type { Row, RunOptions, Scenario } from '../scenario.ts';

/** Length of one turn in s; a quarter of it warms up. */
const TURN = { full: 2, short: 0.8 };

/** How long the machine itself is looked at after each turn. */
const STALLS: StallsTask = { seconds: 0.5 };

/** Hits as a share of what saturates a server: alone, and while others ask for new pictures. */
const [ALONE, FLOODED] = [0.5, 0.1];

/** New pictures that are asked for, as a multiple of those that can be drawn. */
const FLOOD = 10;

/** Requests per second that the generator keeps to without being late itself. */
const GENERATOR = 40_000;

/** Connections of those who ask for new pictures: more than may wait for one, so that the queue is what refuses. */
const FLOOD_CONNECTIONS = 512;

/** Pictures that are drawn to see how many can be. */
const DRAWN = { full: 1500, short: 80 };

/** ms */
const AIMS = { alone: 1, flooded: 10, refused: 50 };

interface Contestant extends Rates {
  readonly server: Server;
  readonly generator: Program;
}

/** New pictures per second that a server draws when it has nothing else to do. */
async function drawingRate({ origin }: Server, paths: readonly string[]): Promise<number> {
  const task: LoadTask = { origin, paths, connections: 16 };
  const { requests, seconds } = await runProgram<LoadResult>('load.ts', task, 'load');
  return requests / seconds;
}

/** Pictures that nobody has asked for yet. */
function freshPaths(): (count: number) => string[] {
  let from = 0;
  return (count) => {
    from += count;
    return distinctPaths(from - count, count);
  };
}

/** V8's threads would share the load's core, and hold the generator up for 4 ms at a time. */
const startGenerator = (): Program => startProgram('open-loop.ts', 'load', '--single-threaded');

async function turn(
  { server, rate, flood, generator }: Contestant,
  seconds: number,
  fresh: (count: number) => string[],
): Promise<Outcome> {
  const streams: Stream[] = [{ paths: [PATH], rate, connections: CONNECTIONS }];
  if (flood !== undefined)
    streams.push({ paths: fresh(Math.ceil(flood * seconds)), rate: flood, connections: FLOOD_CONNECTIONS });
  const task: OpenLoopTask = { origin: server.origin, seconds, streams };
  const { streams: results, lateP99 } = await generator.ask<OpenLoopResult>(task);
  const [hits, flooded] = results;
  if (flood !== undefined) await quiet(server);
  if (!hits || Object.keys(hits.statuses).some((status) => status !== '200'))
    throw new Error('a hit was not answered with 200');
  return { hits, flood: flooded, lateP99 };
}

/** Hits per second that a server can answer; the first second warms it up. */
async function saturation({ origin }: Server): Promise<number> {
  await saturate(`${origin}${PATH}`, CONNECTIONS, SECONDS);
  const { requests, seconds } = await saturate(`${origin}${PATH}`, CONNECTIONS, SECONDS);
  return requests / seconds;
}

/** Holds the rows against what was to be reached, and draws them. */
function judge(rows: readonly Row[], { aim, keep }: RunOptions): void {
  const [first, , last] = rows as [Row, Row, Row];
  const figure = (row: Row, column: string) => row[column] as number | undefined;
  aim('p99 ms of hits, alone', figure(first, 'p99 ms'), { most: AIMS.alone });
  aim('p99 ms of hits while new pictures flood in', figure(last, 'p99 ms'), { most: AIMS.flooded });
  aim('p99 ms of refusals', figure(last, 'refusal p99 ms'), { most: AIMS.refused });
  aim('share of refusals with Retry-After', figure(last, 'with Retry-After'), { least: 1 });
  const panels = [
    { title: 'hits, p99 in ms, less is better', bars: rowBars(rows, { value: 'p99 ms', first: 'as given' }) },
    { title: 'refusals, p99 in ms', bars: rowBars([last], { value: 'refusal p99 ms' }) },
  ];
  keep('flood.svg', bars('From when a request was to be sent to its answer', panels, 'each'));
}

async function compare(
  greybox: Server,
  other: Server,
  node: Server,
  options: RunOptions,
): Promise<readonly Row[]> {
  const { short, note } = options;
  const fresh = freshPaths();
  // The first of each warms the server up.
  const drawn = short ? DRAWN.short : DRAWN.full;
  await drawingRate(other, fresh(drawn));
  const draws = await drawingRate(other, fresh(drawn));
  const most = await saturation(greybox);
  const [alone, flooded] = [ALONE, FLOODED].map((share) => Math.min(GENERATOR, most * share)) as [
    number,
    number,
  ];
  const control = Math.min(GENERATOR, (await saturation(node)) * ALONE);
  const contestants: Contestant[] = [
    { name: GREYBOX, server: greybox, rate: alone, generator: startGenerator() },
    { name: `${NODE}, a control`, server: node, rate: control, generator: startGenerator() },
    {
      name: `${GREYBOX}, flooded`,
      server: other,
      rate: flooded,
      flood: draws * FLOOD,
      generator: startGenerator(),
    },
  ];
  const seconds = short ? TURN.short : TURN.full;
  const stalls: StallsResult[] = [];
  const turns = await interleave(
    contestants.map((contestant) => ({
      name: contestant.name,
      round: async () => {
        const outcome = await turn(contestant, seconds, fresh);
        stalls.push(await runProgram<StallsResult>('stalls.ts', STALLS, 'server'));
        return outcome;
      },
    })),
    options,
  );
  await Promise.all(contestants.map(({ generator }) => generator.end()));
  const rows = contestants.map((contestant) => rowOf(contestant, turns.get(contestant.name) ?? []));
  note(
    `greybox is saturated by ${Math.round(most)} hits/s, and alone draws ${Math.round(draws)} new pictures/s: ${FLOOD} times as many are asked for.`,
  );
  const machine = significant(median(stalls.map(({ p99 }) => p99)));
  const longest = significant(Math.max(...stalls.map(({ most }) => most)));
  note(
    `Between two turns a loop that only reads the clock is held up on the servers' core for ${machine} ms (p99; the longest ${longest}): the machine's own stalls, which are part of all times.`,
  );
  if (most * ALONE > GENERATOR)
    note(
      `Half of that is more than the generator's ${GENERATOR} a second: that is ${significant(GENERATOR / most)} of saturation.`,
    );
  judge(rows, options);
  return rows;
}

export const scenario: Scenario = {
  name: 'flood',
  title: 'How long hits take at a constant rate, alone and while new pictures flood in',
  run: (options) =>
    // One is flooded and one is not: what a flood leaves behind would else fall on hits alone.
    withServers([() => startGreybox(), () => startGreybox()], (greybox, other) =>
      withServers([() => startPeer('programs/node-server.ts', `${greybox.origin}${PATH}`)], async (node) => {
        for (const { origin } of [greybox, other]) await fetchHit(`${origin}${PATH}`);
        const rows = await compare(greybox, other, node, options);
        options.note(
          `Times count from when a request was to be sent, so that waiting is not hidden; \`late\` is how late the generator itself looked. ${PINNING_NOTE}`,
        );
        return rows;
      }),
    ),
};
