import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long connections may be idle; ms. */
export interface ConnectionLimits {
  /** How often connections are checked. */
  readonly interval: number;
  /** How long a peer may accept no data: as long as nginx' `send_timeout`. */
  readonly stall: number;
}

const LIMITS: ConnectionLimits = { interval: 1000, stall: 60_000 };

/** Node's error for a request that does not arrive. */
class RequestTimeoutError extends Error {
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT';
}

/** A parsed request and its response. */
export type Exchange = readonly [request: IncomingMessage, response: ServerResponse];

/** An open connection. */
export class Connection {
  readonly socket: Socket;
  readonly server: Server;
  /**
   * Which timeout ends it when idle: ours for the first request, the next one or the last answer, or those of Node's
   * parser. None while it waits for a picture.
   */
  waitsFor: 'first' | 'next' | 'picture' | 'parser' | 'end' = 'parser';
  /** The check since which nothing has moved. */
  since = 0;
  /** The last parsed exchange. */
  last: Exchange | undefined;
  /** Whether a request is being answered, and the requests waiting for their turn. */
  isAnswering = false;
  readonly queue: Exchange[] = [];
  #taken = 0;
  #isSending = false;

  constructor(socket: Socket, server: Server) {
    this.socket = socket;
    this.server = server;
  }

  /** For how many checks nothing has moved. While data is being sent, only bytes accepted by the peer count. */
  idleAt(look: number): number {
    const { bytesWritten, writableLength } = this.socket;
    const isSending = writableLength > 0;
    const taken = bytesWritten - writableLength;
    if (isSending !== this.#isSending || (isSending && taken !== this.#taken)) this.since = look;
    this.#isSending = isSending;
    this.#taken = taken;
    return look - this.since;
  }
}

/**
 * All connections of a server, with one timer for all their idle limits. A peer that stops reading its answer is cut
 * off, whatever code writes it: it would keep a picture in memory forever.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #open = new Map<Socket, Connection>();
  #timer: NodeJS.Timeout | undefined;
  /** Number of checks so far: a clock that costs nothing to read. */
  #looks = 0;

  constructor(limits: ConnectionLimits = LIMITS) {
    this.#limits = limits;
  }

  [Symbol.iterator](): Iterator<Connection> {
    return this.#open.values();
  }

  /** @returns undefined if it was not added, or is closed */
  of(socket: Socket): Connection | undefined {
    return this.#open.get(socket);
  }

  add(connection: Connection): void {
    const { socket } = connection;
    this.#timer ??= setInterval(() => this.#look(), this.#limits.interval).unref();
    this.touch(connection);
    this.#open.set(socket, connection);
    socket.once('close', () => this.#open.delete(socket));
  }

  /** The connection has received data. */
  touch(connection: Connection): void {
    connection.since = this.#looks;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const { interval, stall } = this.#limits;
    this.#looks += 1;
    for (const connection of this.#open.values()) {
      const { socket, server, waitsFor } = connection;
      const idle = connection.idleAt(this.#looks) * interval;
      if (socket.writableLength > 0) {
        // Otherwise the system would keep unsent data for minutes for a peer that does not read.
        if (idle > stall) socket.resetAndDestroy();
      } else if (waitsFor === 'first' && idle > server.requestTimeout) {
        server.emit('clientError', new RequestTimeoutError(), socket);
      } else if (waitsFor === 'next' && idle > server.keepAliveTimeout) {
        socket.destroy();
      } else if (waitsFor === 'end' && idle > stall) {
        socket.destroy();
      }
    }
  }
}
