import { type LoopDelay, LoopDelaySampler } from './loop-delay.ts';

/** The process' own resources. */
export type ProcessHoldings = {
  /** Resident memory, in bytes. */
  readonly resident: number;
  /** Bytes of V8's heap, used and total. */
  readonly heapUsed: number;
  readonly heapTotal: number;
  /** Open connections of clients. */
  readonly connections: number;
};

/** CPU time since the process began, in s. */
export type ProcessorTime = { readonly user: number; readonly system: number };

/** One sampler for all servers, because a process has one event loop. */
let sampler: LoopDelaySampler | undefined;

/** Begins to watch the event loop of this process. @returns a function that reports its delay */
export function watchLoop(): () => LoopDelay {
  sampler ??= new LoopDelaySampler().start();
  const watched = sampler;
  return () => watched.delay;
}

/** @param connections number of open connections */
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
