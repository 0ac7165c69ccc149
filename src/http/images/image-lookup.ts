import { LRUCache } from 'lru-cache';
import type { Found, Timings } from '../../cache/tiered-cache.ts';
import type { Dialect, MeantData, MeantPicture } from '../../dialects/dialect.ts';
import { nearMiss } from '../../dialects/near-miss.ts';
import type { DialectTable, Resolved } from '../../dialects/table.ts';
import { GreyboxError } from '../../errors.ts';
import { cacheKey } from '../../options/cache-key.ts';
import { createPlaceholderValue } from '../../options/options.ts';
import type { Limits } from '../../options/sizes.ts';
import type { Caller, PlaceholderService } from '../../placeholder.ts';
import type { RenderLimiter } from '../../rate-limit.ts';
import { weightOf } from '../../render/cost.ts';
import { plainTarget } from '../protocol/target.ts';
import type { Picture } from './image-fields.ts';
import { negotiate } from './negotiate.ts';
import { nothingHere, pathError, pathOf } from './path-errors.ts';

export interface ImageLookupOptions {
  readonly service: PlaceholderService;
  readonly limits: Limits;
  readonly table: DialectTable;
  /** The root's grammar on hosts that belong to no service. */
  readonly root: Dialect | undefined;
  /** Limits how much one client may have drawn; hits are never limited. */
  readonly limiter: RenderLimiter | undefined;
}

/** The parts of a request that are read. */
export interface Asked {
  /** As sent, in origin form. */
  readonly target: string;
  /** The requested authority, with its port if any. */
  readonly host: string;
}

/** A requested picture. */
export interface Wanted extends Omit<Picture, 'found'> {
  readonly kind: MeantPicture['kind'];
}

/** The scheme of an old URL behind ours: `/https://placehold.co/600x400`. */
const SCHEME = /^\/+(?:https?:\/+)?/i;

/** Whether a target answers with a picture or data. */
function answers({ dialect, target }: Resolved, limits: Limits): boolean {
  try {
    const read = dialect.read(target, { limits, accept: undefined, base: '' });
    if (read.kind !== 'data') createPlaceholderValue({ ...read.options, format: undefined }, limits);
    return true;
  } catch {
    return false;
  }
}

/** Segments that may stand before the URL of another grammar: `/api/image/placehold.co/600x400`. */
const DEEPEST = 3;

/** Memory for pictures that were read before, in bytes: about four hundred. */
const KNOWN_BYTES = 2 ** 20;
/** Bytes of such a picture besides those of its text, which it holds up to twice; measured with 20,000 of them. */
const OVERHEAD = 2300;

/** From a request to its picture: read, negotiated, found or drawn. */
export class ImageLookup {
  readonly #options: ImageLookupOptions;

