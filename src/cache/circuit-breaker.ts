import { Backoff } from '../backoff.ts';
import { type Timer, unreferencedTimer } from './time-limit.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Failures in a row that open the breaker. */
const THRESHOLD = 3;
/** Pauses before trials; ms. */
const TRIALS = { first: 250, longest: 2000 } as const;

export interface BreakerOptions {
  /** One trial call. It must end by itself. */
  readonly probe: () => Promise<void>;
  /** Called once each time that the service goes down (`open`) or comes back (`closed`). */
  readonly onChange?: (state: 'closed' | 'open', error: Error | undefined) => void;
  /** 0 up to 1: spreads the trials of many processes over the second half of the pause. */
  readonly random?: () => number;
  /** Calls back after so many ms; returns what cancels it. */
  readonly timer?: Timer;
}

/**
 * Keeps calls from a service that is down. Closed, calls pass; after {@link THRESHOLD} failures in a row it opens and
 * none does. After a pause it makes one trial call of its own (half-open), so that no user's call has to wait for one:
 * success closes it, failure doubles the pause. After Nygard, "Release It!", Circuit Breaker.
 */
export class CircuitBreaker {
  #state: BreakerState = 'closed';
  /** When it was closed last, or opened last. */
  #since = performance.now();
  #failures = 0;
  #cancel = (): void => {};
  #stopped = false;
  readonly #options: Required<BreakerOptions>;
  readonly #backoff: Backoff;

  constructor(options: BreakerOptions) {
    this.#options = { onChange: () => {}, random: Math.random, timer: unreferencedTimer, ...options };
    this.#backoff = new Backoff(TRIALS, this.#options.random);
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** How long calls have passed, or have not, in s. */
  get seconds(): number {
    return (performance.now() - this.#since) / 1000;
  }

  /** Whether calls are allowed. Callers report how they ended: {@link succeeded}, {@link failed}. */
  get closed(): boolean {
    return this.#state === 'closed';
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(error: Error): void {
    this.#failures += 1;
    if (this.#failures >= THRESHOLD) this.open(error);
  }

  /** Opens at once, as for a lost connection. */
  open(error?: Error): void {
    if (!this.closed || this.#stopped) return;
    this.#backoff.reset();
    this.#since = performance.now();
    this.#wait();
    this.#options.onChange('open', error);
  }

  /** Makes the trial now instead of after the pause, for example because the connection is back. */
  retry(): void {
    if (this.#state !== 'open' || this.#stopped) return;
    this.#cancel();
    void this.#try();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #wait(): void {
    this.#state = 'open';
    this.#cancel = this.#options.timer(() => void this.#try(), this.#backoff.next());
  }

  async #try(): Promise<void> {
    this.#state = 'half-open';
    try {
      await this.#options.probe();
    } catch {
      if (!this.#stopped) this.#wait();
      return;
    }
    this.#failures = 0;
    this.#state = 'closed';
    this.#since = performance.now();
    if (!this.#stopped) this.#options.onChange('closed', undefined);
  }
}
