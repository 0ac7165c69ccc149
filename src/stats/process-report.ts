import { type LoopDelay, LoopDelaySampler } from './loop-delay.ts';

/** What the process itself holds. */
export type ProcessHoldings = {
  /** Bytes of its memory that are in RAM. */
  readonly resident: number;
  /** Bytes of V8's heap, in use and in all. */
  readonly heapUsed: number;
  readonly heapTotal: number;
  /** Open connections of clients. */
  readonly connections: number;
};

/** Seconds of processor time since the process began. */
export type ProcessorTime = { readonly user: number; readonly system: number };

/** There is one event loop, however many servers of it are reported on. */
let sampler: LoopDelaySampler | undefined;

/** Begins to watch the event loop of this process. @returns what tells how late it was */
export function watchLoop(): () => LoopDelay {
  sampler ??= new LoopDelaySampler().start();
  const watched = sampler;
  return () => watched.delay;
}

/** @param connections how many there are */
export function processHoldings(connections: number): ProcessHoldings {
  const { rss, heapUsed, heapTotal } = process.memoryUsage();
  return { resident: rss, heapUsed, heapTotal, connections };
}

export function processorTime(): ProcessorTime {
  const { user, system } = process.cpuUsage();
  return { user: user / 1e6, system: system / 1e6 };
}

/** When this process began, in s since 1970. */
export const START_TIME = performance.timeOrigin / 1000;
