import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { MIXES, type MixName } from './container/mixes.ts';
import { type ContainerRun, runInContainer } from './container/run.ts';
import { ROOT } from './lib/processes.ts';
import { withTeardown } from './lib/teardown.ts';

// `npm run container` has greybox draw into a limit of memory, in a control group as a container has one, for ten minutes:
// the costliest pictures of all formats into 512 and 256 MiB, cold PNGs of 1000 to 2000 px into 256, default labels into
// 192. It needs root and Linux. `npm run container -- --mib 384 --mix dearest --seconds 60 --set MAX_PIXELS=4000000` is another trial.

const { values } = parseArgs({
  options: {
    mib: { type: 'string' },
    mix: { type: 'string' },
    seconds: { type: 'string', default: '600' },
    clients: { type: 'string', default: '8' },
    set: { type: 'string', multiple: true, default: [] },
  },
});
const whole = (name: string, value: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new Error(`--${name} must be an integer from 1, got ${value}`);
  return Number(value);
};
const [seconds, clients] = [whole('seconds', values.seconds), whole('clients', values.clients)];
const env = Object.fromEntries(values.set.map((one) => one.split(/=(.*)/s, 2) as [string, string]));
const names = Object.keys(MIXES) as MixName[];
const mixNamed = (value: string): MixName => {
  const found = names.find((name) => name === value);
  if (!found) throw new Error(`--mix must be one of ${names.join(', ')}, got ${value}`);
  return found;
};
const trials: readonly (readonly [mib: number, mix: MixName])[] =
  values.mib === undefined && values.mix === undefined
    ? [
        [512, 'dearest'],
        [256, 'dearest'],
        [256, 'large'],
        [192, 'labels'],
      ]
    : [[whole('mib', values.mib ?? '256'), mixNamed(values.mix ?? 'dearest')]];

if (spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' }).status !== 0)
  throw new Error('greybox does not build');

for (const [mib, mix] of trials) {
  const run: ContainerRun | undefined = await withTeardown((t) =>
    runInContainer(t, { mib, mix, seconds, clients, env }),
  );
  if (!run)
    throw new Error('no control group with a limit of memory can be made here: it needs Linux and root');
  process.stdout.write(`${mix} in ${mib} MiB for ${seconds} s\n${JSON.stringify(run, undefined, 2)}\n`);
  if (run.kills > 0 || Object.keys(run.failed).length > 0 || run.hits.failed > 0) process.exitCode = 1;
}
