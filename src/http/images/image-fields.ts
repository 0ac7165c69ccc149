import type { Found, TieredCache } from '../../cache/tiered-cache.ts';
import { FORMATS } from '../../formats.ts';
import { fileName } from '../../options/cache-key.ts';
import type { Placeholder } from '../../options/options.ts';
import { VERSION } from '../../package-root.ts';
import { type Fields, OPEN_FIELDS } from '../protocol/fields.ts';
import { cacheStatus, serverTiming, xCache } from '../protocol/headers.ts';
import type { Representation } from './answer.ts';
import { ignoredNames } from './ignored.ts';

/** A requested picture, and where it came from. */
export interface Picture {
  readonly placeholder: Placeholder;
  /** Its cache key. */
  readonly key: string;
  readonly found: Found;
  /** Whether the answer depends on `Accept`. */
  readonly varies: boolean;
  /** Unknown query parameters. */
  readonly ignored: readonly string[];
}

/** Settings for shared caches, in addition to `Cache-Control`. */
export interface CdnSettings {
  /** s */
  readonly cdnMaxAge: number | 'off';
  /** Name of a header field. */
  readonly cacheTagHeader: string;
}

/** A day in which a cache may serve a stale picture while it revalidates, or if that fails (RFC 5861). */
const STALE = 86_400;

/** Fields that separate tags with spaces; all others use commas. */
const SPACED = /^(?:surrogate-key|xkey)$/i;

/** The fields for a CDN: how long it keeps pictures (RFC 9213), and their tags for purging. */
function cdnFields({ cdnMaxAge, cacheTagHeader }: CdnSettings): Fields {
  const tags = ['greybox', `greybox-${VERSION}`].join(SPACED.test(cacheTagHeader) ? ' ' : ',');
  return [
    ...(cdnMaxAge === 'off' ? [] : ['cdn-cache-control', `public, max-age=${cdnMaxAge}`]),
    ...(cacheTagHeader === 'off' ? [] : [cacheTagHeader.toLowerCase(), tags]),
  ];
}

/** The header fields of pictures, as promised by the contract, however the answer is sent. */
export class ImageFields {
  readonly #cache: TieredCache;
  readonly #sharedName: string;
  /** The same for all pictures. */
  readonly #constant: Fields;

  constructor(cache: TieredCache, cdn: CdnSettings) {
    this.#cache = cache;
    this.#sharedName = cache.shared?.name ?? '';
    const control = `public, max-age=${cache.ttl / 1000}, stale-while-revalidate=${STALE}, stale-if-error=${STALE}`;
    this.#constant = ['cache-control', control, ...OPEN_FIELDS, ...cdnFields(cdn)];
  }

  /** Which caches answered, and the picture's remaining seconds (RFC 9211). */
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
