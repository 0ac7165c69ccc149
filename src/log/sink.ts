import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Bytes of lines that may wait for a slow reader. */
const MAX_WAITING = 1_048_576;

/** A target for lines: `put` says whether a line was taken. */
interface Target {
  put(line: string): boolean;
}

/** A file, written synchronously; a full disk takes lines again once it has room. */
class FileTarget implements Target {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  put(line: string): boolean {
    try {
      const bytes = Buffer.from(line);
      let written = 0;
      while (written < bytes.length) written += writeSync(this.#fd, bytes, written);
      return true;
    } catch {
      return false;
    }
  }
}

/** A pipe, a socket or a terminal, whose reader may be slow or gone. */
class StreamTarget implements Target {
  readonly #stream: NodeJS.WriteStream;
  #isGone = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    stream.on('error', () => {
      this.#isGone = true;
    });
  }

  put(line: string): boolean {
    if (this.#isGone || this.#stream.writableLength > MAX_WAITING) return false;
    this.#stream.write(line);
    return true;
  }
}

function targetOf(stream: NodeJS.WriteStream & { readonly fd: number }): Target {
  const stat = fstatSync(stream.fd);
  const isFile = stat.isFile() || (stat.isCharacterDevice() && !isatty(stream.fd));
  return isFile ? new FileTarget(stream.fd) : new StreamTarget(stream);
}

/** Writes lines to stdout, and drops those that it cannot write now: a log must never delay or end the service. */
export class LogSink {
  /** Called with the number of lost lines once lines can be written again. */
  onLost: (lines: number) => void = () => {};
  readonly #target: Target;
  readonly #format: (line: string) => string;
  #lost = 0;

  /** @param format turns a line of JSON into the written text, newline included */
  constructor(format: (line: string) => string, stream = process.stdout) {
    this.#format = format;
    this.#target = targetOf(stream);
  }

  /** Lost lines that have not been reported yet. */
  get lost(): number {
    return this.#lost;
  }

  write(line: string): void {
    if (!this.#target.put(this.#format(line))) {
      this.#lost += 1;
      return;
    }
    const lost = this.#lost;
    this.#lost = 0;
    if (lost > 0) this.onLost(lost);
  }
}
