import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Connection, type Connections } from './connections.ts';
import type { FastLane } from './fast-lane.ts';
import { oneByOne } from './one-by-one.ts';
import { PacedResponse } from './paced-response.ts';
import type { AnswerHit } from './routed-hit.ts';

/** How long a request may take to arrive, in ms: nobody waits for a body. */
const REQUEST_TIMEOUT = 30_000;
/** How often that is checked, in ms. */
const CHECK_INTERVAL = 1000;
/** How long a connection may be idle between two requests, in ms: longer than load balancers keep theirs. */
const KEEP_ALIVE_TIMEOUT = 72_000;
/** Bytes of a request line and header fields that the parser reads: above our own limit, so that the error is ours. */
const PARSED = 32_768;

/** Parts of a server in addition to its routes. */
export interface ServerParts {
  readonly connections: Connections;
  /** Answers hits before the router. */
  readonly answerHit?: AnswerHit | undefined;
  readonly lane?: FastLane | undefined;
}

/** An HTTP server that answers hits through shortcuts and all other requests through the router. */
export function createHttpServer(
  route: RequestListener,
  { connections, answerHit, lane }: ServerParts,
): Server {
  const options = {
    ServerResponse: PacedResponse,
    // Our own check says what is wrong.
    requireHostHeader: false,
    maxHeaderSize: PARSED,
    requestTimeout: REQUEST_TIMEOUT,
    headersTimeout: REQUEST_TIMEOUT,
    connectionsCheckingInterval: CHECK_INTERVAL,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    // Requests without a body then create no stream. Older Node versions and the types do not know this option.
    optimizeEmptyRequests: true,
  };
  const listener: RequestListener = answerHit
    ? (request, response) => {
        if (!answerHit(request, response)) route(request, response);
      }
    : route;
  const server = createServer(options, oneByOne(connections, listener));
  // Node would drop all fields after the thousandth, and one of those may be a second Host.
  server.maxHeadersCount = 0;
  if (lane) lane.attach(server, connections);
  else server.on('connection', (socket: Socket) => connections.add(new Connection(socket, server)));
  server.on('close', () => connections.stop());
  return server;
}
