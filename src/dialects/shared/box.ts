import type { Format } from '../../formats.ts';
import { fontNamed } from '../../options/font-table.ts';
import type { RenderOptions } from '../../options/options.ts';
import type { Dialect, ReadContext } from '../dialect.ts';
import type { Parts } from './parts.ts';
import { type Service, serviceDialect } from './service.ts';
import { fit, type Size } from './size.ts';

/** Bounds of the option `size`, in px. */
const MIN_LABEL = 4;
const MAX_LABEL = 500;

/** Bounds of the option `radius`, by its unit. */
const MAX_RADIUS = { px: 2000, '%': 100 } as const;

/** A labelled box that a service's URL asks for. */
export interface Asked {
  /** The requested size, within the service's own bounds. */
  readonly size: Size;
  readonly bg?: string | undefined;
  readonly fg?: string | undefined;
  /** Undefined for the service's own label, empty for none. */
  readonly text?: string | undefined;
  readonly format?: Format | undefined;
  /** Output pixels per px. */
  readonly scale?: number;
  readonly more?: Partial<RenderOptions>;
}

/** A service for labelled boxes: what it draws where a URL does not say. */
export interface BoxService extends Service {
  readonly bg: string;
  readonly fg: string | ((bg: string) => string);
  readonly format: Format;
  readonly font?: string;
  readonly weight?: number;
  readonly label: (size: Size) => string;
  readonly read: (parts: Parts, context: ReadContext) => Asked;
}

const scaled = (px: number, factor: number, least = 0): number => Math.max(least, Math.round(px * factor));

/** Scales down the options in px along with their picture. */
export function shrink(more: Partial<RenderOptions>, factor: number): Partial<RenderOptions> {
  if (factor === 1) return more;
  const { size, radius } = more;
  const corner = (one: string): string => (one.endsWith('%') ? one : String(scaled(Number(one), factor)));
  return {
    ...more,
    ...(size !== undefined && { size: scaled(Number(size), factor, MIN_LABEL) }),
    ...(radius !== undefined && { radius: String(radius).split(',').map(corner).join(',') }),
  };
}

/** The picture that a service draws for a requested box. */
function boxOptions(service: BoxService, asked: Asked, { limits }: ReadContext): RenderOptions {
  const { bg = service.bg, format = service.format, scale = 1, more = {} } = asked;
  const fg = asked.fg ?? (typeof service.fg === 'string' ? service.fg : service.fg(bg));
  const size = fit(asked.size, limits, scale);
  return {
    ...size,
    ...(scale !== 1 && { scale }),
    format,
    bg,
    fg,
    text: asked.text ?? service.label(asked.size),
    ...(service.font !== undefined && { font: service.font }),
    ...(service.weight !== undefined && { weight: service.weight }),
    ...shrink(more, size.width / asked.size.width),
  };
}

/** Makes the grammar of a service for labelled boxes. */
export const box = (service: BoxService): Dialect =>
  serviceDialect(service, (parts, context) => ({
    options: boxOptions(service, service.read(parts, context), context),
  }));

/** Our font by a service's name, or the nearest to one that we lack; undefined for an unknown name. */
export function nearestFont(name = '', nearest: Readonly<Record<string, string>> = {}): string | undefined {
  const key = name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return fontNamed(key) ?? (Object.hasOwn(nearest, key) ? nearest[key] : undefined);
}

/** A service's label size, moved into the bounds of `size`; none where the text is not a number. */
export function labelSize(text: string | undefined, perUnit = 1): { size?: number } {
  const value = Number.parseFloat(text ?? '') * perUnit;
  return value > 0 ? { size: Math.min(MAX_LABEL, Math.max(MIN_LABEL, Math.round(value))) } : {};
}

/** A service's corner radius in px or percent, moved into the bounds of `radius`; undefined for any other text. */
export function cornerRadius(text: string): string | undefined {
  const [, number, unit = 'px'] = /^(\d{1,9}(?:\.\d{1,9})?)(px|%)?$/.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const value = Math.round(Math.min(Number(number), MAX_RADIUS[unit as keyof typeof MAX_RADIUS]));
  return unit === '%' ? `${value}%` : String(value);
}
