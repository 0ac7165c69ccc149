import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Connection, type Connections } from './connections.ts';
import { type KeepAlive, sendMessage, type WireMessage } from './wire-message.ts';

/** Takes over connections: the server's own listener, with its parser. */
export interface Parser {
  readonly server: Server;
  readonly connections: Connections;
  readonly listen: (this: Server, socket: Socket) => void;
  readonly keepAlive: KeepAlive;
}

/** A connection that is or was in the lane. */
export class LaneConnection extends Connection {
  readonly parser: Parser;
  /** The message to send at the end of the turn. */
  message: WireMessage | undefined;
  /** Received bytes, to be answered after the hits of the turn; as latin1. */
  request = '';
  /** Whether the peer has yet to accept its last answer, and whether no other will follow. */
  isSending = false;
  isLast = false;
  /** Whether reading is paused, and whether the peer has ended its half. */
  #isPaused = false;
  #hasEnded = false;
  /** Leaves all further data to others. */
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
   * Whether its client still waits for a picture. The end of a connection is only seen while it is read, so reading
   * resumes; an end counts as leaving, if there is a queue.
   */
  isThere(): boolean {
    const { socket } = this;
    if (this.waitsFor === 'picture' && socket.isPaused()) socket.resume();
    return !socket.destroyed && !this.#hasEnded;
  }

  /** Keeps data that arrived during the wait for a picture for later. */
  putBack(bytes: Buffer): void {
    this.pause();
    this.socket.unshift(bytes);
  }

  /** The peer has ended its half: ours is no longer needed once it has its answers. */
  end(): void {
    this.#hasEnded = true;
    if (!this.message && this.request === '' && !this.isSending && this.waitsFor !== 'picture')
      this.socket.end();
  }

  /** Sends an answer; a peer that does not accept it is not read from. */
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

  /** Continues when the peer has accepted its answer; a peer that has ended its half gets nothing more. */
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

  /** Moves to the parser, which gets the received data before anything that follows. */
  giveToParser(request: string): void {
    const { socket, parser } = this;
    this.pause();
    if (this.#hasEnded) {
      // No data can be put back before an end that was already read.
      socket.destroySoon();
      return;
    }
    this.waitsFor = 'parser';
    this.leave();
    // It was kept as text, because a small buffer would keep alive the whole pool that Node cut it from.
    socket.unshift(request, 'latin1');
    parser.listen.call(parser.server, socket);
    socket.resume();
  }
}
