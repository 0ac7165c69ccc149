import type { Purge } from '../cache/purge.ts';
import type { Report } from './report.ts';

/** The processes that serve together with this one, if any. Each has its own memory and counts. */
export interface Peers {
  /** Called when another process makes this one forget keys. @returns the keys that it had */
  onForget: (purge: Purge) => readonly string[];
  /** Called when another process asks for this one's report. */
  onReport: () => Promise<Report>;
  /**
   * Makes the others forget the purged keys.
   * @returns the keys that they had
   * @throws GreyboxError `overloaded` (as a rejection) if one has not confirmed it
   */
  forget(purge: Purge): Promise<readonly string[]>;
  /**
   * The reports of all processes, including this one.
   * @throws GreyboxError `overloaded` (as a rejection) if they cannot be asked
   */
  reports(): Promise<readonly Report[]>;
  /** Leaves this process' final counts when it ends. */
  leave(last: Report): Promise<void>;
  /** Like `RenderBudget.take`, for the budget that all share; 0 if it cannot be asked. */
  take(client: string, weight: number): Promise<number>;
}
