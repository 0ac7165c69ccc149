import type { Found, Timing } from '../../cache/tiered-cache.ts';
import type { Part } from '../../tracing.ts';

/** A member of `Cache-Status` for each tier, the one nearest the origin first (RFC 9211, 2). */
export function cacheStatus(found: Found, sharedName: string, now: number): string {
  const ttl = Math.max(0, Math.floor((found.entry.expiresAt - now) / 1000));
  if (found.from === 'memory') return `greybox-memory; hit; ttl=${ttl}`;
  if (found.anew) return 'greybox-memory; fwd=request';
  const collapsed = found.collapsed ? '; collapsed' : '';
  const memory = `greybox-memory; fwd=uri-miss${found.stored ? '; stored' : ''}${collapsed}`;
  return found.shared ? `greybox-${sharedName}; ${sharedStatus(found.shared, ttl)}, ${memory}` : memory;
}

/** `fwd=miss` if the tier gave no usable answer, `bypass` if it was not asked (RFC 9211, 2.2). */
function sharedStatus({ result, stored }: NonNullable<Found['shared']>, ttl: number): string {
  const forwarded = {
    hit: `hit; ttl=${ttl}`,
    miss: 'fwd=uri-miss',
    invalid: 'fwd=miss; detail=invalid',
    error: 'fwd=miss; detail=error',
    bypass: 'fwd=bypass; detail=breaker-open',
  }[result];
  return stored ? `${forwarded}; stored` : forwarded;
}

/** Which tier answered, as one word: `hit-memory`, `hit-redis` or `miss`. */
export function xCache(found: Found, sharedName: string): string {
  if (found.from === undefined) return 'miss';
  return found.from === 'memory' ? 'hit-memory' : `hit-${sharedName}`;
}

/** The names of a miss's phases, in `Server-Timing` and in traces. */
const TIMED: Readonly<Record<keyof Found['timings'], string>> = {
  shared: 'redis',
  queue: 'queue',
  origin: 'render',
};

/** The phases of a miss, with their names. */
export function partsOf(timings: Found['timings']): Part[] {
  return Object.entries(timings).map(([part, timing]: [string, Timing]) => ({
    name: TIMED[part as keyof typeof timings],
    ...timing,
  }));
}

/** Durations in ms for `Server-Timing` (W3C Server Timing, 2); undefined if nothing took any time. */
export function serverTiming(timings: Found['timings']): string | undefined {
  const metrics = partsOf(timings).map(({ name, ms }) => `${name};dur=${ms.toFixed(2)}`);
  return metrics.length > 0 ? metrics.join(', ') : undefined;
}

/** Entity tags in a list, weak or strong; a tag may contain a comma (RFC 9110, 8.8.3). */
const TAGS = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

/** Weak comparison of `If-None-Match` with the current validator (RFC 9110, 13.1.2): a list, weak or strong, or `*`. */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return (ifNoneMatch.match(TAGS) ?? []).some((tag) => tag === etag || tag === `W/${etag}`);
}

/** Strong comparison of `If-Match` (RFC 9110, 13.1.1): whether the request may proceed. */
export function allowsEtag(ifMatch: string | undefined, etag: string): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  return (ifMatch.match(TAGS) ?? []).some((tag) => tag === etag);
}

/** Headers that let any page on any origin use, read and time an image. */
export const OPEN_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'timing-allow-origin': '*',
  'x-content-type-options': 'nosniff',
} as const;
