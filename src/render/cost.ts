import type { Format } from '../formats.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { isRounded } from './shapes.ts';

/** What a picture takes at least, in ms. */
const BASE_MS = 1;

/** Encoding of a megapixel, in ms: of few colours, and of many as gradients and emoji have them. */
const ENCODING_MS: Readonly<Record<Format, { readonly few: number; readonly many: number }>> = {
  png: { few: 1, many: 5 },
  jpeg: { few: 18, many: 25 },
  webp: { few: 45, many: 25 },
  avif: { few: 40, many: 70 },
  gif: { few: 6, many: 300 },
  svg: { few: 0, many: 0 },
};

/** Drawing of a megapixel, in ms: few colours are drawn layer by layer and then counted, many in one go. */
const DRAWING_MS = {
  few: { background: 1, pattern: 55, border: 27, radius: 27 },
  many: { background: 5, pattern: 18, border: 2, radius: 2 },
} as const;

/** Drawing of a megapixel of a scene, in ms, and what blurring it takes. */
const SCENE_MS = 18;
const BLUR_MS = 12;
/** What a label on a scene takes, in ms: what lies under it is drawn first, to see how it reads. */
const SCENE_LABEL_MS = 12;

/** Layout and drawing of a character, in ms: of Latin letters, and of scripts whose ink has to be looked at. */
const LETTER_MS = 0.08;
const OTHER_LETTER_MS = 0.8;

const LATIN = /^[\n\u0020-\u024F\u2010-\u2027]*$/;
const EMOJI = /\p{Emoji_Presentation}|\uFE0F/u;

/** Whether a picture has more colours than a palette holds, beside its scene. */
export const hasManyColors = ({ background, text }: Pick<Placeholder, 'background' | 'text'>): boolean =>
  background.colors.length > 1 || EMOJI.test(text);

/**
 * About how long a picture takes to draw and encode, in ms of a core, known before it is drawn. The figures are processor time
 * on one machine, within a factor of two of each kind of picture: what is compared with them has to be measured.
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

/** Cost of a picture that counts as one where pictures are counted, in ms: most ordinary ones cost less. */
const PLAIN_MS = 25;

/** How many ordinary pictures a picture counts for: at least 1, in whole numbers. */
export function weightOf(placeholder: Placeholder): number {
  return Math.max(1, Math.floor(costOf(placeholder) / PLAIN_MS));
}
