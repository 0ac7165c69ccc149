import type { Format } from '../formats.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { isRounded } from './shapes.ts';

/** The least cost of a picture, in ms. */
const BASE_MS = 1;

/** Encoding of a megapixel, in ms: with few colours, or with many, as gradients and emoji have. */
const ENCODING_MS: Readonly<Record<Format, { readonly few: number; readonly many: number }>> = {
  png: { few: 1, many: 5 },
  jpeg: { few: 18, many: 25 },
  webp: { few: 45, many: 25 },
  avif: { few: 40, many: 70 },
  gif: { few: 6, many: 300 },
  svg: { few: 0, many: 0 },
};

/** Drawing of a megapixel, in ms: few colours are drawn in layers and then counted, many in one go. */
const DRAWING_MS = {
  few: { background: 1, pattern: 55, border: 27, radius: 27 },
  many: { background: 5, pattern: 18, border: 2, radius: 2 },
} as const;

/** Drawing of a megapixel of a scene, and blurring it, in ms. */
const SCENE_MS = 18;
const BLUR_MS = 12;
/** A label on a scene, in ms: the part under it is drawn first to check that the label can be read. */
const SCENE_LABEL_MS = 12;

/** Layout and drawing of a character, in ms: of Latin letters, and of scripts whose ink has to be measured. */
const LETTER_MS = 0.08;
const OTHER_LETTER_MS = 0.8;

const LATIN = /^[\n\u0020-\u024F\u2010-\u2027]*$/;
const EMOJI = /\p{Emoji_Presentation}|\uFE0F/u;

/** Whether a picture has more colours than a palette holds, apart from its scene. */
export const hasManyColors = ({ background, text }: Pick<Placeholder, 'background' | 'text'>): boolean =>
  background.colors.length > 1 || EMOJI.test(text);

/**
 * An estimate of how long a picture takes to draw and encode, in ms of a core. The figures are processor time on one
 * machine, within a factor of two for each kind of picture, so anything compared with them must be measured.
 */
export function costOf(placeholder: Placeholder): number {
  const { format, text, pattern, border, scene, blur } = placeholder;
  const { width, height } = outputSize(placeholder);
  const letters = text.length * (LATIN.test(text) ? LETTER_MS : OTHER_LETTER_MS);
  const label = letters + (scene && text !== '' ? SCENE_LABEL_MS : 0);
  if (format === 'svg') return BASE_MS + label;
  const colors = scene || hasManyColors(placeholder) ? 'many' : 'few';
  const drawing = DRAWING_MS[colors];
  const perMegapixel =
    ENCODING_MS[format][colors] +
    drawing.background +
    (pattern.name === 'none' ? 0 : drawing.pattern) +
    (border.width > 0 ? drawing.border : 0) +
    (isRounded(placeholder) ? drawing.radius : 0) +
    (scene ? SCENE_MS + (blur > 0 ? BLUR_MS : 0) : 0);
  return BASE_MS + label + ((width * height) / 1e6) * perMegapixel;
}

/** Cost of a picture that counts as one, in ms: most ordinary pictures cost less. */
const PLAIN_MS = 25;

/** How many ordinary pictures a picture counts for: at least 1, in whole numbers. */
export function weightOf(placeholder: Placeholder): number {
  return Math.max(1, Math.floor(costOf(placeholder) / PLAIN_MS));
}
