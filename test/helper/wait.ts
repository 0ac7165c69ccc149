import { setImmediate as turn } from 'node:timers/promises';

/** How long a thing may take that takes as long as it takes; generous, for machines that are busy; ms. */
const PATIENCE = 10_000;

/**
 * Asks again until the answer is truthy; each question is a round trip to a server or one turn of the event loop.
 * @throws Error that names what was waited for, after 10 s
 */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T>,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer) return answer as Exclude<T, null | undefined | false>;
    if (performance.now() > deadline) throw new Error(`in vain waited for ${what}`);
    await turn();
  }
}

/** How long a task took, in ms, and its outcome. */
export async function timed<T>(
  task: () => Promise<T>,
): Promise<{ ms: number; outcome: PromiseSettledResult<T> }> {
  const started = performance.now();
  const [outcome] = await Promise.allSettled([task()]);
  return { ms: performance.now() - started, outcome };
}
