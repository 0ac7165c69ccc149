import type { Found, TieredCache } from '../cache/tiered-cache.ts';
import { FORMATS } from '../formats.ts';
import { fileName } from '../options/cache-key.ts';
import type { Placeholder } from '../options/options.ts';
import { type Fields, OPEN_FIELDS } from './fields.ts';
import { cacheStatus, serverTiming, xCache } from './headers.ts';

/** A picture that was asked for, and how it was come by. */
export interface ImageAnswer {
  readonly placeholder: Placeholder;
  readonly found: Found;
  /** Whether `Accept` chose the format. */
  readonly negotiated: boolean;
}

/** A day in which a cache may go on serving while it revalidates (RFC 5861, 3). */
const STALE_WHILE_REVALIDATE = 86_400;

/** The header fields of pictures: those that the contract promises, whichever way an answer takes to the client. */
export class ImageFields {
  readonly #cache: TieredCache;
  readonly #sharedName: string;
  readonly #cacheControl: string;

  constructor(cache: TieredCache) {
    this.#cache = cache;
    this.#sharedName = cache.shared?.name ?? '';
    this.#cacheControl = `public, max-age=${cache.ttl / 1000}, stale-while-revalidate=${STALE_WHILE_REVALIDATE}`;
  }

  /** Which caches answered, and the seconds that the picture has left (RFC 9211). */
  cacheStatus(found: Found): string {
    return cacheStatus(found, this.#sharedName, this.#cache.now());
  }

  /** Of a 304, which repeats what a cache may have to update (RFC 9110, 15.4.5). */
  unchanged({ found, negotiated }: ImageAnswer): Fields {
    const timing = serverTiming(found.timings);
    return [
      ...(negotiated ? ['vary', 'Accept'] : []),
      'etag',
      found.entry.etag,
      'cache-control',
      this.#cacheControl,
      'cache-status',
      this.cacheStatus(found),
      'x-cache',
      xCache(found, this.#sharedName),
      ...OPEN_FIELDS,
      ...(timing === undefined ? [] : ['server-timing', timing]),
    ];
  }

  /** Of a 200. */
  whole(answer: ImageAnswer): Fields {
    const { placeholder, found } = answer;
    return [
      ...this.unchanged(answer),
      'content-type',
      FORMATS[placeholder.format].mime,
      'content-disposition',
      `inline; filename="${fileName(placeholder)}"`,
      ...(FORMATS[placeholder.format].fields ?? []),
      'content-length',
      String(found.entry.body.length),
    ];
  }
}
