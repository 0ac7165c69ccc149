/** How far back "recent" goes, in s. */
const RECENT = 10;

/** Recent growth of counts, from one sample per second. */
export class Recent<Name extends string> {
  readonly #read: () => Readonly<Record<Name, number>>;
  readonly #samples: Readonly<Record<Name, number>>[];
  readonly #timer: NodeJS.Timeout;

  /** @param read returns the current counts, which never go back */
  constructor(read: () => Readonly<Record<Name, number>>) {
    this.#read = read;
    this.#samples = [read()];
    this.#timer = setInterval(() => this.sample(), 1000).unref();
  }

  /** Takes the sample for one second. */
  sample(): void {
    this.#samples.push(this.#read());
    if (this.#samples.length > RECENT + 1) this.#samples.shift();
  }

  /** The growth over the last 10 whole seconds, or fewer after the start. */
  growthOf(name: Name): number {
    return (this.#samples.at(-1)?.[name] ?? 0) - (this.#samples[0]?.[name] ?? 0);
  }

  /** Like {@link growthOf}, per second. */
  perSecond(name: Name): number {
    const seconds = this.#samples.length - 1;
    return seconds === 0 ? 0 : this.growthOf(name) / seconds;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
