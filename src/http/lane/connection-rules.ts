import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Lifecycle } from '../protocol/lifecycle.ts';
import { messageFault } from '../protocol/message.ts';
import { methodError, READS } from '../protocol/methods.ts';
import type { ClientErrors } from './client-errors.ts';

/** What is known of a request to whom answers it past Node's own response. */
const known = ({ method = '', url = '', headers }: IncomingMessage) => ({
  method,
  target: url,
  accept: headers.accept,
});

/** Requests that Node would keep from the routes. */
function nodeRules({ server, log }: FastifyInstance, clientErrors: ClientErrors): void {
  // An expectation other than 100-continue may be ignored (RFC 9110, 10.1.1); Node alone would answer 417 without a body.
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  // No tunnels (RFC 9110, 9.3.6); Node alone would hang up.
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', (error) => log.debug(error));
    clientErrors.refuse(socket, methodError('CONNECT', READS), known(request));
  });
}

/** Rules of the connection rather than of any route; to be set before routes are. */
export function connectionRules(
  app: FastifyInstance,
  lifecycle: Lifecycle,
  clientErrors: ClientErrors,
): void {
  nodeRules(app, clientErrors);
  // Node's own checks, switched off in favour of these, answer without a body.
  app.addHook('onRequest', (request, reply, done) => {
    const fault = messageFault(request.raw);
    if (!fault) return done();
    if (fault.code === 'headers-too-large') {
      // As for a head that is larger still, which the parser refuses.
      reply.hijack();
      void clientErrors.answer(request.raw.socket, fault, known(request.raw));
      return;
    }
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
