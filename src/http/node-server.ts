import { createServer, type RequestListener, type Server } from 'node:http';
import type { FastLane } from './fast-lane.ts';
import type { AnswerHit } from './routed-hit.ts';

/** How long a request may take to arrive, in ms: none has a body that anybody waits for. */
const REQUEST_TIMEOUT = 30_000;
/** How often that is looked at, in ms. */
const CHECK_INTERVAL = 1000;
/** How long a connection may be idle between two requests, in ms: longer than the balancers that it may be kept by. */
const KEEP_ALIVE_TIMEOUT = 72_000;

/** What answers ahead of the router. */
export interface Shortcuts {
  readonly answerHit: AnswerHit | undefined;
  readonly lane: FastLane | undefined;
}

/** An HTTP server whose hits take the shortcuts and whose other requests take the route. */
export function createHttpServer(route: RequestListener, { answerHit, lane }: Shortcuts): Server {
  const options = {
    // Ours says what is wrong.
    requireHostHeader: false,
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
  const server = createServer(options, listener);
  lane?.attach(server);
  return server;
}
