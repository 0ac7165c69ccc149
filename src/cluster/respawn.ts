import { Backoff } from '../backoff.ts';
import { referencedTimer } from '../cache/time-limit.ts';

/** Pauses before a process is started again; ms. */
const RESTARTS = { first: 200, longest: 10_000 } as const;
/** After a process has served for this long, pauses start from the first one again; ms. */
const LONG_ENOUGH = 10_000;

export interface RespawnOptions {
  readonly start: () => void;
  /** A clock in ms that never goes back. */
  readonly now?: () => number;
  /** Calls back after that many ms; returns a function that cancels it. */
  readonly timer?: (callback: () => void, ms: number) => () => void;
  /** 0 up to 1: spreads the starts of many processes over the second half of the pause. */
  readonly random?: () => number;
}

/** Restarts a process each time that it ends: soon at first, later each time that it did not run well for a while. */
export class Respawn {
  readonly #options: Required<RespawnOptions>;
  readonly #backoff: Backoff;
  #wellSince = Number.POSITIVE_INFINITY;
  #cancel = (): void => {};

  constructor(options: RespawnOptions) {
    this.#options = {
      now: () => performance.now(),
      timer: referencedTimer,
      random: Math.random,
      ...options,
    };
    this.#backoff = new Backoff(RESTARTS, this.#options.random);
  }

  /** The process works as it should. */
  well(): void {
    this.#wellSince = this.#options.now();
  }

  /** The process has ended. @returns the ms after which another is started */
  ended(): number {
    const { start, now, timer } = this.#options;
    if (now() - this.#wellSince >= LONG_ENOUGH) this.#backoff.reset();
    this.#wellSince = Number.POSITIVE_INFINITY;
    const pause = this.#backoff.next();
    this.#cancel = timer(start, pause);
    return pause;
  }

  /** Stops restarting. */
  stop(): void {
    this.#cancel();
  }
}
