import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How often idle connections are looked for, in ms. */
const SWEEP = 1000;

/** What Node says of a request that does not arrive. */
class RequestTimeoutError extends Error {
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT';
}

/** A connection that waits for a request. */
export class IdleConnection {
  readonly socket: Socket;
  readonly server: Server;
  /** Whether it has brought no request yet. */
  isNew = true;
  /** The sweep since which it waits. */
  since = 0;
  /** Bytes that it had been sent by then. */
  sent = 0;

  constructor(socket: Socket, server: Server) {
    this.socket = socket;
    this.server = server;
  }
}

/** Ends connections that wait for longer than their server lets them: one timer for all, where Node has one for each. */
export class IdleConnections<T extends IdleConnection> {
  readonly #waiting = new Set<T>();
  #sweeper: NodeJS.Timeout | undefined;
  /** Sweeps so far: a clock that costs nothing to read. */
  #sweeps = 0;

  [Symbol.iterator](): Iterator<T> {
    return this.#waiting.values();
  }

  start(): void {
    this.#sweeper ??= setInterval(() => this.#sweep(), SWEEP).unref();
  }

  stop(): void {
    clearInterval(this.#sweeper);
  }

  /** It waits from now on. */
  add(connection: T): void {
    this.touch(connection);
    this.#waiting.add(connection);
  }

  /** It has brought something. */
  touch(connection: T): void {
    connection.since = this.#sweeps;
  }

  delete(connection: T): void {
    this.#waiting.delete(connection);
  }

  #sweep(): void {
    this.#sweeps += 1;
    for (const connection of this.#waiting) {
      const { socket, server, isNew } = connection;
      // Who is still taking what it was sent is not idle.
      if (socket.bytesWritten !== connection.sent) {
        connection.sent = socket.bytesWritten;
        connection.since = this.#sweeps;
      }
      const limit = isNew ? server.requestTimeout : server.keepAliveTimeout;
      if ((this.#sweeps - connection.since) * SWEEP <= limit) continue;
      if (isNew) server.emit('clientError', new RequestTimeoutError(), socket);
      else socket.destroy();
    }
  }
}
