import { Backoff } from '../backoff.ts';
import { type Timer, unreferencedTimer } from './time-limit.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Failures in a row that open the breaker. */
const THRESHOLD = 3;
/** Pauses before trial calls, in ms. */
const TRIALS = { first: 250, longest: 2000 } as const;

export interface BreakerOptions {
  /** One trial call. It must end by itself. */
  readonly probe: () => Promise<void>;
  /** Called once each time that the service goes down (`open`) or comes back (`closed`). */
  readonly onChange?: (state: 'closed' | 'open', error: Error | undefined) => void;
  /** 0 up to 1: spreads the trials of many processes over the second half of the pause. */
  readonly random?: () => number;
  /** Calls back after that many ms; returns a function that cancels it. */
  readonly timer?: Timer;
}

/**
 * Stops calls to a service that is down. While it is closed, calls pass; after {@link THRESHOLD} failures in a row it
 * opens and none pass. After a pause it makes a trial call of its own (half-open), so that no user waits for it:
 * success closes the breaker, failure doubles the pause. See Nygard, "Release It!", Circuit Breaker.
 */
export class CircuitBreaker {
  #state: BreakerState = 'closed';
  /** When it last closed or opened. */
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

  /** Seconds since it last opened or closed. */
  get seconds(): number {
    return (performance.now() - this.#since) / 1000;
  }

  /** Whether calls are allowed. Callers report the result of each call: {@link succeeded}, {@link failed}. */
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
