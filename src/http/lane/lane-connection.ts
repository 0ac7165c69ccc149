import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Connection, type Connections } from './connections.ts';
import { type KeepAlive, sendMessage, type WireMessage } from './wire-message.ts';

/** Who takes over connections: the server's own listener, with its parser. */
export interface Parser {
  readonly server: Server;
  readonly connections: Connections;
  readonly listen: (this: Server, socket: Socket) => void;
  readonly keepAlive: KeepAlive;
}

/** A connection in the lane, or one that was there. */
export class LaneConnection extends Connection {
  readonly parser: Parser;
  /** What it is sent at the end of the turn. */
  message: WireMessage | undefined;
  /** What it has brought that is answered after the hits of the turn; as latin1. */
  request = '';
  /** Whether the peer still has to take its last answer, and whether that is the last of all. */
  isSending = false;
  isLast = false;
  /** Whether it is not read from, and whether its peer has ended its half. */
  #isPaused = false;
  #hasEnded = false;
  /** Leaves what comes from then on to others. */
  leave = (): void => {};

  constructor(socket: Socket, parser: Parser) {
    super(socket, parser.server);
    this.parser = parser;
  }

  pause(): void {
    this.#isPaused = true;
    this.socket.pause();
  }

  /**
   * Whether its client still waits for a picture: only where it is read from is its end seen, and an end counts as leaving
   * where there is a queue.
   */
  isThere(): boolean {
    const { socket } = this;
    if (this.waitsFor === 'picture' && socket.isPaused()) socket.resume();
    return !socket.destroyed && !this.#hasEnded;
  }

  /** Keeps what has come while it waits for a picture for later. */
  putBack(bytes: Buffer): void {
    this.pause();
    this.socket.unshift(bytes);
  }

  /** Its peer has ended its half: the other one is of no more use when it has what it asked for. */
  end(): void {
    this.#hasEnded = true;
    if (!this.message && this.request === '' && !this.isSending && this.waitsFor !== 'picture')
      this.socket.end();
  }

  /** Sends an answer; who does not take it is not read from. */
  send(message: WireMessage): void {
    const { socket } = this;
    if (socket.destroyed) return;
    if (sendMessage(socket, message, this.#taken)) {
      this.goOn();
    } else {
      this.isSending = true;
      this.pause();
    }
  }

  readonly #taken = (): void => {
    this.isSending = false;
    this.goOn();
  };

  /** Goes on when it has taken its answer; who has ended its half gets nothing more. */
  goOn(): void {
    const { socket } = this;
    if (this.isLast) {
      socket.destroySoon();
      return;
    }
    if (this.#isPaused) {
      this.#isPaused = false;
      socket.resume();
    }
    if (this.#hasEnded) socket.end();
  }

  /** Goes to the parser, which gets what it has brought before anything that follows. */
  giveToParser(request: string): void {
    const { socket, parser } = this;
    this.pause();
    if (this.#hasEnded) {
      // Nothing can be put before an end that was read.
      socket.destroySoon();
      return;
    }
    this.waitsFor = 'parser';
    this.leave();
    // As text until here: a small buffer would keep the whole of Node's pool that it is cut from.
    socket.unshift(request, 'latin1');
    parser.listen.call(parser.server, socket);
    socket.resume();
  }
}
