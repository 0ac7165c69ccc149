import { setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/** Niceness of a drawing thread, the highest possible: even several such threads take little of a shared core. */
const NICENESS = 19;

/** On Linux each thread has its own priority, see setpriority(2); elsewhere it would apply to the whole process. */
const isPerThread = process.platform === 'linux' && !isMainThread;

/** Lowers the priority of the calling worker thread, in favour of the thread that answers requests. */
export function lowerThreadPriority(): void {
  if (isPerThread) setPriority(NICENESS);
}
