import type { Format } from '../../formats.ts';
import { fontNamed } from '../../options/font-table.ts';
import type { RenderOptions } from '../../options/options.ts';
import type { Dialect, ReadContext } from '../dialect.ts';
import type { Parts } from './parts.ts';
import { type Service, serviceDialect } from './service.ts';
import { fit, type Size } from './size.ts';

/** What the option `size` takes, in px. */
const MIN_LABEL = 4;
const MAX_LABEL = 500;

/** A labelled box as a URL of a service asks for it. */
export interface Asked {
  /** As it was asked for, within the service's own bounds. */
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

/** A service of labelled boxes: what it draws where a URL does not say. */
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

/** What is measured in px, as much smaller as the picture that it belongs to. */
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

/** The picture that a service of boxes draws for what was asked. */
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

/** Makes the grammar of a service of labelled boxes. */
export const box = (service: BoxService): Dialect =>
  serviceDialect(service, (parts, context) => ({
    options: boxOptions(service, service.read(parts, context), context),
  }));

/** The font of ours that a name means, or the nearest to one that we do not have; undefined for an unknown one. */
export function nearestFont(name = '', nearest: Readonly<Record<string, string>> = {}): string | undefined {
  const key = name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return fontNamed(key) ?? (Object.hasOwn(nearest, key) ? nearest[key] : undefined);
}

/** A label size of a service within what `size` takes; undefined for what is no number. */
export function labelSize(text: string | undefined, perUnit = 1): { size?: number } {
  const value = Number.parseFloat(text ?? '') * perUnit;
  return value > 0 ? { size: Math.min(MAX_LABEL, Math.max(MIN_LABEL, Math.round(value))) } : {};
}
