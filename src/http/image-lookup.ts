import type { Found } from '../cache/tiered-cache.ts';
import { GreyboxError } from '../errors.ts';
import { createPlaceholderValue, type Placeholder } from '../options/options.ts';
import { parseImageUrl } from '../options/parse.ts';
import type { Limits } from '../options/sizes.ts';
import type { PlaceholderService } from '../placeholder.ts';
import { weightOf } from '../render/cost.ts';
import type { ImageAnswer } from './image-fields.ts';
import { negotiate } from './negotiate.ts';
import type { RenderLimiter } from './rate-limit.ts';
import type { HitRequest } from './ready-responses.ts';
import { plainTarget } from './target.ts';

/** The path that all image URLs begin with. */
export const IMAGE_PREFIX = '/image';

export interface ImageLookupOptions {
  readonly service: PlaceholderService;
  readonly limits: Limits;
  /** Bounds what one client may have drawn; hits are never limited. */
  readonly limiter: RenderLimiter | undefined;
}

/** A picture, and whether it is to be explained instead of sent. */
export interface LookedUp extends ImageAnswer {
  readonly explains: boolean;
}

/** A picture that is being found or drawn. */
export interface Search extends Omit<ImageAnswer, 'found'> {
  readonly found: Promise<Found>;
}

/** From a request to its picture: read, negotiated, found or drawn. */
export class ImageLookup {
  readonly #options: ImageLookupOptions;

  constructor(options: ImageLookupOptions) {
    this.#options = options;
  }

  /**
   * @param target as routes see it
   * @param client whose account a drawing goes on
   * @param isWaiting whether it is still there
   * @throws GreyboxError (as a rejection) for a bad URL, an `Accept` that allows no format, or too much to draw
   */
  async find(
    target: string,
    accept: string | undefined,
    client: string,
    isWaiting?: () => boolean,
  ): Promise<LookedUp> {
    const read = this.#read(target, accept);
    return { ...read, found: await this.#get(read.placeholder, client, isWaiting) };
  }

  /**
   * As `find`, for a request that has met no router; undefined where one has to answer it, an `overloaded` where the
   * picture would be refused.
   * @throws GreyboxError for a bad URL, or an `Accept` that allows no format
   */
  findPicture({ target, accept }: HitRequest, isWaiting?: () => boolean): Search | GreyboxError | undefined {
    const { limiter, service } = this.#options;
    const plain = plainTarget(target);
    // Who may have something drawn is for the route to say: it knows the client behind a proxy.
    if (limiter || !plain.startsWith(`${IMAGE_PREFIX}/`)) return undefined;
    const { placeholder, negotiated, explains } = this.#read(plain, accept);
    if (explains) return undefined;
    const refusal = service.refusalOf(placeholder);
    if (refusal) return refusal;
    return { placeholder, negotiated, found: service.get(placeholder, { isWaiting }) };
  }

  #read(target: string, accept: string | undefined): Omit<LookedUp, 'found'> {
    const { limits } = this.#options;
    const { options, pseudo } = parseImageUrl(target.slice(IMAGE_PREFIX.length + 1), limits);
    const negotiated = pseudo === 'auto';
    const format = negotiated ? { format: negotiate(accept) } : {};
    const placeholder = createPlaceholderValue({ ...options, ...format }, limits);
    return { placeholder, negotiated, explains: pseudo === 'json' };
  }

  /** Finds or draws a picture on a client's account; who waited for a drawing that another was refused asks again. */
  async #get(placeholder: Placeholder, client: string, isWaiting?: () => boolean): Promise<Found> {
    const { service, limiter } = this.#options;
    if (!limiter) return service.get(placeholder, { isWaiting });
    const weight = weightOf(placeholder);
    for (;;) {
      let isOwn = false;
      try {
        const admit = (): Promise<void> => {
          isOwn = true;
          return limiter.admit(client, weight);
        };
        return await service.get(placeholder, { admit, isWaiting });
      } catch (error) {
        if (isOwn || !(error instanceof GreyboxError) || error.code !== 'rate-limited') throw error;
      }
    }
  }
}
