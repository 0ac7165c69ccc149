import { readFileSync } from 'node:fs';
import { fuzz } from './lib/fuzz.ts';
import { startGreybox, withServers } from './lib/servers.ts';

const [requests = 200_000, seed = 1] = process.argv.slice(2).map(Number);

/** Resident memory of a process, in MiB, now and at its highest. */
function memory(pid: number): string {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mib = (name: string): number =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024);
  return `${mib('VmRSS')} MiB resident, ${mib('VmHWM')} MiB at most`;
}

/** `node --import=tsx bench/fuzz-http.ts [requests] [seed]`: 200,000 requests without a crash, a 5xx or a fault. */
await withServers([() => startGreybox({ LOG_LEVEL: 'info' })], async ({ origin, pid }) => {
  const port = Number(new URL(origin).port);
  const started = performance.now();
  const progress = (answered: number): void => {
    process.stdout.write(`${answered} requests, ${memory(pid)}\n`);
  };
  const { statuses, faults } = await fuzz({ port, requests, seed, progress });
  const seconds = (performance.now() - started) / 1000;
  const answer = await fetch(`${origin}/status.json`);
  const { tiers } = (await answer.json()) as { tiers: { memory: { bytes: number; budget: number } } };
  const { bytes, budget } = tiers.memory;
  process.stdout.write(`${requests} requests, seed ${seed}, ${seconds.toFixed(0)} s, ${memory(pid)}\n`);
  process.stdout.write(`first tier: ${bytes} of ${budget} bytes\n${JSON.stringify(statuses)}\n`);
  for (const { fault, request } of faults) process.stdout.write(`${fault}: ${JSON.stringify(request)}\n`);
  if (faults.length > 0 || bytes > budget) process.exitCode = 1;
});
