import type { Test } from 'tap';

/** Runs with what a test has of use here: what is to be done at its end, the last thing first. */
export async function withTeardown<T>(run: (t: Test) => Promise<T>): Promise<T> {
  const ends: (() => unknown)[] = [];
  try {
    return await run({ teardown: (end: () => unknown) => ends.push(end) } as unknown as Test);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
