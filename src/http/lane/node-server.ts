import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Connection, type Connections } from './connections.ts';
import type { FastLane } from './fast-lane.ts';
import { oneByOne } from './one-by-one.ts';
import { PacedResponse } from './paced-response.ts';
import type { AnswerHit } from './routed-hit.ts';

/** How long a request may take to arrive, in ms: none has a body that anybody waits for. */
const REQUEST_TIMEOUT = 30_000;
/** How often that is looked at, in ms. */
const CHECK_INTERVAL = 1000;
/** How long a connection may be idle between two requests, in ms: longer than the balancers that it may be kept by. */
const KEEP_ALIVE_TIMEOUT = 72_000;
/** What the parser reads of a request line and header fields, in bytes: more than we take, so that it is us who say so. */
const PARSED = 32_768;

/** What a server is made of beside its routes. */
export interface ServerParts {
  readonly connections: Connections;
  /** What answers ahead of the router. */
  readonly answerHit?: AnswerHit | undefined;
  readonly lane?: FastLane | undefined;
}

/** An HTTP server whose hits take the shortcuts and whose other requests take the route. */
export function createHttpServer(
  route: RequestListener,
  { connections, answerHit, lane }: ServerParts,
): Server {
  const options = {
    ServerResponse: PacedResponse,
    // Ours says what is wrong.
    requireHostHeader: false,
    maxHeaderSize: PARSED,
    requestTimeout: REQUEST_TIMEOUT,
    headersTimeout: REQUEST_TIMEOUT,
    connectionsCheckingInterval: CHECK_INTERVAL,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    // Where Node has it, requests without a body make no stream; unknown to types and versions before.
    optimizeEmptyRequests: true,
  };
  const listener: RequestListener = answerHit
    ? (request, response) => {
        if (!answerHit(request, response)) route(request, response);
      }
    : route;
  const server = createServer(options, oneByOne(connections, listener));
  // Node would drop what is past the thousandth, and one of those may be a second Host.
  server.maxHeadersCount = 0;
  if (lane) lane.attach(server, connections);
  else server.on('connection', (socket: Socket) => connections.add(new Connection(socket, server)));
  server.on('close', () => connections.stop());
  return server;
}
