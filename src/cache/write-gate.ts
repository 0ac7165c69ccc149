import { Backoff } from '../backoff.ts';

/** Pauses between attempts to write to a store that refuses writes; ms. */
const TRIALS = { first: 100, longest: 2000 } as const;

export interface WriteGateOptions {
  /** Called once each time that the store begins to refuse writes (`error` says why) or to accept them again. */
  readonly onWriting: (state: 'accepted' | 'refused', error: Error | undefined) => void;
  /** A clock in ms that never goes back. */
  readonly now: () => number;
  /** 0 up to 1. */
  readonly random?: () => number;
}

/** Knows whether a store accepts writes. While it refuses them few pass, and the first accepted one opens the gate. */
export class WriteGate {
  readonly #options: WriteGateOptions;
  readonly #backoff: Backoff;
  #isOpen = true;
  #nextTrial = 0;

  constructor(options: WriteGateOptions) {
    this.#options = options;
    this.#backoff = new Backoff(TRIALS, options.random);
  }

  /** Whether the store accepts writes, as far as we know. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether a write may be made now. While the gate is closed, this is a trial write. */
  pass(): boolean {
    if (this.#isOpen) return true;
    if (this.#options.now() < this.#nextTrial) return false;
    this.#pause();
    return true;
  }

  /** A write was accepted. */
  accepted(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#options.onWriting('accepted', undefined);
  }

  /** A write was refused. */
  refused(error: Error): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#backoff.reset();
    this.#pause();
    this.#options.onWriting('refused', error);
  }

  #pause(): void {
    this.#nextTrial = this.#options.now() + this.#backoff.next();
  }
}
