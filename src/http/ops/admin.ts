import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TieredCache } from '../../cache/tiered-cache.ts';
import { GreyboxError, quote } from '../../errors.ts';
import { isCacheKey } from '../../options/cache-key.ts';
import { bears } from '../protocol/bearer.ts';
import { deleteRoute } from './routes.ts';

const PREFIX = '/cache';

/** Checks `Authorization: Bearer …`. @throws GreyboxError `unauthorized` */
function authorizer(token: string): (request: FastifyRequest) => void {
  const isAllowed = bears(token);
  return ({ headers: { authorization } }) => {
    if (isAllowed(authorization)) return;
    throw new GreyboxError('unauthorized', 'this needs an Authorization header with "Bearer {ADMIN_TOKEN}"');
  };
}

/**
 * The key after `/cache/`. The part before an unencoded `?` is percent-decoded; the rest is taken as it is, because a
 * key's own options are percent-encoded.
 * @throws GreyboxError `invalid-option` if it is not one of our keys: the store may hold other programs' keys too
 */
function keyIn(target: string): string {
  const [path = '', ...options] = target.slice(PREFIX.length + 1).split('?');
  const key = [decodeURIComponent(path), ...options].join('?');
  if (isCacheKey(key)) return key;
  const detail = `a cache key is {width}.{height}.{format}, such as 600.400.png or 600.400.png?bg=ff0000, got ${quote(key) || 'nothing'}`;
  throw new GreyboxError('invalid-option', detail, { parameter: 'key', value: key.slice(0, 300) });
}

/** The glob of `?match=`. @throws GreyboxError `invalid-option` */
function globIn(target: string): string {
  const globs = new URL(target, 'http://localhost').searchParams.getAll('match');
  if (globs.length === 1 && globs[0]) return globs[0];
  const detail = `match must be one glob of cache keys, such as 600.400.*, got ${
    globs
      .filter(Boolean)
      .map((one) => quote(one))
      .join(' and ') || 'nothing'
  }`;
  throw new GreyboxError('invalid-option', detail.slice(0, 300), { parameter: 'match', value: globs.join() });
}

/** `DELETE /cache/{key}` and `DELETE /cache?match={glob}`; without a token these routes do not exist. */
export function adminRoutes(app: FastifyInstance, cache: TieredCache, token: string | undefined): void {
  if (token === undefined) return;
  const authorize = authorizer(token);

  deleteRoute(app, `${PREFIX}/*`, async (request, reply) => {
    authorize(request);
    const key = keyIn(request.raw.url ?? '');
    const purged = Number(await cache.purge(key));
    return reply.header('cache-control', 'no-store').send({ purged, key });
  });

  deleteRoute(app, PREFIX, async (request, reply) => {
    authorize(request);
    const match = globIn(request.raw.url ?? '');
    const purged = await cache.purgeMatching(match);
    return reply.header('cache-control', 'no-store').send({ purged, match });
  });
}
