import type { Format } from '../../formats.ts';
import type { RenderOptions } from '../../options/options.ts';
import { depict } from '../../scene/keywords.ts';
import type { Dialect, ReadContext } from '../dialect.ts';
import { shrink } from '../shared/box.ts';
import { type Parts, unknownNames } from '../shared/parts.ts';
import { type Service, serviceDialect } from '../shared/service.ts';
import { fit, type Size } from '../shared/size.ts';

/** A photograph that a service's URL asks for. */
export interface AskedPhoto {
  /** The requested size, within the service's own bounds. */
  readonly size: Size;
  /** An id, a seed or a lock; undefined where only the size and the keywords identify the photograph. */
  readonly id?: string | undefined;
  /** What it should show, in any words. */
  readonly keywords?: readonly string[];
  readonly grayscale?: boolean;
  /** 1–10 */
  readonly blur?: number | undefined;
  readonly format?: Format | undefined;
  readonly more?: Partial<RenderOptions>;
}

/** A photo service. */
export interface PhotoService extends Service {
  /** What all its photographs show, such as `cat`. */
  readonly subject?: string;
  readonly read: (parts: Parts, context: ReadContext) => AskedPhoto;
}

/** Parameters that pages use to tell photographs apart, on any service. */
const WHICH = ['image', 'id', 'img', 'seed', 'sig', 'lock', 'random', 'rand', 'r'];

/**
 * Which photograph a query means: the first of {@link WHICH} that has a value, else a bare name that ends in a digit,
 * `?57108`; undefined where the query does not say.
 */
export function whichOf(query: Parts['query']): string | undefined {
  const name = WHICH.find((one) => query.get(one));
  if (name !== undefined) return query.get(name);
  return [...query].find(([key, value]) => value === '' && /\d$/.test(key))?.[0];
}

/** The look of an old photograph: the colours that its scene is drawn in. */
export const SEPIA = { bg: '3f2a14-8b6b43-e8d5b0' } as const;

/**
 * The stand-in for a photograph: a scene that fits its keywords. The URL gives the seed, so one URL is always the same
 * picture.
 */
function photoOptions(
  asked: AskedPhoto,
  subject: string | undefined,
  { limits }: ReadContext,
): RenderOptions {
  const { size, id, keywords = [], grayscale, blur, format = 'jpeg' } = asked;
  const words = keywords.map((word) => word.toLowerCase());
  const seed = [...words, id ?? (words.length > 0 ? '' : `${size.width}x${size.height}`)]
    .filter(Boolean)
    .join(' ');
  const fitted = fit(size, limits);
  return {
    ...fitted,
    format,
    text: '',
    seed,
    ...depict(words.length > 0 || subject === undefined ? words : [subject], seed),
    ...(grayscale && { grayscale: 'on' }),
    ...(blur !== undefined && { blur }),
    ...shrink(asked.more ?? {}, fitted.width / size.width),
  };
}

/** Makes the grammar of a photo service. */
export const photo = (service: PhotoService): Dialect => {
  const params = service.params === 'any' ? service.params : [...WHICH, ...service.params];
  return serviceDialect({ ...service, params }, (parts, context) => {
    const options = photoOptions(service.read(parts, context), service.subject, context);
    const which = whichOf(parts.query);
    return { options, ignored: unknownNames(parts, params).filter((name) => name !== which) };
  });
};
