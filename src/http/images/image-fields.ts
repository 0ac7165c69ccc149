import type { Found, TieredCache } from '../../cache/tiered-cache.ts';
import { FORMATS } from '../../formats.ts';
import { fileName } from '../../options/cache-key.ts';
import type { Placeholder } from '../../options/options.ts';
import { VERSION } from '../../package-root.ts';
import { type Fields, OPEN_FIELDS } from '../protocol/fields.ts';
import { cacheStatus, serverTiming, xCache } from '../protocol/headers.ts';
import type { Representation } from './answer.ts';
import { ignoredNames } from './ignored.ts';

/** A picture that was asked for, and how it was come by. */
export interface Picture {
  readonly placeholder: Placeholder;
  /** Its cache key. */
  readonly key: string;
  readonly found: Found;
  /** Whether the answer depends on `Accept`. */
  readonly varies: boolean;
  /** Query parameters that mean nothing. */
  readonly ignored: readonly string[];
}

/** What caches between us and clients are told beside `Cache-Control`. */
export interface CdnSettings {
  /** s */
  readonly cdnMaxAge: number | 'off';
  /** Name of a header field. */
  readonly cacheTagHeader: string;
}

/** A day in which a cache may go on serving while it revalidates, or where that fails (RFC 5861). */
const STALE = 86_400;

/** Fields that list tags with spaces; all others have commas. */
const SPACED = /^(?:surrogate-key|xkey)$/i;

/** The fields for a CDN: how long it keeps pictures (RFC 9213), and the tags that they are purged by. */
function cdnFields({ cdnMaxAge, cacheTagHeader }: CdnSettings): Fields {
  const tags = ['greybox', `greybox-${VERSION}`].join(SPACED.test(cacheTagHeader) ? ' ' : ',');
  return [
    ...(cdnMaxAge === 'off' ? [] : ['cdn-cache-control', `public, max-age=${cdnMaxAge}`]),
    ...(cacheTagHeader === 'off' ? [] : [cacheTagHeader.toLowerCase(), tags]),
  ];
}

/** The header fields of pictures: those that the contract promises, whichever way an answer takes to the client. */
export class ImageFields {
  readonly #cache: TieredCache;
  readonly #sharedName: string;
  /** Of all pictures. */
  readonly #constant: Fields;

  constructor(cache: TieredCache, cdn: CdnSettings) {
    this.#cache = cache;
    this.#sharedName = cache.shared?.name ?? '';
    const control = `public, max-age=${cache.ttl / 1000}, stale-while-revalidate=${STALE}, stale-if-error=${STALE}`;
    this.#constant = ['cache-control', control, ...OPEN_FIELDS, ...cdnFields(cdn)];
  }

  /** Which caches answered, and the seconds that the picture has left (RFC 9211). */
  cacheStatus(found: Found): string {
    return cacheStatus(found, this.#sharedName, this.#cache.now());
  }

  represent(picture: Picture): Representation {
    const { body, etag } = picture.found.entry;
    return { etag, body, common: this.#common(picture), content: this.#content(picture) };
  }

  #common({ found, varies, ignored }: Picture): Fields {
    const timing = serverTiming(found.timings);
    const named = ignoredNames(ignored);
    return [
      ...(varies ? ['vary', 'Accept'] : []),
      'etag',
      found.entry.etag,
      ...this.#constant,
      'cache-status',
      this.cacheStatus(found),
      'x-cache',
      xCache(found, this.#sharedName),
      ...(named === undefined ? [] : ['x-ignored', named]),
      ...(timing === undefined ? [] : ['server-timing', timing]),
    ];
  }

  #content({ placeholder, found }: Picture): Fields {
    return [
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
