/** How far back "recent" goes, in s. */
const RECENT = 10;

/** What counts have grown by of late, from a sample of them each second. */
export class Recent<Name extends string> {
  readonly #read: () => Readonly<Record<Name, number>>;
  readonly #samples: Readonly<Record<Name, number>>[];
  readonly #timer: NodeJS.Timeout;

  /** @param read the counts of now, which never go back */
  constructor(read: () => Readonly<Record<Name, number>>) {
    this.#read = read;
    this.#samples = [read()];
    this.#timer = setInterval(() => this.sample(), 1000).unref();
  }

  /** Takes the sample of a second. */
  sample(): void {
    this.#samples.push(this.#read());
    if (this.#samples.length > RECENT + 1) this.#samples.shift();
  }

  /** Over the last 10 whole seconds, or as many as there were. */
  growthOf(name: Name): number {
    return (this.#samples.at(-1)?.[name] ?? 0) - (this.#samples[0]?.[name] ?? 0);
  }

  /** As {@link growthOf}, in each second. */
  perSecond(name: Name): number {
    const seconds = this.#samples.length - 1;
    return seconds === 0 ? 0 : this.growthOf(name) / seconds;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
