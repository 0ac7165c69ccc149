import { unreferencedTimer } from './time-limit.ts';

/** Repeats a task, with a pause after each run. Does not keep the process alive. */
export class Repetition {
  readonly #task: () => Promise<void>;
  readonly #pause: number;
  #cancel = (): void => {};
  #hasEnded = false;

  /**
   * @param task may fail: it is simply run again after the pause
   * @param pause in ms
   */
  constructor(task: () => Promise<void>, pause: number) {
    this.#task = task;
    this.#pause = pause;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Resolves when the first run has ended, whether or not it failed. */
  async start(): Promise<void> {
    await this.#task().catch(() => {});
    if (!this.#hasEnded) this.#cancel = unreferencedTimer(() => void this.start(), this.#pause);
  }

  end(): void {
    this.#hasEnded = true;
    this.#cancel();
  }
}
