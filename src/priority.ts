import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Niceness of who draws, the most there is, see setpriority(2): several such threads together take little of a core. */
const DRAWS = 19;
/**
 * Niceness of V8's threads. They collect garbage, but compile as well: with 19, on a core that requests keep busy, it took
 * five seconds instead of two until the code was fast.
 */
const COMPILES = 10;

/** On Linux a priority is a thread's own; elsewhere it would be the whole process'. */
const isPerThread = process.platform === 'linux';

/** Has the calling thread give way, where threads share a core, to the one that answers requests. */
export function giveWay(): void {
  if (isPerThread) setPriority(DRAWS);
}

/** Has the threads that collect garbage, compile and encode for this one give way to it. */
export function goFirst(): void {
  if (!isPerThread) return;
  try {
    for (const thread of readdirSync('/proc/self/task').map(Number))
      if (thread !== process.pid) setPriority(thread, COMPILES);
  } catch {
    // Without /proc, or where a thread has just ended, they stay as they were.
  }
}
