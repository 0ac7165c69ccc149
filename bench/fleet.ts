import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { provideHere } from '../test/setup.ts';
import { runFleet, type StepFigures } from './fleet/run.ts';
import { between } from './lib/between.ts';
import { describeMachine } from './lib/machine.ts';
import { ROOT } from './lib/processes.ts';
import { significant } from './lib/stats.ts';
import { table } from './lib/table.ts';
import { withTeardown } from './lib/teardown.ts';

// `npm run fleet` does to a real fleet under load what happens to fleets, and writes what users saw into
// docs/reliability.md; with `--no-write` it only prints it. `--restarts 10` for fewer than 100 of them.

const DOCUMENT = new URL('../docs/reliability.md', import.meta.url);
const MARKERS = ['<!-- begin fleet: written by npm run fleet -->', '<!-- end fleet -->'] as const;
const PICTURES = 20;

const ms = (value: number): string | number => (Number.isNaN(value) ? '–' : significant(value));

const row = ({ step, requests, failed, median, p99, longest, faults }: StepFigures) => ({
  'what happens': step,
  requests,
  'not the right 200': failed,
  'median, ms': ms(median),
  'p99, ms': ms(p99),
  'longest, ms': ms(longest),
  'purged pictures that came back, other faults': faults.length,
});

function report(steps: readonly StepFigures[]): string {
  const { cpu, cores, node } = describeMachine();
  const where = `${new Date().toISOString().slice(0, 10)}; ${cpu}, ${cores} cores, Node ${node}`;
  const what = 'three instances (four processes), six Redis nodes, nginx and the load shared the machine.';
  return `${table(steps.map(row))}\n\n${where}; ${what}`;
}

const { write, restarts } = parseArgs({
  options: { write: { type: 'boolean', default: true }, restarts: { type: 'string', default: '100' } },
  allowNegative: true,
}).values;
const fault = provideHere();
if (fault !== undefined) throw new Error(fault);
if (spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' }).status !== 0)
  throw new Error('greybox does not build');

const onStep = ({ step, requests, failed, faults }: StepFigures): void =>
  void process.stderr.write(`${step}: ${requests} requests, ${failed} failed ${faults.join('; ')}\n`);
const steps = await withTeardown((t) =>
  runFleet(t, { restarts: Number(restarts), pictures: PICTURES, long: true, onStep }),
);
const text = report(steps);
process.stdout.write(`${text}\n`);
if (write) writeFileSync(DOCUMENT, between(readFileSync(DOCUMENT, 'utf8'), MARKERS, text));
if (steps.some(({ failed, faults }) => failed > 0 || faults.length > 0)) process.exitCode = 1;
