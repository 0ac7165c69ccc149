import type { FastifyReply, FastifyRequest } from 'fastify';
import { GreyboxError } from '../errors.ts';
import { describe } from './describe.ts';
import { withFields } from './fields.ts';
import { allowsEtag, matchesEtag, OPEN_HEADERS } from './headers.ts';
import type { ImageFields } from './image-fields.ts';
import { IMAGE_PREFIX, type ImageLookup } from './image-lookup.ts';
import type { ReadyResponses } from './ready-responses.ts';
import { localAuthority } from './target.ts';

export interface ImageRouteOptions {
  readonly lookup: ImageLookup;
  readonly fields: ImageFields;
  /** Remembers answers, so that the same request is a look-up from then on. */
  readonly ready: ReadyResponses | undefined;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Answers GET and HEAD of `/image/…`. */
export function imageHandler({ lookup, fields, ready }: ImageRouteOptions): Handler {
  return async (request, reply) => {
    const { accept, 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
    const { socket, url = '' } = request.raw;
    const answer = await lookup.find(url, accept, request.ip, () => !socket.destroyed);
    const { body, etag } = answer.found.entry;
    if (answer.explains) {
      const origin = `${request.protocol}://${request.host || localAuthority(request.raw.socket)}`;
      reply.headers({ ...OPEN_HEADERS, 'cache-control': 'no-cache' });
      return reply.send(describe(answer.placeholder, etag, origin, IMAGE_PREFIX));
    }
    // If-Match before If-None-Match (RFC 9110, 13.2.2); without a date of change the two of dates are ignored.
    if (!allowsEtag(ifMatch, etag)) {
      throw new GreyboxError('precondition-failed', `If-Match must name ${etag} or be *`);
    }
    ready?.remember({ target: request.originalUrl, accept }, answer);
    if (matchesEtag(ifNoneMatch, etag)) return withFields(reply.code(304), fields.unchanged(answer)).send();
    return withFields(reply, fields.whole(answer)).send(body);
  };
}
