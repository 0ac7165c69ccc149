import { setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/** Niceness of a thread that draws, the most there is: several such threads together take little of a core. */
const NICENESS = 19;

/** On Linux a priority is a thread's own, see setpriority(2); elsewhere it would be the whole process'. */
const isPerThread = process.platform === 'linux' && !isMainThread;

/** Makes the calling worker thread give way, where threads share a core, to the one that answers requests. */
export function lowerThreadPriority(): void {
  if (isPerThread) setPriority(NICENESS);
}
