import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Connection, type Connections } from './connections.ts';
import { MAX_REQUEST } from './hit-grammar.ts';
import { LaneAnswers, type LaneOptions } from './lane-answers.ts';
import { LaneTurn } from './lane-turn.ts';
import type { Lifecycle } from './protocol/lifecycle.ts';
import { type KeepAlive, sendMessage, type WireMessage } from './wire-message.ts';

/** Who takes over connections: the server's own listener, with its parser. */
interface Parser {
  readonly server: Server;
  readonly listen: (this: Server, socket: Socket) => void;
  readonly keepAlive: KeepAlive;
}

/** A connection in the lane, or one that was there. */
class LaneConnection extends Connection {
  readonly parser: Parser;
  /** What it is sent at the end of the turn. */
  message: WireMessage | undefined;
  /** What it has brought that is answered after the hits of the turn; as latin1. */
  request = '';
  /** Whether the peer still has to take its last answer, and whether that is the last of all. */
  isSending = false;
  isLast = false;
  /** Leaves what comes from then on to others. */
  leave = (): void => {};

  constructor(socket: Socket, parser: Parser) {
    super(socket, parser.server);
    this.parser = parser;
  }
}

/**
 * Answers requests for pictures ahead of the HTTP parser. The bytes of a request decide its answer: a whole, strictly
 * well-formed one that is a hit in memory costs a look-up and a write, one that is not is waited for. The lane recognises
 * and never parses: a connection that brings anything else, or gets an error, goes with those bytes to the server's own
 * listener and does not come back.
 *
 * All that a turn of the event loop brings is read before any of it is answered, and hits come first: clients are woken
 * less often, and no hit waits for those who ask for something new.
 */
export class FastLane {
  readonly #answers: LaneAnswers;
  readonly #lifecycle: Lifecycle;
  #connections: Iterable<Connection> = [];
  readonly #turn = new LaneTurn<LaneConnection>({
    quick: (connection) => this.#sendHit(connection),
    slow: (connection) => this.#answer(connection),
    wait: ({ socket }) => void socket.pause(),
  });

  constructor(options: LaneOptions) {
    this.#answers = new LaneAnswers(options);
    this.#lifecycle = options.lifecycle;
  }

  /** Goes before a server's own listener for connections. */
  attach(server: Server, connections: Connections): void {
    this.#connections = connections;
    const [listen] = server.listeners('connection') as [Parser['listen']];
    server.removeListener('connection', listen);
    const keepAlive = (): number | undefined => (this.#isDraining ? undefined : server.keepAliveTimeout);
    const parser = { server, listen, keepAlive };
    server.on('connection', (socket: Socket) => {
      const connection = new LaneConnection(socket, parser);
      connections.add(connection);
      if (this.#isDraining) listen.call(server, socket);
      else this.#hold(connection, () => connections.touch(connection));
    });
  }

  /** Ends the connections that wait for a request, as soon as they have what was sent to them. */
  close(): void {
    this.#turn.finish();
    for (const connection of this.#connections) {
      if (!(connection instanceof LaneConnection)) continue;
      const { waitsFor, isSending } = connection;
      if (waitsFor !== 'first' && waitsFor !== 'next') continue;
      connection.isLast = true;
      if (!isSending) settle(connection);
    }
  }

  get #isDraining(): boolean {
    return this.#lifecycle.phase === 'draining';
  }

  /** Has a new connection wait for requests in the lane. @param touch called when it brings something */
  #hold(connection: LaneConnection, touch: () => void): void {
    const { socket } = connection;
    const listeners = {
      data: (bytes: Buffer): void => {
        touch();
        this.#take(connection, bytes);
      },
      end: (): void => endUnlessAsked(connection),
      error: (): void => void socket.destroy(),
    } as const;
    connection.leave = () => {
      for (const [event, listener] of Object.entries(listeners)) socket.removeListener(event, listener);
    };
    connection.waitsFor = 'first';
    for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  }

  /** Notes what a connection has brought for the end of the turn. */
  #take(connection: LaneConnection, bytes: Buffer): void {
    connection.waitsFor = 'next';
    this.#sendHit(connection);
    const isFirst = connection.request === '';
    if (isFirst && !this.#isDraining && bytes.length <= MAX_REQUEST)
      connection.message = this.#answers.known(bytes, connection.parser.keepAlive);
    if (connection.message) {
      this.#turn.addQuick(connection);
      return;
    }
    // Two pieces in one turn are nothing that is recognised: the parser gets both.
    connection.request += bytes.toString('latin1');
    if (isFirst) this.#turn.addSlow(connection);
  }

  #sendHit(connection: LaneConnection): void {
    const { message } = connection;
    connection.message = undefined;
    if (message) send(connection, message);
  }

  /** Answers what is no hit that was seen before, or leaves it to the parser. */
  #answer(connection: LaneConnection): void {
    const { socket, request, parser } = connection;
    connection.request = '';
    if (socket.destroyed) return;
    const isOurs = !this.#isDraining && request.length <= MAX_REQUEST;
    const answer = isOurs ? this.#answers.to(request, parser.keepAlive) : undefined;
    if (answer && !(answer instanceof Promise)) {
      send(connection, answer);
      return;
    }
    connection.waitsFor = 'picture';
    socket.pause();
    if (answer) void answer.then((message) => this.#goOn(connection, request, message));
    else giveToParser(connection, request);
  }

  /** Sends a paused connection the answer that it has waited for; without one the parser gets its request. */
  #goOn(connection: LaneConnection, request: string, message: WireMessage | undefined): void {
    if (connection.socket.destroyed) return;
    if (message) {
      connection.waitsFor = 'next';
      connection.isLast = this.#isDraining;
      send(connection, message);
    } else {
      giveToParser(connection, request);
    }
  }
}

/** Half a connection is of no more use when it has what it asked for. */
function endUnlessAsked({ socket, message, request, isSending, waitsFor }: LaneConnection): void {
  if (!message && request === '' && !isSending && waitsFor !== 'picture') socket.end();
}

/** Sends an answer; who does not take it is not read from. */
function send(connection: LaneConnection, message: WireMessage): void {
  const { socket } = connection;
  if (socket.destroyed) return;
  connection.isSending = !sendMessage(socket, message, () => {
    connection.isSending = false;
    settle(connection);
  });
  if (connection.isSending) socket.pause();
  else settle(connection);
}

/** Goes on with a connection that has taken its answer; who has ended its half gets nothing more. */
function settle({ socket, isLast }: LaneConnection): void {
  if (isLast) return void socket.destroySoon();
  if (socket.isPaused()) socket.resume();
  if (socket.readableEnded) socket.end();
}

/** Gives a paused connection to the parser, which gets what it has brought before anything that follows. */
function giveToParser(connection: LaneConnection, request: string): void {
  const { socket, parser, leave } = connection;
  // Nothing can be put before an end that was read; the parser itself would answer no one who has ended first.
  if (socket.readableEnded) return void socket.destroySoon();
  connection.waitsFor = 'parser';
  leave();
  // As text until here: a small buffer would keep the whole of Node's pool that it is cut from.
  socket.unshift(request, 'latin1');
  parser.listen.call(parser.server, socket);
  socket.resume();
}
