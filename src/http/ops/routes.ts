import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import { countAnswer, type RequestCounts } from '../../stats/request-counts.ts';
import { OPEN_FIELDS } from '../protocol/fields.ts';
import { methodError, optionsAnswer, READS } from '../protocol/methods.ts';
import { fieldsOf, sendAnswer, withFields } from '../reply.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every answer is counted here. */
    requestCounts: RequestCounts;
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;
type AsyncHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Makes the handler for all other methods: OPTIONS if the given methods read, otherwise a 405 that names them. */
export function refuser(methods: readonly string[]): AsyncHandler {
  const isRead = methods.includes('GET');
  return async (request, reply) => {
    if (isRead && request.method === 'OPTIONS') return sendAnswer(reply, optionsAnswer(fieldsOf(request)));
    throw methodError(request.method, isRead ? READS : methods.join(', '));
  };
}

/** Routes some methods to a handler, and all others to a 405 that names them. */
function route(app: FastifyInstance, methods: readonly string[], url: string, handler: Handler): void {
  const counts = app.requestCounts.of(url.replace(/\/\*$/, ''));
  const onSend: onSendHookHandler = (_request, reply, payload, done) => {
    countAnswer(counts, reply.statusCode);
    done(null, payload);
  };
  const open = async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    withFields(reply, OPEN_FIELDS);
  };
  app.route({ method: [...methods], url, onRequest: open, handler, onSend });
  const refuse = refuser(methods);
  // Answered before any body is read.
  const others = app.supportedMethods.filter((method) => !methods.includes(method));
  app.route({ method: others, url, onRequest: refuse, handler: refuse, onSend });
}

/** Routes GET and HEAD, and answers OPTIONS. */
export function getRoute(app: FastifyInstance, url: string, handler: Handler): void {
  route(app, ['GET', 'HEAD'], url, handler);
}

export function deleteRoute(app: FastifyInstance, url: string, handler: Handler): void {
  route(app, ['DELETE'], url, handler);
}
