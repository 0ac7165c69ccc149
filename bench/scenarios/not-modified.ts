import { bars, rowBars } from '../lib/bars.ts';
import { contest, present } from '../lib/contest.ts';
import { floor, greybox, nginx, node, routed } from '../lib/entrants.ts';
import { PINNING_NOTE } from '../lib/serving.ts';
import { LOAD_TOOL } from '../lib/wrk.ts';
import type { Scenario } from '../scenario.ts';

/** What greybox' 304 is to be of nginx'. */
const AIM = 0.8;

/** Rounds, for one of others: it and nginx are so close that a machine's mood in five decides. */
const ROUNDS = 3;

export const scenario: Scenario = {
  name: 'not-modified',
  title: '304s: every request names the current ETag',
  run: async (options) => {
    const { note, aim, keep } = options;
    // Each is asked with its own.
    const conditional = { 'If-None-Match': '' };
    const rounds = options.rounds * ROUNDS;
    const rows = await contest(present([greybox, routed, nginx, floor, node], note), conditional, {
      ...options,
      rounds,
    });
    note(`Medians of ${rounds} rounds. ${LOAD_TOOL} ${PINNING_NOTE}`);
    const ratio = rows.find(({ server }) => server === greybox.name)?.['/ nginx'];
    aim('304s of nginx', ratio as number | undefined, { least: AIM });
    const panel = {
      title: 'If-None-Match with the current ETag',
      bars: rowBars(rows, { value: 'requests/s per core', ratio: '/ nginx' }),
    };
    keep('not-modified.svg', bars('304s per second and core', [panel]));
    return rows;
  },
};
