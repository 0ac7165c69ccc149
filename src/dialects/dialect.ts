import type { RenderOptions } from '../options/options.ts';
import type { Limits } from '../options/sizes.ts';

/** The part of a request target that a grammar reads: what follows its mount, as it was sent. */
export interface Target {
  /** Percent-encoded; empty, or begins with `/`. */
  readonly path: string;
  /** What follows the first `?`, without it; undefined where there is none. */
  readonly query: string | undefined;
}

/** What a grammar may need to know beside the target. */
export interface ReadContext {
  readonly limits: Limits;
  /** `Accept`, for grammars whose format depends on it. */
  readonly accept: string | undefined;
  /**
   * Where the grammar is mounted, as the client sees it, without a slash at the end: `https://img.example/picsum.photos`,
   * or `https://picsum.photos`. For data that names URLs of ours.
   */
  readonly base: string;
}

/** A picture, or its explanation, in greybox's own options. */
export interface MeantPicture {
  readonly kind: 'picture' | 'explanation';
  /** `format` is left out where `Accept` is to choose it. */
  readonly options: RenderOptions;
  /** Whether `Accept` chooses the format (`auto`), or has chosen it (`chosen`): both answer with `Vary: Accept`. */
  readonly byAccept?: 'auto' | 'chosen';
  /** Names of query parameters that mean nothing here, in their order, decoded. */
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
   * Host names, in lower case, without a port and without `www.`: it answers their roots, and below `/{host}` on any other.
   * None for greybox's own.
   */
  readonly hosts: readonly string[];
  /** The paths that it is mounted at on any host, beside those of its hosts: `/image`. */
  readonly paths: readonly string[];
  /** Whether its paths are answered on the hosts of other services too, before their own grammar reads them. */
  readonly isEverywhere?: true;
  /** How a query of the root begins that is a target below its first path, `?holder.js/300x200`; none by default. */
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
