import { type Timer, unreferencedTimer, within } from '../../time-limit.ts';
import { endDespiteHang } from '../hung-exit.ts';

export interface BoundedCallsOptions {
  /** Most calls at a time. */
  readonly most: number;
  /** How long a call may take, including the wait for its turn, in ms. */
  readonly timeout: number;
  readonly timer?: Timer;
}

/** Most calls that wait for their turn. */
const MAX_WAITING = 1000;

/**
 * Limits calls to a file system that may hang forever. Each hung call blocks one of libuv's few threads, which
 * pictures, DNS and other files need too. So only a few calls run at a time, and while all of them hang, others fail at
 * once.
 */
export class BoundedCalls {
  readonly #most: number;
  readonly #timeout: number;
  readonly #timer: Timer;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** Running calls that were given up. */
  #overdue = 0;
  #hasHung = false;

  constructor({ most, timeout, timer = unreferencedTimer }: BoundedCallsOptions) {
    this.#most = most;
    this.#timeout = timeout;
    this.#timer = timer;
  }

  /** Whether every running call was given up and no other may start. */
  get isHung(): boolean {
    return this.#overdue >= this.#most;
  }

  /** @throws Error (as a rejection) of the call, or if it does not end in time */
  run<T>(call: () => Promise<T>): Promise<T> {
    if (this.isHung) return Promise.reject(new Error('the file system does not answer'));
    if (this.#waiting.length >= MAX_WAITING) return Promise.reject(new Error('too many calls wait'));
    let [isRunning, isGivenUp] = [false, false];
    const begin = async (): Promise<T> => {
      isRunning = true;
      try {
        return await call();
      } finally {
        this.#running -= 1;
        if (isGivenUp) this.#overdue -= 1;
        this.#next();
      }
    };
    const outcome = new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => {
        // The caller has given up: the next call gets its turn.
        if (isGivenUp) return;
        this.#running += 1;
        begin().then(resolve, reject);
      });
    });
    this.#next();
    const giveUp = (): Error => {
      isGivenUp = true;
      if (isRunning) this.#onOverdue();
      return new Error('timed out');
    };
    return within(outcome, this.#timeout, giveUp, this.#timer);
  }

  #onOverdue(): void {
    this.#overdue += 1;
    if (this.#hasHung) return;
    this.#hasHung = true;
    endDespiteHang(() => this.#overdue > 0);
  }

  #next(): void {
    while (this.#running < this.#most) {
      const start = this.#waiting.shift();
      if (!start) return;
      start();
    }
  }
}
