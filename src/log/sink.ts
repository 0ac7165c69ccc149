import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Bytes of lines that may wait for a reader that is slow. */
const MAX_WAITING = 1_048_576;

/** Where lines go to: `put` says whether one was taken. */
interface Target {
  put(line: string): boolean;
}

/** A file, which is written to at once; a disk that is full takes lines again when it has room. */
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

/** A pipe, a socket or a terminal, whose reader may be slow, or gone. */
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

/** Takes lines for stdout, and loses those that it cannot write now: a log must never hold up or end the service. */
export class LogSink {
  /** Told how many lines were lost when lines can be written again. */
  onLost: (lines: number) => void = () => {};
  readonly #target: Target;
  readonly #format: (line: string) => string;
  #lost = 0;

  /** @param format what is written for a line of JSON, with a newline at its end */
  constructor(format: (line: string) => string, stream = process.stdout) {
    this.#format = format;
    this.#target = targetOf(stream);
  }

  /** Lines that are lost and not yet told of. */
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
