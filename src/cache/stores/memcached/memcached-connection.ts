import { connect, type Socket } from 'node:net';
import { Backoff } from '../../../backoff.ts';
import { NO_BOUND } from '../../store.ts';
import { unreferencedTimer, within } from '../../time-limit.ts';
import { Replies, type Reply } from './replies.ts';

interface Pending {
  readonly maxBody: number;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/** Pauses between attempts to connect; ms. */
const RECONNECT = { first: 100, longest: 1000 } as const;

/** How long connecting, or waiting for any answer, may take before the connection is replaced; ms. */
const silenceLimit = (timeout: number): number => Math.max(timeout * 4, 1000);

/** One connection that reconnects by itself; answers arrive in the order of the requests. */
export class MemcachedConnection {
  readonly #host: string;
  readonly #port: number;
  readonly #timeout: number;
  readonly #listeners: ((up: boolean, error?: Error) => void)[] = [];
  readonly #backoff = new Backoff(RECONNECT);
  #socket: Socket | undefined;
  #up = false;
  #pending: Pending[] = [];
  #cancelReconnect = (): void => {};
  #cancelSilence = (): void => {};
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

  /** Resolves when the first attempt has succeeded or failed. */
  connect(): Promise<void> {
    return new Promise((resolve) => this.#open(resolve));
  }

  /**
   * Sends one request.
   * @param maxBody most bytes that the answer's value may have; a longer one is not kept
   * @throws Error (as a rejection) without a connection, or without an answer in time
   */
  send(parts: readonly (string | Buffer)[], maxBody: number = NO_BOUND): Promise<Reply> {
    const socket = this.#socket;
    if (!socket || !this.#up) return Promise.reject(new Error('not connected'));
    const reply = new Promise<Reply>((resolve, reject) => this.#pending.push({ maxBody, resolve, reject }));
    socket.cork();
    for (const part of parts) socket.write(part);
    socket.uncork();
    if (this.#pending.length === 1) this.#awaitSign(socket);
    return within(reply, this.#timeout, () => new Error('timed out'), unreferencedTimer);
  }

  close(): void {
    this.#closed = true;
    this.#cancelReconnect();
    this.#socket?.destroy();
  }

  #open(ended: () => void): void {
    if (this.#closed) {
      ended();
      return;
    }
    const replies = new Replies(() => this.#pending[0]?.maxBody ?? NO_BOUND);
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    this.#socket = socket;
    this.#awaitSign(socket);
    let reason: Error | undefined;
    socket.once('connect', () => {
      this.#cancelSilence();
      this.#up = true;
      this.#backoff.reset();
      ended();
      for (const listener of this.#listeners) listener(true);
    });
    socket.on('data', (piece: Buffer) => {
      this.#cancelSilence();
      try {
        replies.add(piece, (reply) => this.#pending.shift()?.resolve(reply));
        if (this.#pending.length > 0) this.#awaitSign(socket);
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

  /** Gives up the connection if nothing arrives: it may have been cut silently. */
  #awaitSign(socket: Socket): void {
    this.#cancelSilence();
    const giveUp = (): void => void socket.destroy(new Error('the server is silent'));
    this.#cancelSilence = unreferencedTimer(giveUp, silenceLimit(this.#timeout));
  }

  #lost(reason: Error | undefined): void {
    this.#up = false;
    this.#socket = undefined;
    this.#cancelSilence();
    for (const { reject } of this.#pending.splice(0)) reject(reason ?? new Error('the connection was lost'));
    for (const listener of this.#listeners) listener(false, reason);
    if (!this.#closed)
      this.#cancelReconnect = unreferencedTimer(() => this.#open(() => {}), this.#backoff.next());
  }
}
