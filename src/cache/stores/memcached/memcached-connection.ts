import { connect, type Socket } from 'node:net';
import { unreferencedTimer, within } from '../../time-limit.ts';

/** One answer: its words, and the value where it brings one. */
export interface Reply {
  readonly line: string;
  readonly body: Buffer | undefined;
}

interface Pending {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/** Pause before the first attempt to come back, doubled after each that fails, and its bound; ms. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 1000;
/** Longest line that an answer has, in bytes: more is no memcached's. */
const MAX_LINE = 2048;

/** Cuts what comes from a server into answers, joining pieces only when one is whole. */
class Replies {
  #pieces: Buffer[] = [];
  #held = 0;
  #needed = 1;

  /** @throws Error where this is not the protocol */
  add(piece: Buffer): Reply[] {
    this.#pieces.push(piece);
    this.#held += piece.length;
    const replies: Reply[] = [];
    for (let reply = this.#next(); reply; reply = this.#next()) replies.push(reply);
    return replies;
  }

  #next(): Reply | undefined {
    if (this.#held < this.#needed) return undefined;
    const bytes = this.#pieces.length === 1 ? (this.#pieces[0] as Buffer) : Buffer.concat(this.#pieces);
    this.#pieces = [bytes];
    const end = bytes.indexOf('\r\n');
    if (end < 0 && bytes.length > MAX_LINE) throw new Error('this is not memcached');
    this.#needed = bytes.length + 1;
    if (end < 0) return undefined;
    const line = bytes.toString('latin1', 0, end);
    const [, size] = /^VA (\d{1,9})(?: |$)/.exec(line) ?? [];
    const whole = end + 2 + (size === undefined ? 0 : Number(size) + 2);
    this.#needed = whole;
    if (bytes.length < whole) return undefined;
    this.#pieces = [bytes.subarray(whole)];
    this.#held = bytes.length - whole;
    this.#needed = 1;
    return { line, body: size === undefined ? undefined : bytes.subarray(end + 2, whole - 2) };
  }
}

/** One connection that comes back by itself; answers come in the order of the requests. */
export class MemcachedConnection {
  readonly #host: string;
  readonly #port: number;
  readonly #timeout: number;
  readonly #listeners: ((up: boolean, error?: Error) => void)[] = [];
  #socket: Socket | undefined;
  #up = false;
  #pending: Pending[] = [];
  #pause = FIRST_PAUSE;
  #cancel = (): void => {};
  #closed = false;

  /** @param timeout bound on one request, in ms */
  constructor(host: string, port: number, timeout: number) {
    this.#host = host;
    this.#port = port;
    this.#timeout = timeout;
  }

  onConnection(listener: (up: boolean, error?: Error) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves when the first attempt has come to an end, either way. */
  connect(): Promise<void> {
    return new Promise((resolve) => this.#open(resolve));
  }

  /** Sends one request. @throws Error (as a rejection) without a connection, or without an answer in time */
  send(...parts: (string | Buffer)[]): Promise<Reply> {
    const socket = this.#socket;
    if (!socket || !this.#up) return Promise.reject(new Error('not connected'));
    const reply = new Promise<Reply>((resolve, reject) => this.#pending.push({ resolve, reject }));
    socket.cork();
    for (const part of parts) socket.write(part);
    socket.uncork();
    return within(reply, this.#timeout, () => new Error('timed out'), unreferencedTimer);
  }

  /** Gives the connection up and makes another: it may have been cut without a word. */
  renew(): void {
    this.#socket?.destroy();
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
    this.#socket?.destroy();
  }

  #open(ended: () => void): void {
    if (this.#closed) {
      ended();
      return;
    }
    const replies = new Replies();
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    this.#socket = socket;
    let reason: Error | undefined;
    socket.once('connect', () => {
      this.#up = true;
      this.#pause = FIRST_PAUSE;
      ended();
      for (const listener of this.#listeners) listener(true);
    });
    socket.on('data', (piece: Buffer) => {
      try {
        for (const reply of replies.add(piece)) this.#pending.shift()?.resolve(reply);
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.on('error', (error) => {
      reason = error;
    });
    socket.once('close', () => {
      this.#lost(reason);
      ended();
    });
  }

  #lost(reason: Error | undefined): void {
    this.#up = false;
    this.#socket = undefined;
    for (const { reject } of this.#pending.splice(0)) reject(reason ?? new Error('the connection was lost'));
    for (const listener of this.#listeners) listener(false, reason);
    this.#cancel = unreferencedTimer(() => this.#open(() => {}), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    if (this.#closed) this.#cancel();
  }
}
