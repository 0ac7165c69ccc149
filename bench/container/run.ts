import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Test } from 'tap';
import { seeded } from '../../test/helper/seeded.ts';
import { type Service, startService } from '../../test/helper/service.ts';
import { makeControlGroup } from './cgroup.ts';
import { MIXES, type MixName } from './mixes.ts';

export interface ContainerOptions {
  /** The limit, in MiB. */
  readonly mib: number;
  readonly mix: MixName;
  readonly seconds: number;
  /** Clients that ask for new pictures. */
  readonly clients?: number;
  /** Settings of greybox beside those of the container. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What became of it. */
export interface ContainerRun {
  /** What greybox has fitted itself to, as it says when it starts. */
  readonly fitted: string;
  readonly drawn: number;
  /** Answers with 503. */
  readonly refused: number;
  /** How many of each other status there were; 0 stands for no answer. */
  readonly failed: Readonly<Record<number, number>>;
  readonly hits: { readonly asked: number; readonly failed: number; readonly longest: number };
  /** Most memory of the control group and most resident memory of the process, in MiB. */
  readonly peak: number;
  readonly resident: number;
  /** Processes that were killed for want of memory. */
  readonly kills: number;
}

const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');

/** What the image sets for the allocator of the system, and what it starts Node with. */
export const IMAGE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Array.from(dockerfile.matchAll(/\b(MALLOC_\w+)=(\S+)/g), ([, name, value]) => [name, value]),
  ),
  NODE_OPTIONS: Array.from(dockerfile.matchAll(/"(--max-[\w-]+=\d+)"/g), ([, flag]) => flag).join(' '),
};

/** Longer than any picture may take. */
const PATIENCE = 60_000;

/** @returns the status, 0 where there was no whole answer */
const ask = (url: string, agent: Agent): Promise<number> =>
  new Promise((resolve) => {
    const request = get(url, { agent, timeout: PATIENCE }, (response) => {
      response.on('error', () => resolve(0)).resume();
      response.on('end', () => resolve(response.complete ? (response.statusCode ?? 0) : 0));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(0));
  });

/** Most memory that a process has had resident so far, in MiB; from proc(5). */
function mostResident({ pid }: Service): number {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.ceil(Number(kib) / 1024);
  } catch {
    return Number.NaN;
  }
}

function countBy(statuses: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const WARM = '/image/600x400';
/** How often a hit is asked for, in ms. */
const HIT_EVERY = 50;

/** Has clients ask for new pictures for so long, and one for the same picture again and again. */
async function load(service: Service, { mix, seconds, clients = 8 }: ContainerOptions) {
  const agent = new Agent({ keepAlive: true });
  const statuses: number[] = [];
  const times: number[] = [];
  let lost = 0;
  const end = performance.now() + seconds * 1000;
  const isOver = (): boolean => performance.now() >= end;
  const draw = async (seed: number): Promise<void> => {
    const random = seeded(seed);
    while (!isOver()) {
      const status = await ask(service.url + MIXES[mix](random), agent);
      statuses.push(status);
      // Who is refused, or finds nobody, does not ask again at once.
      if (status !== 200) await wait(100);
    }
  };
  const hit = async (): Promise<void> => {
    while (!isOver()) {
      const began = performance.now();
      if ((await ask(service.url + WARM, agent)) !== 200) lost += 1;
      times.push(performance.now() - began);
      await wait(HIT_EVERY);
    }
  };
  await Promise.all([hit(), ...Array.from({ length: clients }, (_, index) => draw(index + 1))]);
  agent.destroy();
  return { statuses, hits: { asked: times.length, failed: lost, longest: Math.round(Math.max(...times)) } };
}

/**
 * Runs greybox as the image does in a control group with a limit of memory, and asks it for more than it can draw.
 * @returns undefined where no control group may be made
 */
export async function runInContainer(t: Test, options: ContainerOptions): Promise<ContainerRun | undefined> {
  const group = makeControlGroup(options.mib);
  if (!group) return undefined;
  // Last of all, when its process has ended.
  t.teardown(() => group.remove());
  const service = await startService(t, { env: { ...IMAGE, ...options.env }, within: group.within });
  const fitted = service.lines.find((line) => line.includes('memory limit')) ?? '';
  await fetch(service.url + WARM);
  const { statuses, hits } = await load(service, options);
  const run = {
    fitted: /memory limit [^"]*/.exec(fitted)?.[0] ?? '',
    drawn: statuses.filter((status) => status === 200).length,
    refused: statuses.filter((status) => status === 503).length,
    failed: countBy(statuses.filter((status) => status !== 200 && status !== 503)),
    hits,
    peak: group.peak(),
    resident: mostResident(service),
    kills: group.kills(),
  };
  await service.stop('SIGKILL');
  return run;
}
