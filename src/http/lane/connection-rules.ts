import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Lifecycle } from '../protocol/lifecycle.ts';
import { messageFault } from '../protocol/message.ts';
import { methodError, READS } from '../protocol/methods.ts';
import type { ClientErrors } from './client-errors.ts';

/** The known parts of a request that is answered without Node's response. */
const known = ({ method = '', url = '', headers }: IncomingMessage) => ({
  method,
  target: url,
  accept: headers.accept,
});

/** Handles requests that Node would not pass to the routes. */
function nodeRules({ server, log }: FastifyInstance, clientErrors: ClientErrors): void {
  // Expectations other than 100-continue may be ignored (RFC 9110, 10.1.1); Node alone answers 417 without a body.
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  // No tunnels (RFC 9110, 9.3.6); Node alone closes the connection.
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', (error) => log.debug(error));
    clientErrors.refuse(socket, methodError('CONNECT', READS), known(request));
  });
}

/** Rules for connections, not for routes; must be set before routes. */
export function connectionRules(
  app: FastifyInstance,
  lifecycle: Lifecycle,
  clientErrors: ClientErrors,
): void {
  nodeRules(app, clientErrors);
  // These replace Node's own checks, which answer without a body and are switched off.
  app.addHook('onRequest', (request, reply, done) => {
    const fault = messageFault(request.raw);
    if (!fault) return done();
    if (fault.code === 'headers-too-large') {
      // The same answer as for an even larger head, which the parser refuses.
      reply.hijack();
      void clientErrors.answer(request.raw.socket, fault, known(request.raw));
      return;
    }
    reply.header('connection', 'close');
    done(fault);
  });

  // No route reads a body, so its type and content are no reason to refuse a request.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));

  // A client that keeps its connection would delay the end of the process (RFC 9112, 9.6).
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (lifecycle.phase === 'draining') reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('preClose', async () => {
    lifecycle.phase = 'draining';
    // For responses that are already being sent.
    app.server.keepAliveTimeout = 1;
  });
}
