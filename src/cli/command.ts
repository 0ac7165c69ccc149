/** One command of `greybox`. */
export interface Command {
  readonly name: string;
  /** What it does, in a line of `greybox --help`. */
  readonly summary: string;
  /** What `greybox {name} --help` prints. */
  readonly usage: () => string;
  /**
   * Runs it to its end, or until it serves.
   * @returns the exit code of a command that has ended; undefined for 0
   * @throws ConfigError (as a rejection) where it was called wrongly
   */
  readonly run: (args: readonly string[]) => Promise<number | undefined>;
}

/** Exit codes: what was asked for failed; it was asked for wrongly. */
export const FAILED = 1;
export const MISUSED = 2;
