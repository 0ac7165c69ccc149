import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Lifecycle } from '../protocol/lifecycle.ts';
import type { Connection, Connections } from './connections.ts';
import { MAX_REQUEST } from './hit-grammar.ts';
import { LaneAnswers, type LaneOptions } from './lane-answers.ts';
import { LaneConnection, type Parser } from './lane-connection.ts';
import { LaneTurn } from './lane-turn.ts';
import type { WireMessage } from './wire-message.ts';

/**
 * Answers picture requests before the HTTP parser sees them. The bytes of a request decide its answer. A complete,
 * strictly well-formed request that is a hit in memory costs one look-up and one write; for others the connection
 * waits. The lane recognises requests and never parses: a connection that sends anything else, or gets an error, goes
 * with those bytes to the server's own listener and does not come back.
 *
 * Everything that arrives in one turn of the event loop is read before any of it is answered, and hits come first. So
 * clients wake up less often, and no hit waits for a new picture.
 */
export class FastLane {
  readonly #answers: LaneAnswers;
  readonly #lifecycle: Lifecycle;
  #connections: Iterable<Connection> = [];
  readonly #turn = new LaneTurn<LaneConnection>({
    quick: (connection) => this.#sendHit(connection),
    slow: (connection) => this.#answer(connection),
    wait: (connection) => connection.pause(),
  });

  constructor(options: LaneOptions) {
    this.#answers = new LaneAnswers(options);
    this.#lifecycle = options.lifecycle;
  }

  /** Takes connections before the server's own listener. */
  attach(server: Server, connections: Connections): void {
    this.#connections = connections;
    const [listen] = server.listeners('connection') as [Parser['listen']];
    server.removeListener('connection', listen);
    const keepAlive = (): number | undefined => (this.#isDraining ? undefined : server.keepAliveTimeout);
    const parser = { server, connections, listen, keepAlive };
    server.on('connection', (socket: Socket) => {
      const connection = new LaneConnection(socket, parser);
      connections.add(connection);
      if (this.#isDraining) listen.call(server, socket);
      else this.#hold(connection);
    });
  }

  /** Ends idle connections, as soon as they have received what was sent to them. */
  close(): void {
    this.#turn.finish();
    for (const connection of this.#connections) {
      if (!(connection instanceof LaneConnection)) continue;
      const { waitsFor, isSending } = connection;
      if (waitsFor !== 'first' && waitsFor !== 'next') continue;
      connection.isLast = true;
      if (!isSending) connection.goOn();
    }
  }

  get #isDraining(): boolean {
    return this.#lifecycle.phase === 'draining';
  }

  /** Lets a new connection wait for requests in the lane. */
  #hold(connection: LaneConnection): void {
    const { socket } = connection;
    const listeners = {
      data: (bytes: Buffer): void => this.#take(connection, bytes),
      end: (): void => connection.end(),
      error: (): void => void socket.destroy(),
    } as const;
    connection.leave = () => {
      for (const [event, listener] of Object.entries(listeners)) socket.removeListener(event, listener);
    };
    connection.waitsFor = 'first';
    for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  }

  /** Keeps a connection's data for the end of the turn. */
  #take(connection: LaneConnection, bytes: Buffer): void {
    if (connection.waitsFor === 'picture') {
      connection.putBack(bytes);
      return;
    }
    connection.waitsFor = 'next';
    connection.parser.connections.touch(connection);
    this.#sendHit(connection);
    const isFirst = connection.request === '';
    if (isFirst && !this.#isDraining && bytes.length <= MAX_REQUEST)
      connection.message = this.#answers.known(bytes, connection.parser.keepAlive);
    if (connection.message) {
      this.#turn.addQuick(connection);
      return;
    }
    // Two pieces in one turn are never recognised: the parser gets both.
    connection.request += bytes.toString('latin1');
    if (isFirst) this.#turn.addSlow(connection);
  }

  #sendHit(connection: LaneConnection): void {
    const { message } = connection;
    connection.message = undefined;
    if (message) connection.send(message);
  }

  /** Answers a request that is not a known hit, or leaves it to the parser. */
  #answer(connection: LaneConnection): void {
    const { socket, request, parser } = connection;
    connection.request = '';
    if (socket.destroyed) return;
    const isOurs = !this.#isDraining && request.length <= MAX_REQUEST;
    const answer = isOurs
      ? this.#answers.to(request, parser.keepAlive, () => connection.isThere())
      : undefined;
    if (answer && !(answer instanceof Promise)) {
      connection.send(answer);
      return;
    }
    connection.pause();
    connection.waitsFor = 'picture';
    if (answer) void answer.then((message) => this.#goOn(connection, request, message));
    else connection.giveToParser(request);
  }

  /** Sends a paused connection the answer it waited for; without one the parser gets its request. */
  #goOn(connection: LaneConnection, request: string, message: WireMessage | undefined): void {
    if (connection.socket.destroyed) return;
    if (message) {
      connection.waitsFor = 'next';
      connection.isLast = this.#isDraining;
      connection.send(message);
    } else {
      connection.giveToParser(request);
    }
  }
}
