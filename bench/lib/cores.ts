import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The cores that this process may use, such as 0 and 1; none where the system does not say. */
function allowedCores(): number[] {
  try {
    const [, list = ''] =
      /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return list.split(',').flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
  } catch {
    return [];
  }
}

const cores = allowedCores();

/** Whether a server and its load can have a core each: two cores and util-linux' taskset. */
export const canPin = cores.length > 1 && spawnSync('taskset', ['--version']).status === 0;

export type Role = 'server' | 'load';

/** A command line on the core of its role; unchanged where processes cannot be pinned. */
export function pinned(role: Role, command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  if (!canPin) return command;
  return ['taskset', '-c', String(cores[role === 'server' ? 0 : 1]), ...command];
}

/** Clock ticks per second of /proc/{pid}/stat: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Seconds of processor time that a process and its threads have used; NaN where the system does not say. */
export function cpuSeconds(pid: number): number {
  try {
    // proc(5): after the name in brackets, utime and stime are the 12th and 13th fields.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return Number.NaN;
  }
}
