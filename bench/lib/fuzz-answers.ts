import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One answer as it came. */
export interface FuzzAnswer {
  readonly status: number;
  /** Status line and header fields, each with its line end. */
  readonly head: string;
  readonly body: string;
  /** Of head and body; NaN where the answer does not say it. */
  readonly length: number;
}

/** How long an answer may take, in ms. */
const PATIENCE = 20_000;

/** The first answer in what came so far, or undefined while it is not whole. */
function answerIn(text: string, isHead: boolean): FuzzAnswer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end + 2);
  const status = Number(head.slice(9, 12));
  const isEmpty = isHead || status === 204 || status === 304 || status < 200;
  const size = isEmpty ? 0 : Number(/^content-length: (\d+)\r$/im.exec(head)?.[1] ?? Number.NaN);
  const length = end + 4 + size;
  if (text.length < length) return undefined;
  return { status, head, body: text.slice(end + 4, length), length };
}

/** Fields that may differ from one answer to the next that means the same. */
const PASSING = /^(?:date|cache-status|x-cache|server-timing|connection|keep-alive):/;

/** What must be the same each time that a picture is asked for in the same words. */
export function essence({ head, body }: FuzzAnswer): string {
  const lines = head.toLowerCase().split('\r\n');
  return `${lines.filter((line) => !PASSING.test(line)).sort()}\n${body}`;
}

/** A connection whose answers are read one after the other. */
export class FuzzConnection {
  readonly #socket: Socket;
  #text = '';
  #ended = false;
  #wake = (): void => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1').setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', (chunk: string) => {
      this.#text += chunk;
      this.#wake();
    });
    socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  static async open(port: number): Promise<FuzzConnection> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: false });
    const connection = new FuzzConnection(socket);
    await once(socket, 'connect');
    return connection;
  }

  get usable(): boolean {
    return !this.#ended && this.#socket.writable;
  }

  send(bytes: string): void {
    this.#socket.write(bytes, 'latin1');
  }

  /** Sends the last bytes: that none follow is told by closing. */
  end(bytes: string): void {
    this.#socket.end(bytes, 'latin1');
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** The next answer; `closed` where the connection ends before it, `silent` where neither comes. */
  async next(isHead: boolean): Promise<FuzzAnswer | 'closed' | 'silent'> {
    const deadline = setTimeout(() => this.#wake(), PATIENCE);
    const started = performance.now();
    try {
      for (;;) {
        const answer = answerIn(this.#text, isHead);
        if (answer) {
          this.#text = this.#text.slice(answer.length);
          return answer;
        }
        if (this.#ended) return 'closed';
        if (performance.now() - started >= PATIENCE) return 'silent';
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(deadline);
    }
  }
}
