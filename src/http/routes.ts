import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import { GreyboxError } from '../errors.ts';
import { countAnswer, type RequestCounts } from './request-counts.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every answer is counted here. */
    requestCounts: RequestCounts;
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;

/** The route of what is on no route. */
export const NO_ROUTE = 'none';

export function countRequests(app: FastifyInstance, counts: RequestCounts): void {
  app.decorate('requestCounts', counts);
}

/** Routes some methods to a handler, and every other one to a 405 that names them (RFC 9110, 15.5.6). */
function route(app: FastifyInstance, methods: readonly string[], url: string, handler: Handler): void {
  const counts = app.requestCounts.of(url.replace(/\/\*$/, ''));
  const onSend: onSendHookHandler = (_request, { statusCode }, payload, done) => {
    countAnswer(counts, statusCode);
    done(null, payload);
  };
  app.route({ method: [...methods], url, handler, onSend });
  const allow = methods.join(', ');
  const refuse = async ({ method }: FastifyRequest): Promise<never> => {
    const detail = `the method must be ${methods.length > 1 ? 'one of ' : ''}${allow}, got ${method}`;
    throw new GreyboxError('method-not-allowed', detail, { parameter: 'method', value: method, allow });
  };
  // Refused before a body is read, whatever its type.
  const others = app.supportedMethods.filter((method) => !methods.includes(method));
  app.route({ method: others, url, onRequest: refuse, handler: refuse, onSend });
}

/** Routes GET and HEAD. */
export function getRoute(app: FastifyInstance, url: string, handler: Handler): void {
  route(app, ['GET', 'HEAD'], url, handler);
}

export function deleteRoute(app: FastifyInstance, url: string, handler: Handler): void {
  route(app, ['DELETE'], url, handler);
}
