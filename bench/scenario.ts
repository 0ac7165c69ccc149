/** One line of a table. Arrays (the samples behind a median) go to the results file only. */
export type Row = Readonly<Record<string, string | number | readonly number[] | undefined>>;

export interface RunOptions {
  /** A few seconds instead of a minute: everything is exercised, no figure is worth quoting. */
  readonly short: boolean;
  /** Rounds in which each contestant has one turn; figures are medians over them. */
  readonly rounds: number;
  /** Says something about the figures, below the table and in the results file. */
  readonly note: (text: string) => void;
  /** Keeps a file beside the figures, such as a plot; `name` without a folder. */
  readonly keep: (name: string, content: string) => void;
}

/** One file of `scenarios/`: it compares contestants in one run and throws where the comparison would not be fair. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly run: (options: RunOptions) => Promise<readonly Row[]>;
}
