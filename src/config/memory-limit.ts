import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { BASE_MB, type Config } from './settings.ts';

/** MiB of programs and libraries that are read from files: they count while they are in use. */
const FILES_MB = 64;
/** The least MiB that are drawn with, however small the limit: a default label takes no more. */
const LEAST_DRAWING_MB = 24;

/** What this process may use, in MiB: of its container or control group; undefined where only the machine limits it. */
export function memoryLimit(): number | undefined {
  // 0 where it is not known, and more than there is where there is none.
  const bytes = process.constrainedMemory();
  return bytes > 0 && bytes < totalmem() ? Math.floor(bytes / 2 ** 20) : undefined;
}

/**
 * What each worker may draw with at a time, in bytes: what a limit leaves beside the cache and the process itself. Any
 * amount where there is none.
 * @param limitMb of all workers, in MiB
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
