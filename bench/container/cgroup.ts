import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A control group with a limit of memory: what a container is to its processes. */
export interface ControlGroup {
  /** What starts a program in it. */
  readonly within: readonly string[];
  /** Most memory that it has had so far, in MiB: of all its processes, and of what the system keeps for them. */
  peak(): number;
  /** How many of its processes were killed for want of memory. */
  kills(): number;
  /** Waits until its last process has ended. */
  remove(): Promise<void>;
}

/** The two versions of control groups that Linux has: their folder, their files, and what is in these. */
const VERSIONS = [
  {
    root: '/sys/fs/cgroup',
    sign: 'cgroup.controllers',
    limit: 'memory.max',
    withoutSwap: ['memory.swap.max', '0'],
    peak: 'memory.peak',
    kills: 'memory.events',
  },
  {
    root: '/sys/fs/cgroup/memory',
    sign: 'memory.limit_in_bytes',
    limit: 'memory.limit_in_bytes',
    withoutSwap: ['memory.swappiness', '0'],
    peak: 'memory.max_usage_in_bytes',
    kills: 'memory.oom_control',
  },
] as const;

/** How often it is tried to remove one that still has a process, and after how long again; ms. */
const [TRIES, PAUSE] = [50, 100];

async function removeEmpty(folder: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      rmdirSync(folder);
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
      await wait(PAUSE);
    }
  }
}

/** Makes one; undefined where this process may not, or the system has none. @param mib the limit */
export function makeControlGroup(mib: number): ControlGroup | undefined {
  const version = VERSIONS.find(({ root, sign }) => existsSync(join(root, sign)));
  if (!version) return undefined;
  const folder = join(version.root, `greybox-${randomBytes(4).toString('hex')}`);
  const fileOf = (name: string): string => join(folder, name);
  const read = (name: string): string => readFileSync(fileOf(name), 'utf8');
  try {
    mkdirSync(folder);
  } catch {
    return undefined;
  }
  try {
    writeFileSync(fileOf(version.limit), String(mib * 2 ** 20));
    const [swap, none] = version.withoutSwap;
    if (existsSync(fileOf(swap))) writeFileSync(fileOf(swap), none);
    read(version.peak);
  } catch {
    rmdirSync(folder);
    return undefined;
  }
  return {
    within: ['sh', '-c', 'echo $$ > "$0" && exec "$@"', fileOf('cgroup.procs')],
    peak: () => Math.ceil(Number(read(version.peak)) / 2 ** 20),
    kills: () => Number(/^oom_kill (\d+)$/m.exec(read(version.kills))?.[1]),
    remove: () => removeEmpty(folder),
  };
}
