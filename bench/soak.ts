import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Test } from 'tap';
import { FORMAT_NAMES } from '../src/formats.ts';
import { startProxy } from '../test/helper/proxy.ts';
import { startRedis } from '../test/helper/redis.ts';
import { seeded } from '../test/helper/seeded.ts';
import { startService } from '../test/helper/service.ts';
import { provideHere } from '../test/setup.ts';
import { IMAGE } from './container/run.ts';
import { FAULTS } from './faults/faults.ts';
import { coldPicture, type Sample, startLoad } from './faults/load.ts';
import { describeMachine } from './lib/machine.ts';
import { plot } from './lib/plot.ts';
import { ROOT } from './lib/processes.ts';
import { median, quantile, significant } from './lib/stats.ts';
import { withTeardown } from './lib/teardown.ts';

// `npm run soak` has one service, started as the image starts it, under a mixed load for an hour, with each fault of bench:faults switched on and off in turn,
// and plots memory and latency into bench/results/long; `npm run soak -- --seconds 60` is the short form, which writes
// nothing unless told to (`--write`).

const RESULTS = fileURLToPath(new URL('results/long', import.meta.url));
/** How often it is looked at, and how long each fault and each pause between two lasts; s. */
const [LOOK, SPAN] = [5, 10];
/** How much memory may grow from the second quarter to the last. */
const GROWTH = 1.1;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '3600' }, write: { type: 'boolean' } },
  allowNegative: true,
});
const seconds = Number(values.seconds);
if (!Number.isInteger(seconds) || seconds < 20)
  throw new Error(`--seconds must be an integer from 20, got ${values.seconds}`);
const write = values.write ?? seconds >= 3600;

/** One of so many pictures that are not in any tier is drawn for real; the others are empty SVGs, for the tiers' sake. */
const DRAWN = 100;
/** What they are drawn with. */
const OPTIONS = [
  'text=Hello',
  'bg=ff7e5f-feb47b&angle=45',
  'pattern=dots&radius=20',
  'scene=hills&seed=ada',
  `text=${encodeURIComponent('日本語 ภาษาไทย 😀')}`,
  'icon=camera',
] as const;

/** Paths of pictures that nobody asked for before: now and then one of any size, format and kind. */
function coldMix(): () => string {
  const random = seeded(1);
  const below = (count: number): number => Math.floor(random() * count);
  let asked = 0;
  return () => {
    asked += 1;
    if (asked % DRAWN !== 0) return coldPicture().path;
    const [width, height] = [100 + below(1100), 100 + below(1100)];
    const format = FORMAT_NAMES[below(FORMAT_NAMES.length)];
    return `/image/${width}x${height}.${format}?${OPTIONS[below(OPTIONS.length)]}`;
  };
}

/** What was seen in a few seconds. */
interface Look {
  readonly requests: number;
  /** Answers other than a 200 with the right picture, and none at all. */
  readonly failed: number;
  /** ms */
  readonly p50: number;
  readonly p99: number;
  /** MiB */
  readonly resident: number;
  readonly fault: string;
}

/** Resident memory of a process, in MiB; from proc(5). */
function resident(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

function lookAt(samples: readonly Sample[], pid: number, fault: string): Look {
  const times = samples.map(({ ms }) => ms);
  return {
    requests: samples.length,
    failed: samples.filter(({ status, right }) => status !== 200 || !right).length,
    p50: significant(quantile(times, 0.5)),
    p99: significant(quantile(times, 0.99)),
    resident: significant(resident(pid)),
    fault,
  };
}

/** Switches each fault on and off in turn, for so long. @returns what was seen */
async function soak(t: Test): Promise<Look[]> {
  const redis = await startRedis(t);
  const proxy = await startProxy(t, redis.port);
  const service = await startService(t, { env: { ...IMAGE, CACHE_URL: `redis://127.0.0.1:${proxy.port}` } });
  const load = startLoad(service.url, coldMix());
  // Those that need another beginning than a healthy Redis are left to bench:faults.
  const faults = FAULTS.filter((fault) => fault.prepare === undefined);
  const looks: Look[] = [];
  const end = performance.now() + seconds * 1000;
  const watch = async (fault: string): Promise<void> => {
    const until = Math.min(end, performance.now() + SPAN * 1000);
    while (performance.now() < until) {
      await wait(LOOK * 1000);
      const look = lookAt(load.take(), service.pid, fault);
      looks.push(look);
      process.stderr.write(`${fault || 'healthy'}: ${JSON.stringify(look)}\n`);
    }
  };
  for (let turn = 0; performance.now() < end; turn += 1) {
    await watch('');
    if (performance.now() >= end) break;
    const fault = faults[turn % faults.length] as (typeof faults)[0];
    await fault.begin({ redis, proxy });
    await watch(fault.name);
    await fault.end({ redis, proxy });
  }
  await load.stop();
  return looks;
}

const fault = provideHere();
if (fault !== undefined) throw new Error(fault);
if (spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' }).status !== 0)
  throw new Error('greybox does not build');

const looks = await withTeardown(soak);
const quarter = (from: number): number =>
  median(
    looks
      .slice(Math.floor(from * looks.length), Math.ceil((from + 0.25) * looks.length))
      .map((look) => look.resident),
  );
const summary = {
  seconds,
  requests: looks.reduce((sum, look) => sum + look.requests, 0),
  failed: looks.reduce((sum, look) => sum + look.failed, 0),
  'p99 ms, median': median(looks.map(({ p99 }) => p99)),
  'p99 ms, highest': Math.max(...looks.map(({ p99 }) => p99)),
  '2nd quarter MiB': quarter(0.25),
  'last quarter MiB': quarter(0.75),
  'last / 2nd': significant(quarter(0.75) / quarter(0.25)),
};
process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
if (write) {
  const chart = (title: string, unit: string, name: string, of: (look: Look) => number): string =>
    plot({ title, unit, axis: 's', last: seconds, series: [{ name, reach: 1, values: looks.map(of) }] });
  mkdirSync(RESULTS, { recursive: true });
  const result = {
    scenario: 'soak',
    date: new Date().toISOString(),
    machine: describeMachine(),
    rows: [summary],
    looks,
  };
  writeFileSync(`${RESULTS}/soak.json`, `${JSON.stringify(result, undefined, 1)}\n`);
  writeFileSync(
    `${RESULTS}/soak-memory.svg`,
    chart('Resident memory while Redis fails and comes back', 'MiB', 'resident', (look) => look.resident),
  );
  writeFileSync(
    `${RESULTS}/soak-latency.svg`,
    chart('Latency while Redis fails and comes back', 'ms', 'p99', (look) => look.p99),
  );
}
// A run of minutes is too short to tell growth from warming up.
const grows = seconds >= 1800 && summary['last / 2nd'] > GROWTH;
if (summary.failed > 0 || grows) process.exitCode = 1;
