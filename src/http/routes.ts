import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import type { Answer } from './answer.ts';
import { OPEN_FIELDS, withFields } from './fields.ts';
import { methodError, optionsAnswer, READS } from './methods.ts';
import { countAnswer, type RequestCounts } from './request-counts.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every answer is counted here. */
    requestCounts: RequestCounts;
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;
type AsyncHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** The value of a header field of a request. */
export const fieldsOf =
  ({ headers }: FastifyRequest) =>
  (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'object' ? value.join(', ') : value;
  };

/** Sends an answer through Fastify. */
export function sendAnswer(reply: FastifyReply, { status, fields, body }: Answer): FastifyReply {
  return withFields(reply.code(status), fields).send(body);
}

/** Routes some methods to a handler; OPTIONS names them, and so does the 405 of every other one. */
function route(app: FastifyInstance, methods: readonly string[], url: string, handler: Handler): void {
  const counts = app.requestCounts.of(url.replace(/\/\*$/, ''));
  const onSend: onSendHookHandler = (_request, reply, payload, done) => {
    countAnswer(counts, reply.statusCode);
    done(null, payload);
  };
  const onRequest = async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    withFields(reply, OPEN_FIELDS);
  };
  app.route({ method: [...methods], url, onRequest, handler, onSend });
  // Answered before a body is read, whatever its type.
  const refuse: AsyncHandler = async (request, reply) => {
    if (request.method !== 'OPTIONS') throw methodError(methods, request.method);
    return sendAnswer(reply, optionsAnswer(methods, fieldsOf(request)));
  };
  const others = app.supportedMethods.filter((method) => !methods.includes(method));
  app.route({ method: others, url, onRequest: refuse, handler: refuse, onSend });
}

/** Routes GET and HEAD. */
export function getRoute(app: FastifyInstance, url: string, handler: Handler): void {
  route(app, READS, url, handler);
}

export function deleteRoute(app: FastifyInstance, url: string, handler: Handler): void {
  route(app, ['DELETE'], url, handler);
}
