import { referencedTimer } from '../cache/time-limit.ts';

/** Pause before a process is started again, doubled each time, and its bound; ms. */
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 10_000;
/** Who has been well for so long starts from the first pause again; ms. */
const WELL = 10_000;

export interface RespawnOptions {
  readonly start: () => void;
  /** A clock in ms that never goes back. */
  readonly now?: () => number;
  /** Calls back after so many ms; returns what cancels it. */
  readonly timer?: (callback: () => void, ms: number) => () => void;
  /** 0 up to 1: spreads the starts of many processes over the second half of the pause. */
  readonly random?: () => number;
}

/** Starts a process each time that it has ended: soon, and later with each time that it was not well for a while. */
export class Respawn {
  readonly #options: Required<RespawnOptions>;
  #pause = FIRST_PAUSE;
  #wellSince = Number.POSITIVE_INFINITY;
  #cancel = (): void => {};

  constructor(options: RespawnOptions) {
    this.#options = {
      now: () => performance.now(),
      timer: referencedTimer,
      random: Math.random,
      ...options,
    };
  }

  /** The process does what it is for. */
  well(): void {
    this.#wellSince = this.#options.now();
  }

  /** The process has ended. @returns the ms after which another is started */
  ended(): number {
    const { start, now, timer, random } = this.#options;
    if (now() - this.#wellSince >= WELL) this.#pause = FIRST_PAUSE;
    this.#wellSince = Number.POSITIVE_INFINITY;
    const pause = Math.round(this.#pause * (0.5 + random() / 2));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    this.#cancel = timer(start, pause);
    return pause;
  }

  /** Starts none any more. */
  stop(): void {
    this.#cancel();
  }
}
