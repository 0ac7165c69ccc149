import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long connections may do nothing; ms. */
export interface ConnectionLimits {
  /** How often connections are looked at. */
  readonly interval: number;
  /** How long a peer may take none of what it is sent: as long as nginx' `send_timeout`. */
  readonly stall: number;
}

const LIMITS: ConnectionLimits = { interval: 1000, stall: 60_000 };

/** What Node says of a request that does not arrive. */
class RequestTimeoutError extends Error {
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT';
}

/** A request that the parser has read, and its response. */
export type Exchange = readonly [request: IncomingMessage, response: ServerResponse];

/** An open connection. */
export class Connection {
  readonly socket: Socket;
  readonly server: Server;
  /**
   * Whose timeouts end it where it is idle: ours for the first request, the next one or the last answer, or those of
   * Node's parser. None while it waits for a picture.
   */
  waitsFor: 'first' | 'next' | 'picture' | 'parser' | 'end' = 'parser';
  /** The look since which nothing has moved. */
  since = 0;
  /** The last exchange that the parser has read. */
  last: Exchange | undefined;
  /** Whether a request is being answered, and those that wait for their turn. */
  isAnswering = false;
  readonly queue: Exchange[] = [];
  #taken = 0;
  #isSending = false;

  constructor(socket: Socket, server: Server) {
    this.socket = socket;
    this.server = server;
  }

  /** How long nothing has moved, in looks: while it is sent something, what counts is what the peer has taken of it. */
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
 * All connections of a server, and how long each may do nothing: one timer for all. A peer that stops taking its answer is
 * cut off, whoever writes it, for it would keep a picture in memory for ever.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #open = new Map<Socket, Connection>();
  #timer: NodeJS.Timeout | undefined;
  /** Looks so far: a clock that costs nothing to read. */
  #looks = 0;

  constructor(limits: ConnectionLimits = LIMITS) {
    this.#limits = limits;
  }

  [Symbol.iterator](): Iterator<Connection> {
    return this.#open.values();
  }

  /** @returns undefined for one that was not added, or is closed */
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

  /** It has brought something. */
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
        // What the system has taken for a peer that does not read would stay with it for minutes.
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
