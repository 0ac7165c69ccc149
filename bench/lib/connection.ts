import { connect, type Socket } from 'node:net';

/** An answer as the load generators see it. */
export interface Received {
  readonly status: number;
  /** Bytes of the body. */
  readonly length: number;
  /** Status line and headers; valid while it is handed over only. */
  readonly head: Buffer;
}

const BLANK = Buffer.from('\r\n\r\n');
const LENGTHS = ['content-length: ', 'Content-Length: '].map((name) => Buffer.from(`\r\n${name}`));
const [ZERO, NINE] = [0x30, 0x39];

/** A kept-alive HTTP/1.1 connection with at most one request on its way; it knows no more than load needs. */
export class Connection {
  readonly #socket: Socket;
  readonly #onAnswer: (answer: Received) => void;
  #head: Received | undefined;
  #missing = 0;
  #pending: Buffer | undefined;

  /**
   * @param onAnswer called with each whole answer
   * @param onEnd called with the reason once the connection ends, which no answer of a benchmark asks for
   */
  constructor(origin: URL, onAnswer: (answer: Received) => void, onEnd: (reason: Error) => void) {
    this.#onAnswer = onAnswer;
    this.#socket = connect({
      port: Number(origin.port),
      host: origin.hostname,
      noDelay: true,
      // One buffer for all that comes: a stream would make one per chunk.
      onread: {
        buffer: Buffer.allocUnsafe(65_536),
        callback: (count, buffer) => {
          this.#read((buffer as Buffer).subarray(0, count));
          return true;
        },
      },
    });
    this.#socket.on('error', onEnd).on('close', () => onEnd(new Error('the server closed a connection')));
  }

  /** Whether it is connected, or why it never will be. */
  async opened(): Promise<void> {
    if (this.#socket.readyState === 'open') return;
    await new Promise<void>((resolve, reject) => {
      this.#socket.once('connect', resolve).once('error', reject);
    });
  }

  send(request: string): void {
    this.#socket.write(request, 'latin1');
  }

  close(): void {
    this.#socket.removeAllListeners('close').destroy();
  }

  #read(chunk: Buffer): void {
    let body = chunk.length;
    if (!this.#head) {
      const start = this.#pending ? Buffer.concat([this.#pending, chunk]) : chunk;
      const blank = start.indexOf(BLANK);
      if (blank < 0) {
        this.#pending = Buffer.from(start);
        return;
      }
      this.#pending = undefined;
      this.#head = readHead(start.subarray(0, blank));
      this.#missing = this.#head.length;
      body = start.length - blank - BLANK.length;
    }
    this.#missing -= body;
    if (this.#missing > 0) return;
    const answer = this.#head;
    this.#head = undefined;
    this.#onAnswer(answer);
  }
}

/** The decimal number that begins at a place. */
function numberAt(bytes: Buffer, at: number): number {
  let value = 0;
  for (let i = at; i < bytes.length; i++) {
    const digit = bytes[i] as number;
    if (digit < ZERO || digit > NINE) break;
    value = value * 10 + digit - ZERO;
  }
  return value;
}

/**
 * Reads what load needs of a head, without making strings: a collection of garbage would look like a slow answer.
 * @throws where an answer with a body does not say how long it is
 */
export function readHead(head: Buffer): Received {
  const status = numberAt(head, 'HTTP/1.1 '.length);
  if (status === 304) return { status, length: 0, head };
  for (const name of LENGTHS) {
    const at = head.indexOf(name);
    if (at >= 0) return { status, length: numberAt(head, at + name.length), head };
  }
  throw new Error(`unexpected answer: ${head.toString('latin1')}`);
}
