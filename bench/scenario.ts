/** One line of a table. Arrays (the samples behind a median) go to the results file only. */
export type Row = Readonly<Record<string, string | number | readonly number[] | undefined>>;

/** A figure that is to be reached: `least` or `most` says which way. */
export interface Aim {
  readonly what: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
}

export interface RunOptions {
  /** A few seconds instead of half a minute: everything is exercised, no figure is worth quoting. */
  readonly short: boolean;
  /** Minutes instead of half a minute, where a scenario counts up to a large number. */
  readonly long: boolean;
  /** Rounds in which each contestant has one turn; figures are medians over them. */
  readonly rounds: number;
  /** Says something about the figures, below the table and in the results file. */
  readonly note: (text: string) => void;
  /** Compares a figure with what it is to be; nothing where it was not measured (undefined). */
  readonly aim: (what: string, value: number | undefined, bound: Pick<Aim, 'least' | 'most'>) => void;
  /** Keeps a file beside the figures, such as a chart; `name` without a folder. */
  readonly keep: (name: string, content: string) => void;
}

/** One file of `scenarios/`: it compares contestants in one run and throws where the comparison would not be fair. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly run: (options: RunOptions) => Promise<readonly Row[]>;
}
