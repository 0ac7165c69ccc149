import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { MAX_REQUEST } from './hit-grammar.ts';
import { LaneAnswers, type LaneOptions } from './lane-answers.ts';
import type { Lifecycle } from './ops.ts';
import { takeBytes } from './socket-bytes.ts';
import { type KeepAlive, sendMessage, type WireMessage } from './wire-message.ts';

/** Who takes over connections: the server's own listener, with its parser. */
interface Parser {
  readonly server: Server;
  readonly listen: (this: Server, socket: Socket) => void;
  readonly keepAlive: KeepAlive;
}

/** How often idle connections are looked for, in ms. */
const SWEEP = 1000;

/** A connection that waits, and since which sweep. */
interface Waiting {
  readonly server: Server;
  /** Whether it has brought no request yet. */
  isNew: boolean;
  /** Bytes that it had been sent by then. */
  sent: number;
  since: number;
}

/** What Node says of a request that does not arrive. */
class RequestTimeoutError extends Error {
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT';
}

/**
 * Answers requests for pictures ahead of the HTTP parser. The bytes of a request decide its answer: a whole, strictly
 * well-formed one that is a hit in memory costs a look-up and a write, one that is not is waited for. The lane recognises
 * and never parses: a connection that brings anything else, or gets an error, goes with those bytes to the server's own
 * listener and does not come back.
 */
export class FastLane {
  readonly #answers: LaneAnswers;
  readonly #lifecycle: Lifecycle;
  /** Connections that wait for a request. */
  readonly #held = new Map<Socket, Waiting>();
  #sweeper: NodeJS.Timeout | undefined;
  /** Sweeps so far: a clock that costs nothing to read. */
  #sweeps = 0;

  constructor(options: LaneOptions) {
    this.#answers = new LaneAnswers(options);
    this.#lifecycle = options.lifecycle;
  }

  /** Goes before a server's own listener for connections. */
  attach(server: Server): void {
    const [listen] = server.listeners('connection') as [Parser['listen']];
    server.removeListener('connection', listen);
    const keepAlive = (): number | undefined => (this.#isDraining ? undefined : server.keepAliveTimeout);
    server.on('connection', (socket: Socket) => {
      if (this.#isDraining) listen.call(server, socket);
      else this.#hold(socket, { server, listen, keepAlive });
    });
    this.#sweeper ??= setInterval(() => this.#sweep(), SWEEP).unref();
  }

  /** Ends the connections that wait for a request, as soon as they have what was sent to them. */
  close(): void {
    clearInterval(this.#sweeper);
    for (const socket of this.#held.keys()) socket.destroySoon();
  }

  get #isDraining(): boolean {
    return this.#lifecycle.phase === 'draining';
  }

  /** Ends connections that have waited for longer than the server lets them: one timer for all of them. */
  #sweep(): void {
    this.#sweeps += 1;
    for (const [socket, waiting] of this.#held) {
      const { server, isNew, sent } = waiting;
      if (socket.bytesWritten !== sent) {
        waiting.sent = socket.bytesWritten;
        waiting.since = this.#sweeps;
      }
      const limit = isNew ? server.requestTimeout : server.keepAliveTimeout;
      if ((this.#sweeps - waiting.since) * SWEEP <= limit) continue;
      if (isNew) server.emit('clientError', new RequestTimeoutError(), socket);
      else socket.destroy();
    }
  }

  /** Has a new connection wait for requests in the lane. */
  #hold(socket: Socket, parser: Parser): void {
    const { server, keepAlive } = parser;
    const waiting = { server, isNew: true, sent: 0, since: this.#sweeps };
    const listeners = {
      // What was asked for has been written: half a connection is of no more use.
      end: (): void => void socket.end(),
      error: (): void => void socket.destroy(),
      close: (): void => void this.#held.delete(socket),
    } as const;
    const handOver = (request: string): void => {
      leave();
      for (const [event, listener] of Object.entries(listeners)) socket.removeListener(event, listener);
      giveToParser(socket, request, parser);
    };
    const leave = takeBytes(socket, (bytes) => {
      waiting.isNew = false;
      waiting.since = this.#sweeps;
      const answer = this.#answer(bytes, keepAlive);
      if (answer && !(answer instanceof Promise)) {
        send(socket, answer);
        return;
      }
      this.#held.delete(socket);
      socket.pause();
      // As text: a small buffer would keep the whole of Node's pool that it is cut from.
      const request = bytes.toString('latin1');
      if (!answer) handOver(request);
      else
        void answer.then((message) => {
          if (socket.destroyed) return;
          if (message) this.#goOn(socket, waiting, message);
          else handOver(request);
        });
    });
    this.#held.set(socket, waiting);
    for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  }

  /** The answer to bytes, or the promise of one; undefined where they are the parser's. */
  #answer(chunk: Buffer, keepAlive: KeepAlive): WireMessage | Promise<WireMessage | undefined> | undefined {
    if (chunk.length > MAX_REQUEST || this.#isDraining) return undefined;
    return this.#answers.to(chunk, keepAlive);
  }

  /** Sends a paused connection the answer that it has waited for. */
  #goOn(socket: Socket, waiting: Waiting, message: WireMessage): void {
    if (this.#isDraining) {
      sendMessage(socket, message);
      socket.destroySoon();
      return;
    }
    waiting.since = this.#sweeps;
    this.#held.set(socket, waiting);
    socket.resume();
    send(socket, message);
  }
}

/** Sends an answer; who does not read is not read from. */
function send(socket: Socket, message: WireMessage): void {
  if (sendMessage(socket, message)) return;
  socket.pause();
  socket.once('drain', () => socket.resume());
}

/** Gives a paused connection to the parser, which gets these bytes before any that follow. */
function giveToParser(socket: Socket, bytes: string, { server, listen }: Parser): void {
  socket.unshift(bytes, 'latin1');
  listen.call(server, socket);
  socket.resume();
}
