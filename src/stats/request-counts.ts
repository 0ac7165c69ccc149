/** The route name for requests without a route or grammar. */
export const NO_ROUTE = 'none';

/** Counts an answer by its status, 100 to 599. */
export function countAnswer(counts: Float64Array, status: number): void {
  counts[status] = (counts[status] ?? 0) + 1;
}

/** Requests since the process began: plain numbers, so that counting is cheap and needs no library. */
export class RequestCounts {
  readonly #routes = new Map<string, Float64Array>();
  /** Counts open client connections; set by the server that accepts them. */
  connections: () => Promise<number> = async () => 0;

  /** The counts of a route by status, for `countAnswer`. */
  of(route: string): Float64Array {
    const known = this.#routes.get(route);
    if (known) return known;
    const counts = new Float64Array(600);
    this.#routes.set(route, counts);
    return counts;
  }

  /** Counts one request by name; for rare requests. */
  add(route: string, status: number): void {
    countAnswer(this.of(route), status);
  }

  get total(): number {
    return this.rows().reduce((sum, { count }) => sum + count, 0);
  }

  /** All counts so far. */
  rows(): { readonly route: string; readonly status: number; readonly count: number }[] {
    return [...this.#routes].flatMap(([route, counts]) =>
      [...counts.entries()].flatMap(([status, count]) => (count > 0 ? [{ route, status, count }] : [])),
    );
  }
}
