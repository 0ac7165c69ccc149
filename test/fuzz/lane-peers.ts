import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ErrorAnswers } from '../../src/http/errors/problem.ts';
import { ClientErrors } from '../../src/http/lane/client-errors.ts';
import { Connections } from '../../src/http/lane/connections.ts';
import { FastLane } from '../../src/http/lane/fast-lane.ts';
import type { LaneOptions } from '../../src/http/lane/lane-answers.ts';
import { createHttpServer } from '../../src/http/lane/node-server.ts';
import { routedHits } from '../../src/http/lane/routed-hit.ts';
import { RequestCounts } from '../../src/stats/request-counts.ts';
import { createHits } from '../helper/hits.ts';
import { ETAG, TARGETS } from './wire-grammar.ts';

/** Bodies of one write, and of two. */
const SIZES = [20, 50_000];

/** Two servers with the same hits, one of which has a lane before its parser. */
export interface Peers {
  /** What each of the two got past its lane, if it has one, for the last conversation. */
  readonly requests: { plain: string[]; laned: string[] };
  /** Sends the same pieces to both. @returns all that each sent back, latin1 */
  converse(pieces: readonly string[]): Promise<{ plain: string; laned: string }>;
  close(): Promise<void>;
}

function hits(): LaneOptions {
  const { options, remember } = createHits(2 ** 20);
  for (const [i, target] of TARGETS.entries())
    remember(60 + i, Buffer.alloc(SIZES[i % 2] ?? 0, 'x'), ETAG, target);
  return options;
}

/** Repeats what it was asked, before its body is read: answers do not depend on when bytes arrive. */
function echo({ method, url, httpVersion, rawHeaders }: IncomingMessage, response: ServerResponse): void {
  response.end(JSON.stringify([method, url, httpVersion, rawHeaders]));
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Sends pieces one by one, ends its side, and reads to the end. */
async function send(port: number, pieces: readonly string[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text;
  });
  // A server may close, or reset, before it has read all.
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  for (const piece of pieces) {
    socket.write(piece, 'latin1');
    await nextTurn();
    await nextTurn();
  }
  socket.end();
  await closed;
  return answer.replace(/(?<=^Date: ).*/gim, '');
}

export async function startPeers(): Promise<Peers> {
  const requests: Peers['requests'] = { plain: [], laned: [] };
  const servers = (['plain', 'laned'] as const).map((name) => {
    const options = hits();
    const lane = name === 'laned' ? new FastLane(options) : undefined;
    const connections = new Connections();
    const server = createHttpServer(echo, { connections, answerHit: routedHits(options), lane });
    server.prependListener('request', ({ method, url, httpVersion, rawHeaders }) =>
      requests[name].push(JSON.stringify([method, url, httpVersion, rawHeaders])),
    );
    const errors = new ErrorAnswers({ get: async () => undefined }, () => console);
    const clientErrors = new ClientErrors({ connections, counts: new RequestCounts(), errors });
    server.on('clientError', (error, socket) => clientErrors.handle(error, socket as Socket));
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
    return server;
  });
  const [plainPort = 0, lanedPort = 0] = await Promise.all(servers.map(listening));
  return {
    requests,
    async converse(pieces) {
      requests.plain.length = 0;
      requests.laned.length = 0;
      const [plain, laned] = await Promise.all([send(plainPort, pieces), send(lanedPort, pieces)]);
      return { plain, laned };
    },
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
