import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { MAX_REQUEST } from './hit-grammar.ts';
import { IdleConnection, IdleConnections } from './idle-connections.ts';
import { LaneAnswers, type LaneOptions } from './lane-answers.ts';
import { LaneTurn } from './lane-turn.ts';
import type { Lifecycle } from './ops.ts';
import { takeBytes } from './socket-bytes.ts';
import { type KeepAlive, sendMessage, type WireMessage } from './wire-message.ts';

/** Who takes over connections: the server's own listener, with its parser. */
interface Parser {
  readonly server: Server;
  readonly listen: (this: Server, socket: Socket) => void;
  readonly keepAlive: KeepAlive;
}

/** A connection in the lane. */
class Held extends IdleConnection {
  readonly parser: Parser;
  /** What it is sent at the end of the turn. */
  message: WireMessage | undefined;
  /** What it has brought that is answered after the hits of the turn; as latin1. */
  request = '';
  /** Whether it waits for a picture. It is read from meanwhile, so that it shows when its client goes. */
  isWaiting = false;
  /** Leaves what comes from then on to the socket's stream. */
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
  readonly #idle = new IdleConnections<Held>();
  readonly #turn = new LaneTurn<Held>({
    quick: (held) => this.#sendHit(held),
    slow: (held) => this.#answer(held),
    wait: ({ socket }) => void socket.pause(),
  });

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
      else this.#hold(new Held(socket, { server, listen, keepAlive }));
    });
    this.#idle.start();
  }

  /** Ends the connections that wait for a request, as soon as they have what was sent to them. */
  close(): void {
    this.#idle.stop();
    this.#turn.finish();
    for (const { socket } of this.#idle) socket.destroySoon();
  }

  get #isDraining(): boolean {
    return this.#lifecycle.phase === 'draining';
  }

  /** Has a new connection wait for requests in the lane. */
  #hold(held: Held): void {
    const { socket } = held;
    const listeners = {
      end: (): void => endUnlessAsked(held),
      error: (): void => void socket.destroy(),
      close: (): void => this.#idle.delete(held),
    } as const;
    const stopTaking = takeBytes(socket, (bytes) => this.#take(held, bytes));
    held.leave = () => {
      stopTaking();
      for (const [event, listener] of Object.entries(listeners)) socket.removeListener(event, listener);
    };
    this.#idle.add(held);
    for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  }

  /** Notes what a connection has brought for the end of the turn. */
  #take(held: Held, bytes: Buffer): void {
    if (held.isWaiting) {
      held.request += bytes.toString('latin1');
      if (held.request.length > MAX_REQUEST) held.socket.pause();
      return;
    }
    held.isNew = false;
    this.#idle.touch(held);
    this.#sendHit(held);
    const isFirst = held.request === '';
    if (isFirst && !this.#isDraining && bytes.length <= MAX_REQUEST)
      held.message = this.#answers.known(bytes, held.parser.keepAlive);
    if (held.message) {
      this.#turn.addQuick(held);
      return;
    }
    // Two pieces in one turn are nothing that is recognised: the parser gets both.
    held.request += bytes.toString('latin1');
    if (isFirst) this.#turn.addSlow(held);
  }

  #sendHit(held: Held): void {
    const { message } = held;
    held.message = undefined;
    if (message) send(held.socket, message);
  }

  /** Answers what is no hit that was seen before, or leaves it to the parser. */
  #answer(held: Held): void {
    const { socket, request, parser } = held;
    held.request = '';
    if (socket.destroyed) return;
    const isOurs = !this.#isDraining && request.length <= MAX_REQUEST;
    const isThere = (): boolean => !socket.destroyed && !socket.readableEnded;
    const answer = isOurs ? this.#answers.to(request, parser.keepAlive, isThere) : undefined;
    if (answer && !(answer instanceof Promise)) {
      if (socket.isPaused()) socket.resume();
      send(socket, answer);
      return;
    }
    this.#idle.delete(held);
    if (answer) {
      held.isWaiting = true;
      if (socket.isPaused()) socket.resume();
      void answer.then((message) => this.#goOn(held, request, message));
    } else {
      socket.pause();
      giveToParser(held, request);
    }
  }

  /** Sends a connection the answer that it has waited for; without one the parser gets its request. */
  #goOn(held: Held, request: string, message: WireMessage | undefined): void {
    const { socket } = held;
    held.isWaiting = false;
    if (socket.destroyed) return;
    if (!message) {
      socket.pause();
      giveToParser(held, request + held.request);
    } else if (this.#isDraining) {
      sendMessage(socket, message);
      socket.destroySoon();
    } else {
      this.#idle.add(held);
      if (socket.isPaused()) socket.resume();
      send(socket, message);
      if (held.request !== '') this.#turn.addSlow(held);
    }
  }
}

/** Half a connection is of no more use when it has what it asked for. */
function endUnlessAsked({ socket, message, request, isWaiting }: Held): void {
  if (!message && request === '' && !isWaiting) socket.end();
}

/** Sends an answer; who does not read is not read from, and who has ended its half gets nothing more. */
function send(socket: Socket, message: WireMessage): void {
  if (socket.destroyed) return;
  if (!sendMessage(socket, message)) {
    socket.pause();
    socket.once('drain', () => socket.resume());
  }
  if (socket.readableEnded) socket.end();
}

/** Gives a paused connection to the parser, which gets what it has brought before anything that follows. */
function giveToParser({ socket, parser, leave }: Held, request: string): void {
  // Nothing can be put before an end that was read; the parser itself would answer no one who has ended first.
  if (socket.readableEnded) return void socket.destroySoon();
  leave();
  // As text until here: a small buffer would keep the whole of Node's pool that it is cut from.
  socket.unshift(request, 'latin1');
  parser.listen.call(parser.server, socket);
  socket.resume();
}
