/** Upper bounds in seconds: a flat PNG takes half a millisecond, a large AVIF half a second. */
export const BOUNDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] as const;

/** How often something took how long. */
export type Distribution = {
  readonly count: number;
  /** s */
  readonly sum: number;
  /** How many took no longer than each of the bounds, by its name, and longer than the one before. */
  readonly within: Readonly<Record<string, number>>;
};

/** Durations by kind: plain numbers, which cost nothing to add to and can be added up over processes. */
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

  /** What has been observed: a copy of the moment. */
  get distributions(): Readonly<Record<string, Distribution>> {
    return Object.fromEntries(
      Array.from(this.#kinds, ([kind, { within, ...rest }]) => [kind, { ...rest, within: { ...within } }]),
    );
  }
}