  /** Pictures that were read before, by what decides them. */
  readonly #known = new LRUCache<string, Wanted>({
    maxSize: KNOWN_BYTES,
    sizeCalculation: (_wanted, asked) => OVERHEAD + 4 * asked.length,
  });

  constructor(options: ImageLookupOptions) {
    this.#options = options;
  }

  get limits(): Limits {
    return this.#options.limits;
  }

  /** The grammar of a request. */
  resolve({ target, host }: Asked): Resolved | undefined {
    const { table, root } = this.#options;
    const plain = plainTarget(target);
    const resolved = table.resolve(plain, host, root);
    return resolved && root ? this.#orRoot(resolved, root, plain) : resolved;
  }

  /**
   * Where the root's service has a mount of ours too, such as `/image/face?w=150` of api.lorem.space, a path that is none
   * of ours is that service's. A bad query stays an error of ours.
   */
  #orRoot(resolved: Resolved, root: Dialect, target: string): Resolved {
    const { limits } = this.#options;
    const { dialect, mount } = resolved;
    const isShared = dialect.hosts.length === 0 && root.forms.some((form) => form.startsWith(`${mount}/`));
    const ofPath = { ...resolved, target: { path: resolved.target.path, query: undefined } };
    if (!isShared || answers(ofPath, limits)) return resolved;
    const [path = '', ...rest] = target.split('?');
    const query = rest.length > 0 ? rest.join('?') : undefined;
    const other: Resolved = { dialect: root, target: { path, query }, mount: '' };
    return answers(other, limits) ? other : resolved;
  }

  /** Distinguishes a host's root from that of other hosts: a grammar's name, or nothing. */
  scopeOf(host: string): string {
    return this.#options.table.ofHost(host)?.name ?? '';
  }

  /**
   * Interprets a request.
   * @param origin of our own URLs, see `ReadContext`
   * @throws GreyboxError for a bad URL, or an `Accept` that allows no format
   */
  read(resolved: Resolved, accept: string | undefined, origin: string): Wanted | MeantData {
    const { dialect, target } = resolved;
    const asked = `${dialect.name} ${accept ?? ''} ${target.path}?${target.query ?? ''}`;
    const known = this.#known.get(asked);
    if (known) return known;
    const read = this.#readAnew(resolved, accept, origin);
    if (read.kind !== 'data') this.#known.set(asked, read);
    return read;
  }

  #readAnew(
    { dialect, target, mount }: Resolved,
    accept: string | undefined,
    origin: string,
  ): Wanted | MeantData {
    const { limits } = this.#options;
    try {
      const meant = dialect.read(target, { limits, accept, base: origin + mount });
      if (meant.kind === 'data') return meant;
      const { kind, options, byAccept, ignored = [] } = meant;
      const format = byAccept === 'auto' ? { format: negotiate(accept) } : {};
      const placeholder = createPlaceholderValue({ ...options, ...format }, limits);
      return { kind, placeholder, key: cacheKey(placeholder), varies: byAccept !== undefined, ignored };
    } catch (error) {
      // A URL in one of our grammars whose query contains what belongs in the path.
      const { path, query } = target;
      const isOwn = dialect.hosts.length === 0;
      const whole = `${mount}${path}${query === undefined ? '' : `?${query}`}`;
      if (isOwn && query !== undefined && /^\/?$/.test(path))
        throw this.unknown(`${mount}?${query}`, origin, error);
      throw (isOwn && this.#misplaced(whole, pathOf(origin))) || error;
    }
  }

  /**
   * The error for a URL of another grammar behind something else: `/image/placehold.co/600x400`. Undefined for any other
   * URL.
   */
  #misplaced(target: string, base: string): GreyboxError | undefined {
    const { limits, table } = this.#options;
    const [path = ''] = target.split('?', 1);
    let at = 0;
    for (let depth = 0; depth < DEEPEST; depth++) {
      at = path.indexOf('/', at + 1);
      if (at < 0) return undefined;
      const rest = target.slice(at);
      const found = table.resolve(rest, '');
      if (!found) continue;
      return answers(found, limits)
        ? pathError(found.dialect, path, rest.replace(SCHEME, '/'), base)
        : undefined;
    }
    return undefined;
  }

  /**
   * The error for a target in no grammar: names the URL that was probably meant, if it can be guessed.
   * @param origin of our own URLs, see `ReadContext`
   */
  unknown(target: string, origin: string, otherwise?: unknown): unknown {
    const plain = plainTarget(target);
    const base = pathOf(origin);
    const misplaced = this.#misplaced(plain, base);
    if (misplaced) return misplaced;
    const meant = nearMiss(plain, this.#options.limits);
    const [value = ''] = target.split('?');
    return meant ? pathError(meant.dialect, value, meant.url, base) : (otherwise ?? nothingHere(base));
  }

  /**
   * Finds a picture, or has it drawn and charged to a client's budget.
   * @param isWaiting whether the client is still there
   * @param timings filled as {@link TieredCache.get} does
   * @throws GreyboxError `overloaded` at once if it would be refused; errors of drawing as a rejection
   */
  find(
    wanted: Wanted,
    client: string,
    isWaiting?: () => boolean,
    timings?: Timings | undefined,
  ): Promise<Found> {
    const { service, limiter } = this.#options;
    const refusal = service.refusalOf(wanted);
    if (refusal) throw refusal;
    if (!limiter) return service.get(wanted, { isWaiting, timings });
    const weight = weightOf(wanted.placeholder);
    return this.#findWithin(wanted, () => limiter.admit(client, weight), { isWaiting, timings });
  }

  /** Draws a picture without reading or filling the cache. @throws GreyboxError `overloaded` as a rejection */
  draw(wanted: Wanted, caller: Pick<Caller, 'isWaiting' | 'timings'>): Promise<Found> {
    return this.#options.service.drawAnew(wanted.placeholder, caller);
  }

  /** If this caller waited for a drawing that was refused to another client, it asks again. */
  async #findWithin(
    wanted: Wanted,
    take: () => Promise<void>,
    caller: Omit<Caller, 'admit'>,
  ): Promise<Found> {
    for (;;) {
      let isOwn = false;
      try {
        const admit = (): Promise<void> => {
          isOwn = true;
          return take();
        };
        return await this.#options.service.get(wanted, { ...caller, admit });
      } catch (error) {
        if (isOwn || !(error instanceof GreyboxError) || error.code !== 'rate-limited') throw error;
      }
    }
  }
}
