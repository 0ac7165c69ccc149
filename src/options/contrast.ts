import { linearize } from '../color/oklch.ts';
import { type Color, flatten } from './color.ts';

/** Relative luminance, 0–1 (WCAG 2.2, "relative luminance"). */
export function luminance([red, green, blue]: Color): number {
  return 0.2126 * linearize(red) + 0.7152 * linearize(green) + 0.0722 * linearize(blue);
}

/** Contrast ratio of two opaque colours, 1–21 (WCAG 2.2, "contrast ratio"). */
export function contrast(a: Color, b: Color): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Screen luminance of APCA, with its soft clamp of near-black. */
function screenLuminance([red, green, blue]: Color): number {
  const light = (channel: number): number => (channel / 255) ** 2.4;
  const y = 0.2126729 * light(red) + 0.7151522 * light(green) + 0.072175 * light(blue);
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: APCA's own exponent, which is not the root of two
  return y < 0.022 ? y + (0.022 - y) ** 1.414 : y;
}

/**
 * Lightness contrast of text on an opaque background, whichever is darker: how strong it looks, 0 to about 108 (APCA,
 * "SAPC-APCA", constants 0.0.98G-4g).
 */
export function apca(text: Color, background: Color): number {
  const [ink, paper] = [screenLuminance(text), screenLuminance(background)];
  if (Math.abs(paper - ink) < 0.0005) return 0;
  const raw = paper > ink ? paper ** 0.56 - ink ** 0.57 : ink ** 0.62 - paper ** 0.65;
  return raw * 1.14 < 0.1 ? 0 : (raw * 1.14 - 0.027) * 100;
}

/** The least contrast ratio of an ink on several colours, 1–21; colours that are not opaque lie on white. */
export function worstContrast(ink: Color, backgrounds: readonly Color[]): number {
  return Math.min(...backgrounds.map((color) => contrast(flatten(ink, flatten(color)), flatten(color))));
}
