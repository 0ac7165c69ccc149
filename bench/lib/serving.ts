import type { Row } from '../scenario.ts';
import { canPin, cpuSeconds } from './cores.ts';
import type { Server } from './processes.ts';
import { median, significant } from './stats.ts';

/** What one turn of a load on a server gave. */
export interface Turn {
  /** Requests per second. */
  readonly rate: number;
  /** Share of one core that the server used, 0–1. */
  readonly core: number;
  /** Further figures of the turn, by column. */
  readonly more?: Readonly<Record<string, number>>;
}

/** Runs a load against a server and sees how much of its core the server used meanwhile. */
export async function measured(
  server: Server,
  load: () => Promise<{ rate: number; seconds: number; more?: Turn['more'] }>,
): Promise<Turn> {
  const before = cpuSeconds(server.pid);
  const { rate, seconds, more = {} } = await load();
  return { rate, core: (cpuSeconds(server.pid) - before) / seconds, more };
}

/** Requests per second of processor time: what a core gives that has nothing else to do. */
const perCore = ({ rate, core }: Turn): number => (core > 0 ? rate / core : rate);

/** Medians over turns, as rows; `greybox` is the contestant that the others are compared with. */
export function servingRows(turns: ReadonlyMap<string, readonly Turn[]>): Row[] {
  const middle = (name: string, of: (turn: Turn) => number): number =>
    significant(median((turns.get(name) ?? []).map(of)));
  const ours = middle('greybox', perCore);
  return Array.from(turns, ([name, list]) => {
    const columns = Object.keys(list[0]?.more ?? {});
    const rate = middle(name, perCore);
    return {
      server: name,
      'requests/s per core': rate,
      'greybox / its': significant(ours / rate),
      'requests/s': middle(name, (turn) => turn.rate),
      'core used': middle(name, ({ core }) => core),
      ...Object.fromEntries(
        columns.map((column) => [column, middle(name, ({ more }) => more?.[column] ?? Number.NaN)]),
      ),
      samples: list.map((turn) => significant(perCore(turn))),
    };
  });
}

export const PINNING_NOTE = canPin
  ? 'Each server had one core to itself in its turn, and the load generator another.'
  : 'Servers and load share all cores: there is only one, or taskset is missing. Trust no figure.';
