import type { Purge } from '../cache/purge.ts';
import type { Report } from './report.ts';

/** The processes that serve together with this one, where there are any: each has a memory and counts of its own. */
export interface Peers {
  /** What this process does when another has it forget something. @returns the keys that it had */
  onForget: (purge: Purge) => readonly string[];
  /** What this process reports when another asks. */
  onReport: () => Promise<Report>;
  /**
   * Has the others forget what a purge means.
   * @returns the keys that they had
   * @throws GreyboxError `overloaded` (as a rejection) where one has not said that it did
   */
  forget(purge: Purge): Promise<readonly string[]>;
  /**
   * What all report, this process among them.
   * @throws GreyboxError `overloaded` (as a rejection) where they cannot be asked
   */
  reports(): Promise<readonly Report[]>;
  /** Says what this process had counted when it ended. */
  leave(last: Report): Promise<void>;
  /** As `RenderBudget.take`, of the budget that all share; 0 where that cannot be asked. */
  take(client: string, weight: number): Promise<number>;
}
