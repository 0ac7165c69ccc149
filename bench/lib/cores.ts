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

/** How many cores servers and load have together. */
export const coreCount = Math.max(1, cores.length);

/** Where a process runs: on the server's core, on the load's, or on as many as it is given, the load's the last of all. */
export type Place = 'server' | 'load' | number;

function coresOf(place: Place): readonly number[] {
  if (place === 'load') return cores.slice(-1);
  return cores.slice(0, place === 'server' ? 1 : place);
}

/** A command line on its cores; unchanged where processes cannot be pinned. */
export function pinned(
  place: Place,
  command: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  if (!canPin) return command;
  return ['taskset', '-c', coresOf(place).join(','), ...command];
}

/** A process and those that it started, as far as the system tells (Linux). */
function family(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return [pid, ...children.flatMap((child) => family(Number(child)))];
  } catch {
    return [pid];
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A figure of a process and those that it started together; NaN where the system does not say. */
function total(pid: number, of: (pid: number) => number): number {
  try {
    return sum(family(pid).map(of));
  } catch {
    return Number.NaN;
  }
}

/** Clock ticks per second of /proc/{pid}/stat: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Seconds of processor time that a server has used, its threads and processes together. */
export function cpuSeconds(pid: number): number {
  return total(pid, (one) => {
    // proc(5): after the name in brackets, utime and stime are the 12th and 13th fields.
    const fields = readFileSync(`/proc/${one}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  });
}

/** Resident memory of a server in bytes, its processes together. */
export function residentBytes(pid: number): number {
  return total(pid, (one) => {
    const [, kibi] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${one}/status`, 'utf8')) ?? [];
    return Number(kibi) * 1024;
  });
}
