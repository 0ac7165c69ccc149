/** Upper bounds in seconds: a flat PNG takes half a millisecond, a large AVIF half a second. */
export const BOUNDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] as const;

/** A distribution of durations. */
export type Distribution = {
  readonly count: number;
  /** s */
  readonly sum: number;
  /** For each bound, by its name: how many took no longer than it, but longer than the bound before. */
  readonly within: Readonly<Record<string, number>>;
};

/** Durations by kind: plain numbers, which are cheap to update and can be summed over processes. */
export class Durations {
  readonly #kinds = new Map<
    string,
    { count: number; sum: number; readonly within: Record<string, number> }
  >();

  observe(kind: string, seconds: number): void {
    let known = this.#kinds.get(kind);
    if (!known) {
      known = { count: 0, sum: 0, within: Object.fromEntries(BOUNDS.map((bound) => [bound, 0])) };
      this.#kinds.set(kind, known);
    }
    known.count += 1;
    known.sum += seconds;
    const bound = BOUNDS.find((candidate) => seconds <= candidate);
    if (bound !== undefined) known.within[bound] = (known.within[bound] ?? 0) + 1;
  }

  /** The observations so far: a snapshot. */
  get distributions(): Readonly<Record<string, Distribution>> {
    return Object.fromEntries(
      Array.from(this.#kinds, ([kind, { within, ...rest }]) => [kind, { ...rest, within: { ...within } }]),
    );
  }
}
