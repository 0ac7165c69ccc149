import type { Format } from '../../formats.ts';
import { graphemesOf } from '../../options/graphemes.ts';
import type { RenderOptions } from '../../options/options.ts';
import type { Dialect, MeantPicture, ReadContext } from '../dialect.ts';
import { explained } from '../shared/box.ts';
import { type Parts, takeApart, unknownNames } from '../shared/parts.ts';

/** A service of avatars. */
export interface AvatarService extends Pick<Dialect, 'hosts' | 'forms' | 'examples'> {
  /** Query parameters that mean something, in lower case. */
  readonly params: readonly string[];
  readonly read: (parts: Parts, context: ReadContext) => RenderOptions & { readonly byAccept?: 'chosen' };
}

/** Makes the grammar of a service of avatars. */
export function avatars(service: AvatarService): Dialect {
  const { hosts, forms, examples, params } = service;
  return {
    name: `/${hosts[0]}`,
    hosts,
    paths: [],
    forms,
    examples,
    read: (target, context): MeantPicture =>
      explained(service, () => {
        const parts = takeApart(target);
        const { byAccept, ...options } = service.read(parts, context);
        return {
          kind: 'picture',
          options,
          ignored: unknownNames(parts, params),
          ...(byAccept && { byAccept }),
        };
      }),
  };
}

/** A drawn figure of a seed: a face, or a marble-like mark. */
export function figure(
  kind: 'face' | 'marble',
  seed: string,
): Pick<RenderOptions, 'scene' | 'seed' | 'text'> {
  return { scene: kind, seed, text: '' };
}

/** The first characters of a text, as a reader counts them. */
export const firstLetters = (text: string, count: number): string =>
  Array.from(graphemesOf(text.slice(0, 200)), ({ segment }) => segment)
    .slice(0, count)
    .join('');

/** A number in a text, or another where there is none. */
export function numberIn(text: string | undefined, fallback: number): number {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : fallback;
}

/** A square, its side moved to what a service draws. */
export function square(
  side: number,
  most: number,
  format: Format,
): Pick<RenderOptions, 'width' | 'height' | 'format'> {
  const px = Math.min(most, Math.max(1, side));
  return { width: px, height: px, format };
}
