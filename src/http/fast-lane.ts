import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { Entry } from '../cache/store.ts';
import { MAX_REQUEST, type RecognisedHit, recognise } from './hit-grammar.ts';
import type { Lifecycle } from './ops.ts';
import type { ReadyResponse, ReadyResponses } from './ready-responses.ts';
import type { HitOptions } from './routed-hit.ts';

/** What requests and the messages that answer them may take, in bytes, and what one takes beside them. */
const BUDGET = 8 * 2 ** 20;
const OVERHEAD = 512;
/** Longest body that is copied behind its head: up to about here the copy costs less than sending two pieces; bytes. */
const MAX_COPY = 32_768;

const REASONS = { 200: 'OK', 304: 'Not Modified' } as const;

/** A request whose bytes were seen before, and its answer as of one second. */
interface Remembered {
  readonly hit: RecognisedHit;
  readonly ready: ReadyResponse;
  second: number;
  status: keyof typeof REASONS;
  /** The head, and behind it the body where that is not sent apart. */
  message: Buffer;
  isApart: boolean;
}

/**
 * Answers hits in memory ahead of the HTTP parser. The bytes of a request decide its answer: a whole, strictly
 * well-formed one that was seen before costs a look-up and a write. The lane recognises and never parses; a connection
 * that brings anything else goes with those bytes to the server's own listener, and stays there.
 */
export class FastLane {
  readonly #ready: ReadyResponses;
  readonly #lifecycle: Lifecycle;
  readonly #counts: Float64Array;
  readonly #held = new Set<Socket>();
  readonly #remembered = new LRUCache<string, Remembered>({
    maxSize: BUDGET,
    sizeCalculation: ({ message }, request) => message.length + request.length + OVERHEAD,
  });

  constructor({ ready, lifecycle, counts }: HitOptions) {
    this.#ready = ready;
    this.#lifecycle = lifecycle;
    this.#counts = counts;
  }

  /** Connections that are in the lane now. */
  get size(): number {
    return this.#held.size;
  }

  /** Goes before a server's own listener for connections. */
  attach(server: Server): void {
    const [parse] = server.listeners('connection') as [(this: Server, socket: Socket) => void];
    server.removeListener('connection', parse);
    server.on('connection', (socket: Socket) => {
      if (this.#lifecycle.phase === 'draining') parse.call(server, socket);
      else this.#hold(socket, server, parse);
    });
  }

  /** Ends the connections that are in the lane as soon as they have what was sent to them. */
  close(): void {
    for (const socket of this.#held) socket.destroySoon();
  }

  #hold(socket: Socket, server: Server, parse: (this: Server, socket: Socket) => void): void {
    let isFresh = true;
    const listeners = {
      data: (chunk: Buffer): void => {
        if (!this.#answer(socket, chunk, server)) handOver(chunk);
        else if (isFresh) socket.setTimeout(server.keepAliveTimeout);
        isFresh = false;
      },
      // What was asked for has been written: half a connection is of no more use.
      end: (): void => void socket.end(),
      timeout: (): void => {
        if (isFresh) server.emit('clientError', new RequestTimeoutError(), socket);
        else socket.destroy();
      },
      error: (): void => void socket.destroy(),
      close: (): void => void this.#held.delete(socket),
    } as const;
    const handOver = (chunk: Buffer): void => {
      this.#held.delete(socket);
      for (const [event, listener] of Object.entries(listeners)) socket.removeListener(event, listener);
      socket.setTimeout(0);
      // Paused until the parser listens, so that it gets these bytes before any that follow.
      socket.pause();
      socket.unshift(chunk);
      parse.call(server, socket);
      socket.resume();
    };
    this.#held.add(socket);
    for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
    socket.setTimeout(server.requestTimeout);
  }

  /** Answers a hit; false where the bytes are anything else. */
  #answer(socket: Socket, chunk: Buffer, server: Server): boolean {
    if (chunk.length > MAX_REQUEST || this.#lifecycle.phase === 'draining') return false;
    const bytes = chunk.toString('latin1');
    const answer = this.#remembered.get(bytes) ?? this.#recognise(bytes);
    const entry = answer && this.#ready.entryOf(answer.ready);
    if (!entry) {
      this.#remembered.delete(bytes);
      return false;
    }
    const second = Math.floor(Date.now() / 1000);
    if (answer.second !== second) {
      write(answer, entry, second, server.keepAliveTimeout);
      this.#remembered.set(bytes, answer);
    }
    this.#counts[answer.status] = (this.#counts[answer.status] ?? 0) + 1;
    if (!send(socket, answer, entry)) {
      // Who does not read is not read from.
      socket.pause();
      socket.once('drain', () => socket.resume());
    }
    return true;
  }

  #recognise(bytes: string): Remembered | undefined {
    const hit = recognise(bytes);
    const ready = hit && this.#ready.find(hit);
    return ready && { hit, ready, second: -1, status: 200, message: NOTHING, isApart: false };
  }
}

const NOTHING = Buffer.alloc(0);

/** What Node says of a request that does not arrive. */
class RequestTimeoutError extends Error {
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT';
}

/** Writes the message of a second: fields in the order of node:http, its own three last. */
function write(answer: Remembered, entry: Entry, second: number, keepAlive: number): void {
  const { hit, ready } = answer;
  const isUnchanged = ready.isUnchanged(hit.ifNoneMatch);
  answer.second = second;
  answer.status = isUnchanged ? 304 : 200;
  const fields = ready.fields(entry, isUnchanged, second);
  let head = `HTTP/1.1 ${answer.status} ${REASONS[answer.status]}\r\n`;
  for (let i = 0; i < fields.length; i += 2) head += `${fields[i]}: ${fields[i + 1]}\r\n`;
  head += `Date: ${new Date(second * 1000).toUTCString()}\r\nConnection: keep-alive\r\n`;
  head += `Keep-Alive: timeout=${Math.floor(keepAlive / 1000)}\r\n\r\n`;
  const hasBody = !isUnchanged && hit.method === 'GET';
  answer.isApart = hasBody && entry.body.length > MAX_COPY;
  const pieces =
    hasBody && !answer.isApart ? [Buffer.from(head, 'latin1'), entry.body] : [Buffer.from(head, 'latin1')];
  answer.message = Buffer.concat(pieces);
}

/** @returns whether the connection takes more */
function send(socket: Socket, { message, isApart }: Remembered, { body }: Entry): boolean {
  if (!isApart) return socket.write(message);
  socket.cork();
  socket.write(message);
  const takesMore = socket.write(body);
  socket.uncork();
  return takesMore;
}
