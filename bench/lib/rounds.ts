import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RunOptions } from '../scenario.ts';

export interface Contestant<T> {
  readonly name: string;
  readonly round: () => Promise<T>;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Frees what the last turn left behind, so that the next one does not pay for it. */
export async function settle(): Promise<void> {
  collectGarbage();
  for (let turn = 0; turn < 3; turn++) await nextTurn();
}

/**
 * Gives each contestant one turn per round, beginning with another one each time, so that a slow moment of the
 * machine falls on all of them. A first round warms up and does not count; the short form does without.
 */
export async function interleave<T>(
  contestants: readonly Contestant<T>[],
  { rounds, short }: Pick<RunOptions, 'rounds' | 'short'>,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const results = new Map<string, T[]>(contestants.map(({ name }) => [name, []]));
  for (let round = short ? 0 : -1; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const contestant = contestants[(turn + round + contestants.length) % contestants.length];
      if (!contestant) continue;
      await settle();
      const result = await contestant.round();
      if (round >= 0) results.get(contestant.name)?.push(result);
    }
  }
  return results;
}

/** Share of a turn that goes untimed before it: caches and heap are the last contestant's until then. */
const WARM_UP = 0.25;

/** How long a turn takes: about `ms`, and at least so many runs. */
export interface TurnLength {
  readonly ms: number;
  readonly least: number;
}

/** ms that this process, with all its threads, has used of the processor: other processes hardly change it. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Times a task: as many runs, one after another, as a turn has room for. The event loop turns
 * between two runs, as it does between two requests: a canvas frees its pixels only then.
 * @param clock in ms
 * @returns ms per run
 */
export async function timePerRun(
  task: () => Promise<unknown>,
  { ms, least }: TurnLength,
  clock = () => performance.now(),
): Promise<number> {
  const run = async (long: number, few: number): Promise<number> => {
    const start = performance.now();
    const first = clock();
    let runs = 0;
    for (; runs < few || performance.now() - start < long; runs++) {
      await task();
      await nextTurn();
    }
    return (clock() - first) / runs;
  };
  await run(ms * WARM_UP, 1);
  return run(ms, least);
}
