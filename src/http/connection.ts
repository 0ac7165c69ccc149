import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { GreyboxError } from '../errors.ts';
import { answerOnSocket } from './client-error.ts';
import type { Lifecycle } from './ops.ts';

/** Longest request target, in bytes: more than the 8,000 that RFC 9110, 4.1 asks for, less than all headers together. */
export const MAX_TARGET = 12_288;

/** `uri-host [ ":" port ]`, or nothing (RFC 9110, 7.2; RFC 3986, 3.2.2), as far as characters go. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

/** Whether a Host field's value is one (RFC 9110, 7.2). */
export const isAuthority = (host: string): boolean => HOST.test(host);

/** The Host header fields of a request: Node keeps the first only. */
function hostsOf({ rawHeaders }: IncomingMessage): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}

/** What makes a well-formed request one that no route is to see; undefined for nothing. */
function faultOf(raw: IncomingMessage, target: string): GreyboxError | undefined {
  if (target.length > MAX_TARGET) {
    const detail = `the URL must be at most ${MAX_TARGET} bytes long, got ${target.length}`;
    return new GreyboxError('uri-too-long', detail);
  }
  const hosts = hostsOf(raw);
  const enough = hosts === 1 || (hosts === 0 && raw.httpVersion === '1.0');
  if (enough && isAuthority(raw.headers.host ?? '')) return undefined;
  const detail =
    'an HTTP/1.1 request must have one Host header, with a host and maybe a port (RFC 9112, 3.2)';
  return new GreyboxError('bad-request', detail);
}

/** Requests that Node would keep from the routes. */
function nodeRules({ server, log, requestCounts }: FastifyInstance): void {
  // An expectation other than 100-continue may be ignored (RFC 9110, 10.1.1); Node alone would answer 417 without a body.
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  // No tunnels (RFC 9110, 9.3.6); Node alone would hang up.
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    socket.on('error', (error) => log.debug(error));
    const detail = 'the method must be one of GET, HEAD, got CONNECT';
    const about = { parameter: 'method', value: 'CONNECT', allow: 'GET, HEAD' };
    answerOnSocket(socket, new GreyboxError('method-not-allowed', detail, about), requestCounts);
  });
}

/** Rules of the connection rather than of any route; to be set before routes are. */
export function connectionRules(app: FastifyInstance, lifecycle: Lifecycle): void {
  nodeRules(app);
  // Node's own check of Host, switched off in favour of this one, answers without a body.
  app.addHook('onRequest', (request, reply, done) => {
    const fault = faultOf(request.raw, request.originalUrl);
    if (!fault) return done();
    reply.header('connection', 'close');
    done(fault);
  });

  // No route reads a body: whatever its type and content, it is no reason to refuse a request.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));

  // A client that kept its connection would hold up the end of the process (RFC 9112, 9.6).
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (lifecycle.phase === 'draining') reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('preClose', async () => {
    lifecycle.phase = 'draining';
    // For responses that are on their way already.
    app.server.keepAliveTimeout = 1;
  });
}
