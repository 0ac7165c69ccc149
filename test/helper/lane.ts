import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { parseAnswer, type WireAnswer } from './wire.ts';

/** A whole GET with a Host, and what other fields it is given. */
export const get = (target: string, ...fields: string[]): string =>
  `${[`GET ${target} HTTP/1.1`, 'Host: a', ...fields].join('\r\n')}\r\n\r\n`;

/** A connection that stays open: asks, and reads one answer at a time by its length. */
export class KeptConnection {
  readonly socket: Socket;
  #received = '';

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setEncoding('latin1').on('data', (text) => {
      this.#received += text;
    });
  }

  /** Sends bytes (latin1) and reads the next answer. @throws where the server closes before it is whole */
  async ask(bytes: string): Promise<WireAnswer> {
    this.socket.write(bytes, 'latin1');
    for (;;) {
      const answer = parseAnswer(this.#received);
      const isEmpty = bytes.startsWith('HEAD') || answer.status === 304;
      const length = isEmpty ? 0 : Number(answer.headers.get('content-length') ?? 0);
      if (this.#received.includes('\r\n\r\n') && answer.body.length >= length) {
        this.#received = answer.body.slice(length);
        return { ...answer, body: answer.body.slice(0, length) };
      }
      const decided = new AbortController();
      const ended = await Promise.race([
        once(this.socket, 'data', decided).then(() => false),
        once(this.socket, 'end', decided).then(() => true),
      ]).finally(() => decided.abort());
      if (ended) throw new Error(`the server closed the connection after ${JSON.stringify(this.#received)}`);
    }
  }

  close(): void {
    this.socket.destroy();
  }
}

/** The targets that have got past the lane to the HTTP parser so far, oldest first. */
export function watchParser({ server }: FastifyInstance): readonly string[] {
  const targets: string[] = [];
  server.prependListener('request', ({ method, url }) => targets.push(`${method} ${url}`));
  return targets;
}

/** How many connections a service has open. */
export const openConnections = ({ server }: FastifyInstance): Promise<number> =>
  new Promise((resolve) => server.getConnections((_error, number) => resolve(number)));
