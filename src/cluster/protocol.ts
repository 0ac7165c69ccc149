import type { Purge } from '../cache/purge.ts';
import type { Report } from '../stats/report.ts';

/** Why a worker could not start. */
export interface Failure {
  readonly message: string;
  /** Settings that are at fault, one sentence each. */
  readonly faults?: readonly string[];
}

/** What the primary asks of a worker. Values pass as JSON. */
export type WorkerMethods = {
  readonly report: () => Promise<Report>;
  /** @returns the keys that its memory had */
  readonly forget: (purge: Purge) => readonly string[];
  readonly drain: (why: string) => void;
};

/** What a worker asks of the primary. */
export type PrimaryMethods = {
  /** From now on the worker can be asked. */
  readonly join: () => void;
  /** The worker's last report. */
  readonly leave: (last: Report) => void;
  readonly failed: (failure: Failure) => void;
  /** What all workers report, and what those that have ended had counted. */
  readonly reports: () => Promise<readonly Report[]>;
  /** Has all other workers forget. @returns the keys that they had */
  readonly forget: (purge: Purge) => Promise<readonly string[]>;
  /** As `RenderBudget.take`. */
  readonly take: (render: { readonly client: string; readonly weight: number }) => number;
};

/**
 * How long an answer is waited for, in ms. A worker waits longer for the primary than that does for the other workers.
 * A purge waits for workers that are busy, a page does not.
 */
export const LIMITS = {
  worker: { report: 500, forget: 5000, drain: 5000 },
  primary: { join: 5000, leave: 1000, failed: 1000, reports: 2000, forget: 6000, take: 1000 },
} as const satisfies {
  worker: Record<keyof WorkerMethods, number>;
  primary: Record<keyof PrimaryMethods, number>;
};
