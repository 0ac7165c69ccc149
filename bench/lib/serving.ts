import { setTimeout as delay } from 'node:timers/promises';
import type { Row } from '../scenario.ts';
import { canPin, cpuSeconds } from './cores.ts';
import { NGINX, NODE } from './entrants.ts';
import type { Server } from './servers.ts';
import { median, significant } from './stats.ts';
import type { Load } from './wrk.ts';

/** What one turn of a load on a server gave. */
export interface Turn {
  /** Requests per second. */
  readonly rate: number;
  /** Cores that the server used: 1 is one core all the time. */
  readonly core: number;
  /** Further figures of the turn, by column. */
  readonly more?: Readonly<Record<string, number>>;
}

/** How often a server is looked at that still works, in ms, and how many times at the most. */
const [LOOK, MOST_LOOKS] = [50, 100];

/** Waits until a server has done what it was still asked for: that would fall on whoever is next on its core. */
export async function quiet({ pid }: Server): Promise<void> {
  for (let look = 0, before = cpuSeconds(pid); look < MOST_LOOKS; look++) {
    await delay(LOOK);
    const now = cpuSeconds(pid);
    if (!(now > before)) return;
    before = now;
  }
}

/** Runs a load against a server and sees how much of its core the server used meanwhile. */
export async function measured(
  server: Server,
  load: () => Promise<Load & { more?: Turn['more'] }>,
): Promise<Turn> {
  const before = cpuSeconds(server.pid);
  const { requests, seconds, more = {} } = await load();
  const core = (cpuSeconds(server.pid) - before) / seconds;
  await quiet(server);
  return { rate: requests / seconds, core, more };
}

type Measure = (turn: Turn) => number;

/** Requests per second of processor time: what a core gives that has nothing else to do. */
const perCore: Measure = ({ rate, core }) => (core > 0 ? rate / core : rate);

/** Requests per second by the clock on the wall. */
export const wall: Measure = ({ rate }) => rate;

type Turns = ReadonlyMap<string, readonly Turn[]>;

/** How many times as much as another each round gave, in the middle: two turns of one round share the machine's mood. */
function timesAsMuch(turns: readonly Turn[], others: readonly Turn[], by: Measure): number {
  const ratios = turns.flatMap((turn, round) => {
    const other = others[round];
    return other ? [by(turn) / by(other)] : [];
  });
  return significant(median(ratios));
}

/**
 * Medians over turns, as rows, with each server's rate as a multiple of those that it is compared with.
 * @param references names of contestants; those that took no part get no column
 * @param by what the multiples are of
 */
export function servingRows(
  turns: Turns,
  references: readonly string[] = [NGINX, NODE],
  by: Measure = perCore,
): Row[] {
  const compared = references.flatMap((name) => {
    const others = turns.get(name);
    return others ? [[name, others] as const] : [];
  });
  return Array.from(turns, ([server, list]) => {
    const middle = (of: Measure): number => significant(median(list.map(of)));
    const columns = Object.keys(list[0]?.more ?? {});
    return {
      server,
      'requests/s per core': middle(perCore),
      ...Object.fromEntries(compared.map(([name, others]) => [`/ ${name}`, timesAsMuch(list, others, by)])),
      'requests/s': middle(wall),
      'core used': middle(({ core }) => core),
      ...Object.fromEntries(
        columns.map((column) => [column, middle(({ more }) => more?.[column] ?? Number.NaN)]),
      ),
      samples: list.map((turn) => significant(perCore(turn))),
    };
  });
}

/** Adds to each row its figure in one column as a multiple of what those rows have there that are named, if they are there. */
export function withRatios(rows: readonly Row[], column: string, references: readonly string[]): Row[] {
  const compared = references.flatMap((name) => {
    const other = rows.find(({ server }) => server === name)?.[column];
    return other === undefined ? [] : [[name, Number(other)] as const];
  });
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(
      compared.map(([name, other]) => [`/ ${name}`, significant(Number(row[column]) / other)]),
    ),
  }));
}

export const PINNING_NOTE = canPin
  ? 'Each server had one core to itself in its turn, and the load generator another.'
  : 'Servers and load share all cores: there is only one, or taskset is missing. Trust no figure.';
