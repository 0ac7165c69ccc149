import { unreferencedTimer } from './time-limit.ts';

/** Does something again and again, each time so long after it has ended. That keeps no process alive. */
export class Repetition {
  readonly #task: () => Promise<void>;
  readonly #pause: number;
  #cancel = (): void => {};
  #hasEnded = false;

  /**
   * @param task where it fails, the next time will do
   * @param pause in ms
   */
  constructor(task: () => Promise<void>, pause: number) {
    this.#task = task;
    this.#pause = pause;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Resolves when the first time is over, either way. */
  async start(): Promise<void> {
    await this.#task().catch(() => {});
    if (!this.#hasEnded) this.#cancel = unreferencedTimer(() => void this.start(), this.#pause);
  }

  end(): void {
    this.#hasEnded = true;
    this.#cancel();
  }
}
