import { invalid } from '../errors.ts';
import { DEFAULT_FORMAT, EXTENSIONS, FORMATS, type Format, formatOf } from '../formats.ts';
import { type Color, readableOn } from './color.ts';
import { checkPixels, DEFAULT_LIMITS, type Limits, parseDimension } from './sizes.ts';

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
  readonly font: string;
  /** 100–900 */
  readonly weight: number;
  /** Wanted label size; undefined for as large as fits. */
  readonly size: number | undefined;
  /** 1–100; undefined for lossless formats. */
  readonly quality: number | undefined;
  /** Corner radius, at most half of the shorter side. */
  readonly radius: number;
  readonly border: Border;
  readonly pattern: string;
}

/** The options as a caller names them; strings are spelled as in a URL. */
export interface RenderOptions {
  /** px, 1 to the limit (2000) */
  readonly width: number | string;
  /** px, 1 to the limit (2000); default: the width */
  readonly height?: number | string | undefined;
  /** png (default), jpg, jpeg, webp, avif, gif or svg */
  readonly format?: string | undefined;
}

export const DEFAULTS = {
  background: { colors: [[204, 204, 204, 255]], angle: 0 },
  font: 'inter',
  weight: 600,
  radius: 0,
  pattern: 'none',
  scale: 1,
} as const satisfies Partial<Placeholder>;

/** The label of a picture that was given none. */
export function defaultText(width: number, height: number): string {
  return `${width} × ${height}`;
}

/**
 * Reads a format by one of its extensions.
 * @throws GreyboxError `unsupported-format`
 */
export function parseFormat(value: string): Format {
  const format = formatOf(value);
  if (format) return format;
  throw invalid('unsupported-format', 'format', `one of ${EXTENSIONS.join(', ')}`, value);
}

/**
 * Turns options into the one value that describes a picture: checked, defaults filled in, frozen.
 * @throws GreyboxError naming the option, its value and what is allowed
 */
export function createPlaceholderValue(options: RenderOptions, limits: Limits = DEFAULT_LIMITS): Placeholder {
  const width = parseDimension(String(options.width), 'width', limits);
  const height = parseDimension(String(options.height ?? width), 'height', limits);
  const format = options.format === undefined ? DEFAULT_FORMAT : parseFormat(options.format);
  checkPixels({ width, height }, DEFAULTS.scale, limits);
  const foreground = readableOn(DEFAULTS.background.colors);
  return Object.freeze({
    ...DEFAULTS,
    width,
    height,
    format,
    foreground,
    text: defaultText(width, height),
    size: undefined,
    quality: FORMATS[format].quality,
    border: { width: 0, color: foreground },
  });
}
