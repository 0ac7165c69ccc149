import { setTimeout as delay } from 'node:timers/promises';
import { type Server, startGreybox, withServers } from '../lib/servers.ts';
import { median, quantile, significant } from '../lib/stats.ts';
import type { Row, Scenario } from '../scenario.ts';

/** How long pictures are asked for, in s. */
const SECONDS = { long: 90, full: 30, short: 10 };

/** Pictures that are asked for, as multiples of those that can be drawn. */
const LOADS = [0.5, 1, 2, 4];

/** How long a client waits, in ms. */
const PATIENCE_MS = 30_000;

/** Pictures that are drawn one after the other to see how long one takes. */
const ALONE = 5;

const GOODPUT = 'share of the time that drew what was delivered';

/** Least of that at twice of what can be drawn, and most ms until a refusal. */
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

/** What became of one request. */
interface Answer {
  /** 0 where the client gave up. */
  readonly status: number;
  readonly ms: number;
  /** How long the server says that it has drawn, in ms. */
  readonly drawing: number;
  readonly retryAfter: string | null;
}

async function ask(url: string): Promise<Answer> {
  const start = performance.now();
  try {
    const { status, headers, body } = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    await body?.pipeTo(new WritableStream());
    const drawing = Number(/render;dur=([\d.]+)/.exec(headers.get('server-timing') ?? '')?.[1] ?? 0);
    return { status, ms: performance.now() - start, drawing, retryAfter: headers.get('retry-after') };
  } catch {
    return { status: 0, ms: performance.now() - start, drawing: 0, retryAfter: null };
  }
}

/** Asks for pictures at a constant rate, whatever becomes of them, and tells what did. */
async function turn(
  server: Server,
  load: number,
  seconds: number,
  fresh: ReturnType<typeof dearPaths>,
): Promise<Row> {
  const alone = await timeAlone(server, fresh(ALONE));
  const before = await countRenders(server);
  const start = performance.now();
  const requests = fresh(Math.ceil((load * seconds * 1000) / alone)).map(async (path, i) => {
    await delay((i * alone) / load);
    return ask(server.origin + path);
  });
  const answers = await Promise.all(requests);
  const elapsed = performance.now() - start;
  const delivered = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status === 503);
  const ms = (of: readonly Answer[], share: number): number =>
    quantile(
      of.map((answer) => answer.ms),
      share,
    );
  return {
    'asked for, of what can be drawn': load,
    's for one alone': significant(alone / 1000),
    'asked for': answers.length,
    drawn: (await countRenders(server)) - before,
    delivered: delivered.length,
    refused: refused.length,
    [GOODPUT]: significant(delivered.reduce((sum, { drawing }) => sum + drawing, 0) / elapsed),
    'p99 s until delivered': significant(ms(delivered, 0.99) / 1000),
    'p99 ms until refused': significant(ms(refused, 0.99)),
    'with Retry-After':
      refused.length > 0 && refused.every(({ retryAfter }) => Number(retryAfter) > 0) ? 'all' : '–',
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
    aim('share of the time that drew what was delivered, at twice as much', twice?.[GOODPUT] as number, {
      least: AIMS.goodput,
    });
    aim('p99 ms until refused', twice?.['p99 ms until refused'] as number, { most: AIMS.refused });
    note(`RENDER_CONCURRENCY=1, ${seconds} s each, then until the last answer.`);
    return rows;
  },
};
