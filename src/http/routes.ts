import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GreyboxError } from '../errors.ts';

type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;

const ALLOW = 'GET, HEAD';

/** Routes GET and HEAD to a handler, and every other method to a 405 that names the two (RFC 9110, 15.5.6). */
export function getRoute(app: FastifyInstance, url: string, handler: Handler): void {
  app.route({ method: ['GET', 'HEAD'], url, handler });
  const others = app.supportedMethods.filter((method) => method !== 'GET' && method !== 'HEAD');
  const refuse = async (request: FastifyRequest): Promise<never> => {
    throw new GreyboxError(
      'method-not-allowed',
      `the method must be one of ${ALLOW}, got ${request.method}`,
      {
        parameter: 'method',
        value: request.method,
        allow: ALLOW,
      },
    );
  };
  // Refused before a body is read, whatever its type.
  app.route({ method: others, url, onRequest: refuse, handler: refuse });
}
