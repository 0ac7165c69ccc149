import { GreyboxError, invalid, quote } from '../errors.ts';
import { EXTENSIONS, formatOf } from '../formats.ts';
import { formatColor, parseColor } from './color.ts';
import { createPlaceholderValue, type OptionName, type RenderOptions } from './options.ts';
import { type Limits, parseDimension, parseSize } from './sizes.ts';

/** The options that a query may hold; all others are ignored. */
export const QUERY_OPTIONS = [
  'text',
  'bg',
  'fg',
  'angle',
  'font',
  'weight',
  'size',
  'format',
  'quality',
  'scale',
  'radius',
  'border',
  'pattern',
  'theme',
  'seed',
] as const satisfies readonly OptionName[];

/** What an URL may ask for beside an image: a format chosen by `Accept`, or an explanation instead of a picture. */
export const PSEUDO_FORMATS = ['auto', 'json'] as const;
export type PseudoFormat = (typeof PSEUDO_FORMATS)[number];

/** What a URL asks for. */
export interface ImageRequest {
  /** Its options under their own names; `format` only where it names an image format. */
  readonly options: RenderOptions;
  readonly pseudo: PseudoFormat | undefined;
}

/** Percent-decodes a path segment (RFC 3986, 2.1). */
function decode(segment: string, { maxDimension }: Limits): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    const forms = `{width}x{height}, each an integer from 1 to ${maxDimension}, in well-formed percent-encoding`;
    throw invalid('invalid-size', 'size', forms, segment);
  }
}

/** An extension starts with a letter, so that the `.5` of `1.5x400` stays part of a bad size. */
const EXTENSION = /\.([a-z][a-z0-9]*|)$/i;

/** Splits the extension off the last segment. */
function splitExtension(segments: readonly string[]): {
  segments: readonly string[];
  extension: string | undefined;
} {
  const last = segments.at(-1) ?? '';
  const extension = EXTENSION.exec(last)?.[1];
  if (extension === undefined) return { segments, extension };
  return { segments: [...segments.slice(0, -1), last.slice(0, -extension.length - 1)], extension };
}

/** A path's colour in the query's spelling; only here a comma means alpha: `ff0000,128`. */
function pathColor(segment: string, parameter: 'bg' | 'fg'): string {
  const parts = parameter === 'bg' ? segment.split('-') : [segment];
  return parts.map((part) => formatColor(parseColor(part, parameter, true))).join('-');
}

/** The known options of a query. One that is given twice with two values is nobody's to guess. */
function parseQuery(query: string): Partial<Record<OptionName, string>> {
  const params = new URLSearchParams(query);
  const options: Partial<Record<OptionName, string>> = {};
  for (const name of QUERY_OPTIONS) {
    const values = new Set(params.getAll(name));
    if (values.size > 1) {
      const given = [...values].join(' and ');
      throw new GreyboxError('invalid-option', `${name} must be given once, got ${quote(given)}`, {
        parameter: name,
        value: given,
      });
    }
    for (const value of values) options[name] = value;
  }
  return options;
}

/** The format that a URL names: an image's, or one of the two that are none. */
function parseFormat(name: string | undefined): { format?: string; pseudo?: PseudoFormat } {
  if (name === undefined) return {};
  const pseudo = PSEUDO_FORMATS.find((one) => one === name.toLowerCase());
  if (pseudo) return { pseudo };
  if (formatOf(name)) return { format: name };
  const allowed = `one of ${[...EXTENSIONS, ...PSEUDO_FORMATS].join(', ')}`;
  throw invalid('unsupported-format', 'format', allowed, name);
}

/**
 * Reads an image URL: the part of the request target that follows `/image/`, still percent-encoded, with its query.
 * Where path and query name the same option, the path wins; the query's value must be good all the same.
 * @throws GreyboxError with a 4xx status
 */
export function parseImageUrl(target: string, limits: Limits): ImageRequest {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const raw = path.replace(/\/$/, '').split('/');
  const { segments, extension } = splitExtension(raw.map((segment) => decode(segment, limits)));
  const [sizeText = '', bg, fg, ...rest] = segments;
  if (rest.length > 0) {
    throw invalid('invalid-option', 'path', '/image/{size}/{background}/{foreground}.{ext} at most', path);
  }
  const { width, height, scale, meant } = parseSize(sizeText, limits);
  parseDimension(width, 'width', limits, meant);
  parseDimension(height, 'height', limits, meant);
  const { format: queryFormat, ...query } = at < 0 ? {} : parseQuery(target.slice(at + 1));
  const asked = parseFormat(queryFormat);
  const { format, pseudo } = extension === undefined ? asked : parseFormat(extension);
  const inPath = {
    ...(scale !== undefined && { scale }),
    ...(bg !== undefined && { bg: pathColor(bg, 'bg') }),
    ...(fg !== undefined && { fg: pathColor(fg, 'fg') }),
  };
  // What the path overrules has to be good all the same; on a picture of one pixel nothing else can be wrong with it.
  if (Object.keys(inPath).some((name) => name in query))
    createPlaceholderValue({ ...query, width: 1 }, limits);
  return { options: { ...query, ...inPath, width, height, ...(format !== undefined && { format }) }, pseudo };
}
