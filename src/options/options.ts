import { DEFAULT_FORMAT, FORMATS, type Format } from '../formats.ts';
import { type Color, parseColor, readableOn } from './color.ts';
import { DEFAULT_FONT, type FontName, nearestWeight } from './font-table.ts';
import * as readers from './readers.ts';
import { checkPixels, DEFAULT_LIMITS, type Limits, parseDimension } from './sizes.ts';
import { defaultText, parseText } from './text.ts';
import { seededPair } from './themes.ts';

/** What lies behind the label: one colour, or a linear gradient of two to four. */
export interface Background {
  readonly colors: readonly [Color, ...Color[]];
  /** Direction of the gradient in degrees, 0–359, as CSS counts them: 0 upwards, 90 to the right. */
  readonly angle: number;
}

export interface Border {
  /** px before scaling; 0 draws none */
  readonly width: number;
  readonly color: Color;
}

/**
 * The plain, frozen value that every request becomes. All lengths are in px before scaling. Nothing past `options/`
 * sees a request, and two requests for one picture become equal values.
 */
export interface Placeholder {
  readonly width: number;
  readonly height: number;
  /** Output pixels per px, 1–4. */
  readonly scale: number;
  readonly format: Format;
  readonly background: Background;
  readonly foreground: Color;
  /** The label, its lines joined by a newline; empty for none. */
  readonly text: string;
  readonly font: FontName;
  /** 100–900, one that the family has. */
  readonly weight: number;
  /** Wanted label size; undefined for as large as fits. */
  readonly size: number | undefined;
  /** 1–100; undefined for lossless formats. */
  readonly quality: number | undefined;
  /** Corner radius, at most half of the shorter side. */
  readonly radius: number;
  readonly border: Border;
  readonly pattern: readers.Pattern;
}

/** An option as a caller may give it: spelled as in a URL, or as a number. */
type Given = string | number | undefined;

/** The options of one picture, under the names that URLs have for them. */
export interface RenderOptions {
  /** px, 1 to the limit (2000) */
  readonly width: Given;
  /** px, 1 to the limit (2000); default: the width */
  readonly height?: Given;
  /** png (default), jpg, jpeg, webp, avif, gif or svg */
  readonly format?: Given;
  /** output pixels per px, 1–4; default 1 */
  readonly scale?: Given;
  /** a colour, or a gradient of 2 to 4 joined by `,` or `-` */
  readonly bg?: Given;
  /** a colour; default: one that reads well on the background */
  readonly fg?: Given;
  /** direction of a gradient in degrees; default 180, downwards */
  readonly angle?: Given;
  /** up to 300 characters in at most 20 lines; default `{width} × {height}`; empty for none */
  readonly text?: Given;
  readonly font?: Given;
  /** 100–900 or `bold`; default 600 */
  readonly weight?: Given;
  /** label size in px, 4–500; default: as large as fits */
  readonly size?: Given;
  /** 1–100, for jpeg, webp and avif */
  readonly quality?: Given;
  /** corner radius: px, or `n%` of the shorter side */
  readonly radius?: Given;
  /** px, or `px,colour` */
  readonly border?: Given;
  readonly pattern?: Given;
  /** a named pair of colours */
  readonly theme?: Given;
  /** any string: a stable pair of colours */
  readonly seed?: Given;
}

export type OptionName = keyof RenderOptions;

const DEFAULT_WEIGHT = 600;
const DEFAULT_ANGLE = 180;
export const DEFAULT_BACKGROUND: Color = [204, 204, 204, 255];

/** The colours that a request means: its own, else its theme's, else its seed's, else the default. */
function readColors(
  read: <T>(name: OptionName, reader: readers.Reader<T>) => T | undefined,
): Pick<Placeholder, 'background' | 'foreground'> {
  const seeded = read('seed', (value) => seededPair(value));
  const pair = read('theme', readers.theme) ?? seeded;
  const given = read('bg', readers.background);
  const colors = given ?? [pair?.background ?? DEFAULT_BACKGROUND];
  const angle = (read('angle', readers.angle) ?? DEFAULT_ANGLE) % 360;
  const foreground = read('fg', (value) => parseColor(value, 'fg'));
  return {
    background: { colors, angle: colors.length > 1 ? angle : DEFAULT_ANGLE },
    foreground: foreground ?? (given ? undefined : pair?.foreground) ?? readableOn(colors),
  };
}

/**
 * Turns options into the one value that describes a picture: checked, defaults filled in, frozen.
 * @throws GreyboxError naming the option, its value and what is allowed
 */
export function createPlaceholderValue(options: RenderOptions, limits: Limits = DEFAULT_LIMITS): Placeholder {
  const read = <T>(name: OptionName, reader: readers.Reader<T>): T | undefined => {
    const given = options[name];
    return given === undefined ? undefined : reader(String(given), name);
  };
  const width = parseDimension(String(options.width), 'width', limits);
  const height = parseDimension(String(options.height ?? options.width), 'height', limits);
  const scale = read('scale', readers.scale) ?? 1;
  checkPixels(width, height, scale, limits);
  const format = read('format', readers.format) ?? DEFAULT_FORMAT;
  const quality = read('quality', readers.quality) ?? FORMATS[format].quality;
  const { background, foreground } = readColors(read);
  const shorter = Math.min(width, height);
  const font = read('font', readers.font) ?? DEFAULT_FONT;
  return Object.freeze({
    width,
    height,
    scale,
    format,
    background,
    foreground,
    text: read('text', (value) => parseText(value, width, height)) ?? defaultText(width, height),
    font,
    weight: nearestWeight(font, read('weight', readers.weight) ?? DEFAULT_WEIGHT),
    size: read('size', readers.size),
    quality: FORMATS[format].quality === undefined ? undefined : quality,
    radius: read('radius', (value) => readers.radius(value, shorter)) ?? 0,
    border: read('border', (value) => readers.border(value, shorter, foreground)) ?? {
      width: 0,
      color: foreground,
    },
    pattern: read('pattern', readers.pattern) ?? 'none',
  });
}

/** What an option is when it is left out, in the terms of this picture: what the cache key does not repeat. */
export function defaultsOf({ width, height, format, background, font }: Placeholder): Partial<Placeholder> {
  return {
    scale: 1,
    foreground: readableOn(background.colors),
    text: defaultText(width, height),
    font: DEFAULT_FONT,
    weight: nearestWeight(font, DEFAULT_WEIGHT),
    quality: FORMATS[format].quality,
  };
}
