import type { Color } from './rgb.ts';

/**
 * A colour as people see it (CSS Color 4, 9.4): lightness 0–1, chroma 0 to about 0.37 in sRGB, hue in degrees. Equal
 * steps look equal, and hues of the same lightness and chroma look equally bright and strong.
 */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

/** Oklab: lightness, and the two axes green–red and blue–yellow. */
export type Oklab = readonly [l: number, a: number, b: number];

/** From sRGB's curve to light (CSS Color 4, 10.2). */
export function linearize(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** From light to sRGB's curve, 0–255, not rounded. */
function delinearize(light: number): number {
  return 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);
}

/** sRGB to Oklab; alpha is ignored (B. Ottosson, "A perceptual color space for image processing", 2020). */
function toOklab([red, green, blue]: Color): Oklab {
  const [r, g, b] = [linearize(red), linearize(green), linearize(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Oklab to linear sRGB, 0–1 for what sRGB can show. */
function toLinear([lightness, a, b]: Oklab): [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

export function toOklch(color: Color): Oklch {
  const [l, a, b] = toOklab(color);
  const h = (Math.atan2(b, a) * 180) / Math.PI;
  return { l, c: Math.hypot(a, b), h: h < 0 ? h + 360 : h };
}

function labOf({ l, c, h }: Oklch): Oklab {
  const radians = (h * Math.PI) / 180;
  return [l, c * Math.cos(radians), c * Math.sin(radians)];
}

/** How far a channel may lie outside of sRGB and be clipped without a visible difference. */
const TOLERANCE = 0.0001;

function isInGamut(lab: Oklab): boolean {
  return toLinear(lab).every((light) => light >= -TOLERANCE && light <= 1 + TOLERANCE);
}

/** Halvings of chroma: the last step is far too small to be seen. */
const HALVINGS = 12;

/**
 * OKLCH to sRGB. A colour that sRGB cannot show keeps its lightness and hue and loses as much chroma as necessary
 * (CSS Color 4, 13.2: gamut mapping by chroma reduction, without comparing clipped colours).
 * @param alpha 0–255
 */
export function fromOklch({ l, c, h }: Oklch, alpha = 255): Color {
  const lightness = Math.min(1, Math.max(0, l));
  let lab = labOf({ l: lightness, c: Math.max(0, c), h });
  if (!isInGamut(lab)) {
    let [low, high] = [0, c];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (low + high) / 2;
      if (isInGamut(labOf({ l: lightness, c: middle, h }))) low = middle;
      else high = middle;
    }
    lab = labOf({ l: lightness, c: low, h });
  }
  const [red, green, blue] = toLinear(lab).map((light) =>
    Math.round(delinearize(Math.min(1, Math.max(0, light)))),
  ) as [number, number, number];
  return [red, green, blue, alpha];
}

/** How different two opaque colours look: their distance in Oklab. About 0.02 is just visible; 1 is black and white. */
export function difference(a: Color, b: Color): number {
  const [l1, a1, b1] = toOklab(a);
  const [l2, a2, b2] = toOklab(b);
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

/** Mixes two colours in Oklab, where the colours between do not turn muddy; `amount` 0–1. */
export function blend(from: Color, to: Color, amount: number): Color {
  const [start, end] = [toOklab(from), toOklab(to)];
  const lab = start.map((value, i) => value + ((end[i] as number) - value) * amount) as unknown as Oklab;
  const [l, a, b] = lab;
  const alpha = Math.round(from[3] + (to[3] - from[3]) * amount);
  return fromOklch({ l, c: Math.hypot(a, b), h: (Math.atan2(b, a) * 180) / Math.PI }, alpha);
}
