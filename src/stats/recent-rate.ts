import type { RequestCounts } from './request-counts.ts';

/** How far back "recent" goes, in s. */
const RECENT = 10;

/** Requests per second of late, from a sample of the total each second. */
export class RecentRate {
  readonly #requests: RequestCounts;
  readonly #totals: number[];
  readonly #timer: NodeJS.Timeout;

  constructor(requests: RequestCounts) {
    this.#requests = requests;
    this.#totals = [requests.total];
    this.#timer = setInterval(() => this.sample(), 1000).unref();
  }

  /** Takes the sample of a second. */
  sample(): void {
    this.#totals.push(this.#requests.total);
    if (this.#totals.length > RECENT + 1) this.#totals.shift();
  }

  /** Over the last 10 whole seconds, or as many as there were. */
  get perSecond(): number {
    const [first = 0] = this.#totals;
    const seconds = this.#totals.length - 1;
    return seconds === 0 ? 0 : ((this.#totals.at(-1) ?? 0) - first) / seconds;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
