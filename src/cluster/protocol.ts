import type { Purge } from '../cache/purge.ts';
import type { Report } from '../stats/report.ts';

/** Why a worker could not start. */
export interface Failure {
  readonly message: string;
  /** Faults of settings, one sentence each. */
  readonly faults?: readonly string[];
}

/** Calls from the primary to a worker. Values are sent as JSON. */
export type WorkerMethods = {
  readonly report: () => Promise<Report>;
  /** @returns the keys that its memory had */
  readonly forget: (purge: Purge) => readonly string[];
  readonly drain: (why: string) => void;
};

/** Calls from a worker to the primary. */
export type PrimaryMethods = {
  /** From now on the worker answers calls. */
  readonly join: () => void;
  /** Leaves the worker's last report. */
  readonly leave: (last: Report) => void;
  readonly failed: (failure: Failure) => void;
  /** The reports of all workers, and the counts of those that have ended. */
  readonly reports: () => Promise<readonly Report[]>;
  /** Makes all other workers forget. @returns the keys that they had */
  readonly forget: (purge: Purge) => Promise<readonly string[]>;
  /** Like `RenderBudget.take`. */
  readonly take: (render: { readonly client: string; readonly weight: number }) => number;
};

/**
 * How long to wait for an answer, in ms. A worker waits longer for the primary than the primary does for the other
 * workers. A purge waits for busy workers, a page does not.
 */
export const LIMITS = {
  worker: { report: 500, forget: 5000, drain: 5000 },
  primary: { join: 5000, leave: 1000, failed: 1000, reports: 2000, forget: 6000, take: 1000 },
} as const satisfies {
  worker: Record<keyof WorkerMethods, number>;
  primary: Record<keyof PrimaryMethods, number>;
};
