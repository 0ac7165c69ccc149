import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Found } from '../cache/tiered-cache.ts';
import { GreyboxError } from '../errors.ts';
import { FORMATS } from '../formats.ts';
import { fileName } from '../options/cache-key.ts';
import { createPlaceholderValue, type Placeholder } from '../options/options.ts';
import { parseImageUrl } from '../options/parse.ts';
import type { Limits } from '../options/sizes.ts';
import type { PlaceholderService } from '../placeholder.ts';
import { describe } from './describe.ts';
import {
  allowsEtag,
  cacheStatus,
  matchesEtag,
  OPEN_HEADERS,
  SVG_POLICY,
  serverTiming,
  xCache,
} from './headers.ts';
import { negotiate } from './negotiate.ts';
import type { RenderLimiter } from './rate-limit.ts';
import { localAuthority } from './target.ts';

export interface ImageRouteOptions {
  readonly service: PlaceholderService;
  readonly limits: Limits;
  /** Bounds what one client may have drawn; hits are never limited. */
  readonly limiter: RenderLimiter | undefined;
}

/** The path that all image URLs begin with. */
export const IMAGE_PREFIX = '/image';

/** A day in which a cache may go on serving while it revalidates (RFC 5861, 3). */
const STALE_WHILE_REVALIDATE = 86_400;

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Answers GET and HEAD of `/image/…`. */
export function imageHandler({ service, limits, limiter }: ImageRouteOptions): Handler {
  const { cache } = service;
  const sharedName = cache.shared?.name ?? '';
  const cacheControl = `public, max-age=${cache.ttl / 1000}, stale-while-revalidate=${STALE_WHILE_REVALIDATE}`;

  /** The headers that a 304 repeats too (RFC 9110, 15.4.5). */
  function sharedHeaders(found: Found): Record<string, string> {
    const timing = serverTiming(found.timings);
    return {
      etag: found.entry.etag,
      'cache-control': cacheControl,
      'cache-status': cacheStatus(found, sharedName, cache.now()),
      'x-cache': xCache(found, sharedName),
      ...OPEN_HEADERS,
      ...(timing && { 'server-timing': timing }),
    };
  }

  function contentHeaders(placeholder: Placeholder): Record<string, string> {
    return {
      'content-type': FORMATS[placeholder.format].mime,
      'content-disposition': `inline; filename="${fileName(placeholder)}"`,
      ...(placeholder.format === 'svg' && { 'content-security-policy': SVG_POLICY }),
    };
  }

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
    const target = (request.raw.url ?? '').slice(IMAGE_PREFIX.length + 1);
    const { options, pseudo } = parseImageUrl(target, limits);
    const negotiated = pseudo === 'auto' ? { format: negotiate(request.headers.accept) } : {};
    const placeholder = createPlaceholderValue({ ...options, ...negotiated }, limits);
    const found = await find(placeholder, request.ip);
    if (pseudo === 'json') {
      const origin = `${request.protocol}://${request.host || localAuthority(request.raw.socket)}`;
      reply.headers({ ...OPEN_HEADERS, 'cache-control': 'no-cache' });
      return reply.send(describe(placeholder, found.entry.etag, origin, IMAGE_PREFIX));
    }
    const { etag } = found.entry;
    // If-Match before If-None-Match (RFC 9110, 13.2.2); without a date of change the two of dates are ignored.
    if (!allowsEtag(request.headers['if-match'], etag)) {
      throw new GreyboxError('precondition-failed', `If-Match must name ${etag} or be *`);
    }
    if (pseudo === 'auto') reply.header('vary', 'Accept');
    reply.headers(sharedHeaders(found));
    if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.headers(contentHeaders(placeholder)).send(found.entry.body);
  };
}
