import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Found } from '../cache/tiered-cache.ts';
import { GreyboxError } from '../errors.ts';
import { createPlaceholderValue, type Placeholder } from '../options/options.ts';
import { parseImageUrl } from '../options/parse.ts';
import type { Limits } from '../options/sizes.ts';
import type { PlaceholderService } from '../placeholder.ts';
import { describe } from './describe.ts';
import { allowsEtag, matchesEtag, OPEN_HEADERS } from './headers.ts';
import type { Fields, ImageFields } from './image-fields.ts';
import { negotiate } from './negotiate.ts';
import type { RenderLimiter } from './rate-limit.ts';
import type { ReadyResponses } from './ready-responses.ts';
import { localAuthority } from './target.ts';

export interface ImageRouteOptions {
  readonly service: PlaceholderService;
  readonly limits: Limits;
  /** Bounds what one client may have drawn; hits are never limited. */
  readonly limiter: RenderLimiter | undefined;
  readonly fields: ImageFields;
  /** Remembers answers, so that the same request is a look-up from then on. */
  readonly ready: ReadyResponses | undefined;
}

/** The path that all image URLs begin with. */
export const IMAGE_PREFIX = '/image';

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Answers GET and HEAD of `/image/…`. */
export function imageHandler({ service, limits, limiter, fields, ready }: ImageRouteOptions): Handler {
  /** Finds or draws a picture on a client's account; who waited for a drawing that another was refused asks again. */
  async function find(placeholder: Placeholder, client: string): Promise<Found> {
    if (!limiter) return service.get(placeholder);
    for (;;) {
      let isOwn = false;
      try {
        return await service.get(placeholder, () => {
          isOwn = true;
          return limiter.admit(client);
        });
      } catch (error) {
        if (isOwn || !(error instanceof GreyboxError) || error.code !== 'rate-limited') throw error;
      }
    }
  }

  return async (request, reply) => {
    const { accept, 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
    const target = (request.raw.url ?? '').slice(IMAGE_PREFIX.length + 1);
    const { options, pseudo } = parseImageUrl(target, limits);
    const negotiated = pseudo === 'auto';
    const format = negotiated ? { format: negotiate(accept) } : {};
    const placeholder = createPlaceholderValue({ ...options, ...format }, limits);
    const found = await find(placeholder, request.ip);
    const { body, etag } = found.entry;
    if (pseudo === 'json') {
      const origin = `${request.protocol}://${request.host || localAuthority(request.raw.socket)}`;
      reply.headers({ ...OPEN_HEADERS, 'cache-control': 'no-cache' });
      return reply.send(describe(placeholder, etag, origin, IMAGE_PREFIX));
    }
    // If-Match before If-None-Match (RFC 9110, 13.2.2); without a date of change the two of dates are ignored.
    if (!allowsEtag(ifMatch, etag)) {
      throw new GreyboxError('precondition-failed', `If-Match must name ${etag} or be *`);
    }
    const answer = { placeholder, found, negotiated };
    ready?.remember({ target: request.originalUrl, accept }, answer);
    if (matchesEtag(ifNoneMatch, etag)) return withFields(reply.code(304), fields.unchanged(answer)).send();
    return withFields(reply, fields.whole(answer)).send(body);
  };
}

function withFields(reply: FastifyReply, fields: Fields): FastifyReply {
  for (let i = 0; i < fields.length; i += 2) reply.header(fields[i] as string, fields[i + 1]);
  return reply;
}
