import type { FastifyInstance } from 'fastify';
import { GreyboxError } from '../errors.ts';
import type { Lifecycle } from './ops.ts';

/** Rules of the connection rather than of any route; to be set before routes are. */
export function connectionRules(app: FastifyInstance, lifecycle: Lifecycle): void {
  // Node's own check, switched off in its favour, answers without a body.
  app.addHook('onRequest', (request, reply, done) => {
    const { httpVersion, headers } = request.raw;
    if (headers.host !== undefined || httpVersion !== '1.1') return done();
    reply.header('connection', 'close');
    done(new GreyboxError('bad-request', 'an HTTP/1.1 request must have a Host header (RFC 9112, 3.2)'));
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
