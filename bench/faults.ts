import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { provideHere } from '../test/setup.ts';
import { FAULTS } from './faults/faults.ts';
import { runPurges } from './faults/purge.ts';
import { runFault, TIMEOUT } from './faults/run.ts';
import { between } from './lib/between.ts';
import { describeMachine } from './lib/machine.ts';
import { quantile, significant } from './lib/stats.ts';
import { table } from './lib/table.ts';
import { withTeardown } from './lib/teardown.ts';
import type { Row } from './scenario.ts';

// `npm run bench:faults` does everything to a real Redis that can go wrong with it, under load, and writes what users
// saw into docs/reliability.md; with `--no-write` it only prints it.

const DOCUMENT = new URL('../docs/reliability.md', import.meta.url);
const MARKERS = ['<!-- begin faults: written by npm run bench:faults -->', '<!-- end faults -->'] as const;
const DURATIONS = { healthy: 1000, fault: 4000 };
const PURGES = 300;

/** To a tenth of a ms; a dash where there is nothing to tell. */
const ms = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(1));

async function faultRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const fault of FAULTS) {
    process.stderr.write(`${fault.name} …\n`);
    const figures = await withTeardown((t) => runFault(t, fault, DURATIONS));
    rows.push({
      fault: fault.name,
      requests: figures.requests,
      'not the right 200': figures.failed,
      'median before, ms': ms(figures.healthy),
      'look-ups in vain': figures.inVain,
      'slowest that asked Redis, ms': ms(figures.asking),
      'median with the breaker open, ms': ms(figures.bypassing),
      'p99, ms': ms(figures.bypassingP99),
      'used again after, ms': Math.round(figures.recovery),
    });
  }
  return rows;
}

async function report(): Promise<string> {
  const faults = table(await faultRows());
  process.stderr.write('purges …\n');
  const purges = await withTeardown((t) => runPurges(t, PURGES));
  const { cpu, cores, node, packages } = describeMachine();
  const [median, p99] = [0.5, 0.99].map((share) => significant(quantile(purges, share)));
  return [
    faults,
    '',
    `A purge reached three instances, seen from outside, in ${median} ms (median) and ${p99} ms (99th percentile) of ${PURGES}.`,
    '',
    `\`REDIS_TIMEOUT_MS\` was ${TIMEOUT}. ${new Date().toISOString().slice(0, 10)}; ${cpu}, ${cores} cores, Node ${node}, ` +
      `ioredis ${packages['ioredis']}; load, Redis and service shared the machine.`,
  ].join('\n');
}

const { write } = parseArgs({
  options: { write: { type: 'boolean', default: true } },
  allowNegative: true,
}).values;
const fault = provideHere();
if (fault !== undefined) throw new Error(fault);
const root = fileURLToPath(new URL('..', import.meta.url));
if (spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' }).status !== 0)
  throw new Error('greybox does not build');

const text = await report();
process.stdout.write(`${text}\n`);
if (write) {
  writeFileSync(DOCUMENT, between(readFileSync(DOCUMENT, 'utf8'), MARKERS, text));
}
