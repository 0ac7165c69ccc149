import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { BASE_MB, type Config } from './settings.ts';

/**
 * MiB of the program and its libraries: pages of files that count while they are in use, 30 of them under pressure, and
 * what the system keeps for the process.
 */
const FILES_MB = 48;
/** The minimum MiB for drawing, however small the limit: a default label takes no more. */
const LEAST_DRAWING_MB = 24;

/** The memory limit of this process' container or control group, in MiB; undefined if only the machine limits it. */
export function memoryLimit(): number | undefined {
  // 0 if unknown, and more than the machine has if there is no limit.
  const bytes = process.constrainedMemory();
  return bytes > 0 && bytes < totalmem() ? Math.floor(bytes / 2 ** 20) : undefined;
}

/**
 * Bytes that each worker may use for drawing at a time: the rest of the limit after the cache and the process itself.
 * Unlimited without a limit.
 * @param limitMb for all workers together, in MiB
 */
export function drawingMemory(
  { workers, memoryCacheMb }: Pick<Config, 'workers' | 'memoryCacheMb'>,
  limitMb = memoryLimit(),
): number {
  if (limitMb === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(LEAST_DRAWING_MB, limitMb / workers - memoryCacheMb - BASE_MB) * 2 ** 20;
}

/** Memory of this process that no file backs, in MiB (proc(5)); 0 where the system does not say it. */
function anonymousMemory(): number {
  try {
    const [, kib] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return Number(kib ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/**
 * Bytes that this process can still take before it meets a limit; any amount where there is none.
 * @param limitMb of all workers, in MiB
 */
export function memoryLeft({ workers }: Pick<Config, 'workers'>, limitMb = memoryLimit()): number {
  if (limitMb === undefined) return Number.POSITIVE_INFINITY;
  return (limitMb / workers - FILES_MB - anonymousMemory()) * 2 ** 20;
}
