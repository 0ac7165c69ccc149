import type { FastifyInstance } from 'fastify';

/** A URL without its query, which may contain people's texts; some write it with `&` alone, or encoded. */
const pathOf = (url: string): string => url.split(/[?&]|%3f|%26/i, 1)[0] as string;

/** Logs one line for each request, with the tier that answered; at `debug` also one when it arrives. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    request.log.debug({ method: request.method, url: request.originalUrl }, 'incoming request');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method, originalUrl, ip: client } = request;
    const { statusCode: status, elapsedTime } = reply;
    const tier = reply.getHeader('x-cache');
    const ms = Math.round(elapsedTime * 10) / 10;
    request.log.info({ method, path: pathOf(originalUrl), status, tier, ms, client }, 'request');
    done();
  });
}
