const WIDTH = 30;

/** Where progress is shown. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows progress: a bar on a terminal, a line for each file elsewhere. */
export class Progress {
  readonly #total: number;
  readonly #out: Terminal;
  readonly #isBar: boolean;
  #done = 0;

  constructor(total: number, out: Terminal) {
    this.#total = total;
    this.#out = out;
    this.#isBar = out.isTTY === true && total > 1;
  }

  /** @param what happened to it: `kept`; empty if it was drawn */
  done(file: string, what = ''): void {
    this.#done += 1;
    if (this.#isBar) this.#draw(file);
    else this.#out.write(`${file}${what && ` (${what})`}\n`);
  }

  /** Removes the bar, so that the next output begins a line. */
  end(): void {
    if (this.#isBar) this.#out.write('\r\x1b[K');
  }

  #draw(file: string): void {
    const filled = Math.floor((this.#done / this.#total) * WIDTH);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
    const line = `${bar} ${this.#done}/${this.#total} ${file}`;
    this.#out.write(`\r\x1b[K${line.slice(0, (this.#out.columns ?? 80) - 1)}`);
  }
}
