/** One command of `greybox`. */
export interface Command {
  readonly name: string;
  /** What it does, in a line of `greybox --help`. */
  readonly summary: string;
  /** What `greybox {name} --help` prints. */
  readonly usage: () => string;
  /**
   * Runs the command until it ends, or until the server is up.
   * @returns the exit code of a finished command; undefined for 0
   * @throws ConfigError (as a rejection) if it was called wrongly
   */
  readonly run: (args: readonly string[]) => Promise<number | undefined>;
}

/** Exit codes: the command failed; the command was called wrongly. */
export const FAILED = 1;
export const MISUSED = 2;
