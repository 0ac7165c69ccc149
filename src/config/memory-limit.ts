import { totalmem } from 'node:os';
import type { Config } from './settings.ts';

/** MiB that a worker takes without its cache and its drawing; includes fonts and render threads. */
export const BASE_MB = 170;
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
