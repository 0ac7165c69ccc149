// Reads the clock as fast as it can: what holds this up is the machine, and holds up a server just as much.
import { readTask, writeResult } from '../lib/program.ts';
import { delayQuantile } from '../lib/stalls.ts';

export interface StallsTask {
  readonly seconds: number;
}

export interface StallsResult {
  /** 99th percentile of how long this had to be waited for from any moment on, in ms. */
  readonly p99: number;
  /** Longest time between two readings, in ms. */
  readonly most: number;
}

/** Shorter ones are no stalls, in ms. */
const LEAST = 0.05;

const { seconds } = await readTask<StallsTask>();
const stalls: number[] = [];
const start = performance.now();
const end = start + seconds * 1000;
for (let last = start; last < end; ) {
  const now = performance.now();
  if (now - last > LEAST) stalls.push(now - last);
  last = now;
}
const result: StallsResult = {
  p99: delayQuantile(stalls, 0.99, seconds * 1000),
  most: Math.max(0, ...stalls),
};
writeResult(result);
