import type { Format } from '../../formats.ts';
import type { RenderOptions } from '../../options/options.ts';
import { depict } from '../../scene/keywords.ts';
import type { Dialect, ReadContext } from '../dialect.ts';
import { shrink } from '../shared/box.ts';
import { type Parts, unknownNames } from '../shared/parts.ts';
import { type Service, serviceDialect } from '../shared/service.ts';
import { fit, type Size } from '../shared/size.ts';

/** A photograph as a URL of a service asks for it. */
export interface AskedPhoto {
  /** As it was asked for, within the service's own bounds. */
  readonly size: Size;
  /** Which photograph: an id, a seed, a lock; undefined where only its size and its keywords tell it from others. */
  readonly id?: string | undefined;
  /** What it is to show, in any words. */
  readonly keywords?: readonly string[];
  readonly grayscale?: boolean;
  /** 1–10 */
  readonly blur?: number | undefined;
  readonly format?: Format | undefined;
  readonly more?: Partial<RenderOptions>;
}

/** A service of photographs. */
export interface PhotoService extends Service {
  /** What all its photographs show, such as `cat`. */
  readonly subject?: string;
  readonly read: (parts: Parts, context: ReadContext) => AskedPhoto;
}

/** Parameters by which pages tell one photograph from another, whichever service it is that they ask. */
export const WHICH = ['image', 'id', 'img', 'seed', 'sig', 'lock', 'random', 'rand', 'r'];

/**
 * What a query says of which photograph it means: the first of {@link WHICH} that has a value, else a bare name that ends
 * in a digit, `?57108`; undefined where it says nothing.
 */
export function whichOf(query: Parts['query']): string | undefined {
  const name = WHICH.find((one) => query.get(one));
  if (name !== undefined) return query.get(name);
  return [...query].find(([key, value]) => value === '' && /\d$/.test(key))?.[0];
}

/** The look of an old photograph, in the colours that a scene is drawn with. */
export const SEPIA = { bg: '3f2a14-8b6b43-e8d5b0' } as const;

/**
 * What stands for a photograph: a scene that fits its keywords, seeded by what the URL says of it, so that one URL is one
 * picture for ever.
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

/** Makes the grammar of a service of photographs. */
export const photo = (service: PhotoService): Dialect => {
  const params = service.params === 'any' ? service.params : [...WHICH, ...service.params];
  return serviceDialect({ ...service, params }, (parts, context) => {
    const options = photoOptions(service.read(parts, context), service.subject, context);
    const which = whichOf(parts.query);
    return { options, ignored: unknownNames(parts, params).filter((name) => name !== which) };
  });
};
