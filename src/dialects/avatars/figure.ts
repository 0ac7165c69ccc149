import type { Format } from '../../formats.ts';
import { graphemesOf } from '../../options/graphemes.ts';
import type { RenderOptions } from '../../options/options.ts';
import type { Dialect, ReadContext } from '../dialect.ts';
import { shrink } from '../shared/box.ts';
import type { Parts } from '../shared/parts.ts';
import { type Service, serviceDialect } from '../shared/service.ts';
import { fit } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

/** An avatar service. */
export interface AvatarService extends Service {
  readonly read: (parts: Parts, context: ReadContext) => RenderOptions & { readonly byAccept?: 'chosen' };
}

/** Makes the grammar of an avatar service. A picture over our bounds is scaled down with all its measures. */
export const avatars = (service: AvatarService): Dialect =>
  serviceDialect(service, (parts, context) => {
    const { byAccept, width, height, text = '', ...more } = service.read(parts, context);
    const asked = { width: Number(width), height: Number(height) };
    const size = fit(asked, context.limits);
    // Names may contain what no label may, such as control characters.
    const options = { ...shrink(more, size.width / asked.width), ...size, text: labelText(String(text)) };
    return { options, ...(byAccept && { byAccept }) };
  });

/** A figure drawn from a seed: a face, or a marble-like mark. */
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

/**
 * The first letter of each word, up to `length` letters. The last letter is from the last word. A single word gives its
 * first letters. Where there are fewer words than letters, the last word gives more: `John Doe` is JDO for three.
 */
export function initials(name: string, length: number): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (words.length < 2) return firstLetters(first, length);
  if (length < 2) return firstLetters(first, 1);
  const begin = words.slice(0, Math.min(length, words.length) - 1).map((word) => firstLetters(word, 1));
  return begin.join('') + firstLetters(last, 1 + Math.max(0, length - words.length));
}

/** The number in a text, or the fallback where there is none. */
export function numberIn(text: string | undefined, fallback: number): number {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : fallback;
}

/** A square whose side is moved into the service's bounds. */
export function square(
  side: number,
  most: number,
  format: Format,
): Pick<RenderOptions, 'width' | 'height' | 'format'> {
  const px = Math.min(most, Math.max(1, side));
  return { width: px, height: px, format };
}
