import type { RenderOptions } from '../options/options.ts';
import type { Limits } from '../options/sizes.ts';

/** The part of a request target that a grammar reads: what follows its mount, as it was sent. */
export interface Target {
  /** Percent-encoded; empty, or begins with `/`. */
  readonly path: string;
  /** What follows the first `?`, without it; undefined where there is none. */
  readonly query: string | undefined;
}

/** What a grammar may need besides the target. */
export interface ReadContext {
  readonly limits: Limits;
  /** `Accept`, for grammars whose format depends on it. */
  readonly accept: string | undefined;
  /**
   * Where the grammar is mounted, as the client sees it, without a trailing slash: `https://img.example/picsum.photos`,
   * or `https://picsum.photos`. For data that contains our URLs.
   */
  readonly base: string;
}

/** What a URL for a picture, or for its explanation, means in greybox's own options. */
export interface MeantPicture {
  readonly kind: 'picture' | 'explanation';
  /** `format` is missing where `Accept` is to choose it. */
  readonly options: RenderOptions;
  /** Whether `Accept` chooses the format (`auto`), or has chosen it (`chosen`): both answer with `Vary: Accept`. */
  readonly byAccept?: 'auto' | 'chosen';
  /** Names of query parameters that have no meaning here, in their order, decoded. */
  readonly ignored?: readonly string[];
}

/** A service's own data, such as a list of pictures. */
export interface MeantData {
  readonly kind: 'data';
  /** The media type: `application/json`. */
  readonly type: string;
  readonly body: string;
  /** Header fields of this answer, such as `link`: names in lower case. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** What a request means. */
export type Meant = MeantPicture | MeantData;

/** One URL grammar. Its name is the route that its requests are counted under. */
export interface Dialect {
  /** `/image`, `/avatar`, `/placehold.co`. */
  readonly name: string;
  /**
   * Host names in lower case, without a port and without `www.`. The grammar answers at their roots, and below
   * `/{host}` on any other host. None for greybox's own grammars.
   */
  readonly hosts: readonly string[];
  /** Further paths that it is mounted at, on any host: `/image`. */
  readonly paths: readonly string[];
  /** Whether its paths are answered on the hosts of other services too, before their own grammar reads them. */
  readonly isEverywhere?: true;
  /** How a query of the root begins if it holds a target below the first path: `?holder.js/300x200`. Default: none. */
  readonly rootQuery?: string;
  /** Its forms, for documents and for the detail of errors: `/{width}x{height}/{bg}/{fg}.{ext}?text=`. */
  readonly forms: readonly string[];
  /** Paths below a mount that answer 200, for documents and tests: `/600x400/fff`. */
  readonly examples: readonly string[];
  /**
   * Reads a target in one pass, bounded by its length.
   * @throws GreyboxError with a 4xx status, naming the parameter, its value and what is allowed
   */
  readonly read: (target: Target, context: ReadContext) => Meant;
}
