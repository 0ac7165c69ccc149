import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Answering, DoorRequest } from './door-request.ts';
import type { Answer } from './images/answer.ts';
import { localAuthority, readTarget } from './protocol/target.ts';

/** Requests and responses of node:http, or of node:http2 instead. */
type NodeRequest = IncomingMessage | Http2ServerRequest;
type NodeResponse = ServerResponse | Http2ServerResponse;

/** What frameworks on node:http add to a request: the original target, the client, and whether it used https. */
interface Extended {
  readonly originalUrl?: unknown;
  readonly ip?: unknown;
  readonly protocol?: unknown;
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** Converts a request of node:http, or of a framework on top of it, for the door. */
function fromNode(request: NodeRequest): DoorRequest {
  const { method = 'GET', headers, socket } = request;
  const { originalUrl, ip, protocol } = request as Extended;
  // HTTP/2 has a pseudo-header for the authority (RFC 9113, 8.3.1).
  const { target, host } = readTarget(request.url ?? '/', headers.host ?? fieldOf(headers[':authority']));
  const url = textOr(originalUrl, request.url ?? '/');
  const mount = url.endsWith(target) ? url.slice(0, -target.length) : '';
  const scheme = textOr(protocol, (socket as TLSSocket).encrypted ? 'https' : 'http');
  return {
    method,
    target,
    url,
    host,
    origin: `${scheme}://${host || localAuthority(socket)}${mount}`,
    client: textOr(ip, socket.remoteAddress ?? ''),
    isWaiting: () => !socket.destroyed,
    field: (name) => fieldOf(headers[name]),
  };
}

const fieldOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(', ') : value;

/** Sends an answer through node:http. */
export function sendByNode(response: NodeResponse, { status, fields, body }: Answer): void {
  // Both accept alternating names and values; the types of node:http2 do not say so.
  const either = response as ServerResponse;
  either.writeHead(status, fields as string[]);
  either.end(body);
}

/** A node:http listener, or middleware for Express and Connect. */
export type NodeHandler = (
  request: NodeRequest,
  response: NodeResponse,
  next?: (error?: unknown) => void,
) => void;

/** Whether a target is one that it answers. */
interface Owning {
  readonly owns: (request: DoorRequest) => boolean;
}

/** Makes a listener. Requests that are not ours go to `next`; without `next` they get a 404. */
export function nodeHandler(door: Answering & Owning): NodeHandler {
  return (request, response, next) => {
    const asked = fromNode(request);
    if (next && !door.owns(asked)) return next();
    door
      .answer(asked)
      .then((answer) => sendByNode(response, answer))
      .catch((error) => (next ? next(error) : response.destroy(error)));
  };
}
