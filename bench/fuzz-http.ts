import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { coreCount } from './lib/cores.ts';
import { type FuzzResult, fuzz } from './lib/fuzz.ts';
import { describeMachine } from './lib/machine.ts';
import { type Server, startGreybox, withServers } from './lib/servers.ts';

const { values, positionals } = parseArgs({
  options: { keep: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [total = 200_000, seed = 1, minutes = Number.POSITIVE_INFINITY] = positionals.map(Number);

/** The services that share the requests, each by its own settings; small budgets, so that much is evicted. */
const SERVICES = [{ FAST_LANE: 'on' }, { FAST_LANE: 'off' }].map((lane) => ({
  ...lane,
  LOG_LEVEL: 'info',
  MEMORY_CACHE_MB: '8',
  ADMIN_TOKEN: 'not-to-be-guessed',
}));
/** Requests that are sent between two looks at the clock. */
const ROUND = 10_000;
/** Most that a service may have resident, its fonts, threads and pictures together, in MiB. */
const RESIDENT = 1024;

/** Resident memory of a process at its highest, in MiB. */
function peak(pid: number): number {
  const [, kibi] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kibi) / 1024);
}

/** Bytes of the first tier, and its budget. */
async function held({ origin }: Server): Promise<{ bytes: number; budget: number }> {
  const answer = await fetch(`${origin}/status.json`);
  const { tiers } = (await answer.json()) as { tiers: { memory: { bytes: number; budget: number } } };
  return tiers.memory;
}

const answered = new Map<string, number>();
const faults: FuzzResult['faults'][number][] = [];
const started = performance.now();
const seconds = (): number => (performance.now() - started) / 1000;
const count = (): number => [...answered.values()].reduce((sum, number) => sum + number, 0);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Sends one service its share, in rounds that each have a seed of their own. */
async function share(server: Server, place: number): Promise<void> {
  const port = Number(new URL(server.origin).port);
  for (let left = Math.ceil(total / SERVICES.length), round = 0; left > 0; left -= ROUND, round += 1) {
    if (seconds() > minutes * 60 || faults.length > 0) return;
    const roundSeed = seed + round * SERVICES.length + place;
    const result = await fuzz({ port, requests: Math.min(left, ROUND), seed: roundSeed });
    for (const [status, number] of Object.entries(result.statuses))
      answered.set(status, (answered.get(status) ?? 0) + number);
    faults.push(...result.faults);
    say(`${count()} requests, ${seconds().toFixed(0)} s, ${peak(server.pid)} MiB at most`);
  }
}

interface Part {
  readonly date: string;
  readonly seed: number;
  readonly requests: number;
  readonly seconds: number;
  readonly faults: number;
  /** Most that a service had resident, in MiB. */
  readonly resident: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly machine: ReturnType<typeof describeMachine>;
}

const KEPT = new URL('./results/long/fuzz-http.json', import.meta.url);

/** Adds this run to those that are kept. Millions of requests take hours, so they are sent in parts. */
function keep(part: Part): void {
  const parts: Part[] = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')).parts : [];
  parts.push(part);
  const requests = parts.reduce((sum, one) => sum + one.requests, 0);
  const found = parts.reduce((sum, one) => sum + one.faults, 0);
  mkdirSync(new URL('.', KEPT), { recursive: true });
  writeFileSync(
    KEPT,
    `${JSON.stringify({ scenario: 'fuzz-http', requests, faults: found, parts }, undefined, 1)}\n`,
  );
  say(`${requests} requests in ${parts.length} parts so far, ${found} faults`);
}

let mostResident = 0;

/**
 * `node --import=tsx bench/fuzz-http.ts [requests] [seed] [minutes] [--keep]`: so many requests, or what minutes allow, without a
 * crash, a 5xx, or anything else that is wrong.
 */
await withServers(
  SERVICES.map((env) => () => startGreybox(env, coreCount)),
  async (...servers) => {
    await Promise.all(servers.map(share));
    for (const [index, server] of servers.entries()) {
      const { bytes, budget } = await held(server);
      const most = peak(server.pid);
      mostResident = Math.max(mostResident, most);
      say(
        `${JSON.stringify(SERVICES[index])}: ${bytes} of ${budget} bytes, ${most} of ${RESIDENT} MiB at most`,
      );
      if (bytes > budget || most > RESIDENT) process.exitCode = 1;
    }
  },
);
say(
  `${count()} requests, seed ${seed}, ${seconds().toFixed(0)} s: ${JSON.stringify(Object.fromEntries(answered))}`,
);
for (const { fault, request } of faults) say(`${fault}: ${JSON.stringify(request)}`);
if (values.keep) {
  keep({
    date: new Date().toISOString(),
    seed,
    requests: count(),
    seconds: Math.round(seconds()),
    faults: faults.length,
    resident: mostResident,
    statuses: Object.fromEntries(answered),
    machine: describeMachine(),
  });
}
if (faults.length > 0) process.exitCode = 1;
