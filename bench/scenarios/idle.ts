import { readFileSync } from 'node:fs';
import { bars, rowBars } from '../lib/bars.ts';
import { present, withRunners } from '../lib/contest.ts';
import { greybox, NGINX, NODE, nginx, node, routed } from '../lib/entrants.ts';
import { runProgram } from '../lib/processes.ts';
import { withRatios } from '../lib/serving.ts';
import { significant } from '../lib/stats.ts';
import { saturate } from '../lib/wrk.ts';
import type { IdleResult, IdleTask } from '../programs/idle.ts';
import type { Row, Scenario } from '../scenario.ts';

const CONNECTIONS = { full: 10_000, short: 500 };

/** Files that a process has open beside its connections. */
const OTHER_FILES = 500;

const [MEBI, KIBI] = [2 ** 20, 2 ** 10];

/** How many files a process may have open; Node takes as many as it may. */
function fileLimit(): number {
  try {
    const [, most] = /^Max open files\s+\S+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return most === undefined ? Number.POSITIVE_INFINITY : Number(most);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

export const scenario: Scenario = {
  name: 'idle',
  title: 'What an idle connection costs',
  run: async ({ short, note, keep }) => {
    const wanted = short ? CONNECTIONS.short : CONNECTIONS.full;
    const connections = Math.min(wanted, fileLimit() - OTHER_FILES);
    if (connections < wanted)
      note(`Only ${connections} connections: the system allows no more open files (ulimit -n).`);
    const rows = await withRunners(present([greybox, routed, nginx, node], note), {}, async (runners) => {
      const found: Row[] = [];
      for (const { name, server, url } of runners) {
        // Its heap grows to what a busy server has before the connections are counted.
        await saturate(url, 64, 1);
        const task: IdleTask = { url, pid: server.pid, connections };
        const { before, after } = await runProgram<IdleResult>('idle.ts', task, 'load');
        found.push({
          server: name,
          connections,
          'MiB before': significant(before / MEBI),
          'MiB with them': significant(after / MEBI),
          'kiB each': significant((after - before) / connections / KIBI),
        });
      }
      return found;
    });
    note(
      'Each connection had one request answered, and is kept alive. Resident memory; the kernel’s buffers are not in it.',
    );
    const compared = withRatios(rows, 'kiB each', [NGINX, NODE]);
    const panel = {
      title: `kiB, ${connections.toLocaleString('en')} connections, less is better`,
      bars: rowBars(rows, { value: 'kiB each', first: 'least' }),
    };
    keep('idle.svg', bars('Resident memory of an idle connection', [panel]));
    return compared;
  },
};
