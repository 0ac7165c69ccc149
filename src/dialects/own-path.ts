import { askingFor, invalid } from '../errors.ts';
import { formatOf } from '../formats.ts';
import { formatColor, parseColor } from '../options/color.ts';
import type { RenderOptions, Size } from '../options/options.ts';
import {
  checkOverruled,
  givenTwice,
  isExtension,
  type QueryOptions,
  readFormat,
  readQuery,
} from '../options/parse.ts';
import { splitColors } from '../options/readers.ts';
import type { Limits } from '../options/sizes.ts';
import type { MeantPicture } from './dialect.ts';

// What greybox's own grammars have in common: `[@{scale}x][/{background}[/{foreground}]][.{ext}][?options]`.

/** A path segment, split from the scale and the extension at its end. */
export interface Segment {
  readonly text: string;
  /** The text after the last `@`: `2x`. */
  readonly scale?: string;
  readonly extension?: string;
  /** Whether the extension stands before the scale, which is the wrong way round. */
  readonly isSwapped?: true;
}

/** Percent-decodes a segment (RFC 3986, 2.1); one that cannot be decoded stays as it is, and is refused for its `%`. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Splits a path into its decoded segments; a trailing slash makes no difference.
 * @param most returns at most this many, and one more where there are more
 */
export function segmentsOf(path: string, most: number): string[] {
  const inner = path.slice(1, path.length > 1 && path.endsWith('/') ? -1 : undefined);
  return inner.split('/', most + 1).map(decode);
}

/** Splits off an extension, which begins with a letter: the `.5` of `1.5x400` stays part of a bad size. */
function splitExtension(text: string, isKnown: boolean): Segment {
  const at = text.lastIndexOf('.');
  const extension = text.slice(at + 1);
  if (at < 0 || !/^(?:[a-z][a-z0-9]*)?$/i.test(extension)) return { text };
  return isKnown && !isExtension(extension) ? { text } : { text: text.slice(0, at), extension };
}

/**
 * Takes the scale and the extension off the end of a segment.
 * @param isName whether the segment is a name: then only a known extension and a complete scale count
 */
export function splitEnd(segment: string, isName = false): Segment {
  const { text, ...extension } = splitExtension(segment, isName);
  const at = text.lastIndexOf('@');
  const scale = text.slice(at + 1);
  if (at < 0 || (isName && !/^\d{1,4}x$/i.test(scale))) return { text, ...extension };
  const inner = splitExtension(text.slice(0, at), true);
  const isSwapped = inner.extension !== undefined && extension.extension === undefined;
  if (isSwapped) return { ...inner, scale, isSwapped };
  return { text: text.slice(0, at), scale, ...extension };
}

/** The number of `2x`. @throws GreyboxError `invalid-option` */
function scaleOf({ text, scale = '', extension, isSwapped }: Segment): string {
  const refuse = (allowed: string, got: string, hint: string): never => {
    throw invalid('invalid-option', 'scale', allowed, got, undefined, hint);
  };
  if (isSwapped)
    refuse('before the extension', `.${extension}@${scale}`, `write ${text}@${scale}.${extension}`);
  if (!/x$/i.test(scale)) {
    refuse('@2x, @3x or @4x', `@${scale}`, /^[1-4]$/.test(scale) ? `write @${scale}x` : 'write @2x');
  }
  return scale.slice(0, -1);
}

/** The value of an option that may stand in two places. @throws GreyboxError `invalid-option` where the two differ */
function once(
  name: string,
  first: string | undefined,
  second: string | undefined,
  isSame: (a: string, b: string) => boolean,
): string | undefined {
  if (first !== undefined && second !== undefined && !isSame(first, second))
    throw givenTwice(name, first, second);
  return second ?? first;
}

/** A path's colour as a query spells it; only in a path does a comma mean alpha: `ff0000,128`. */
function pathColor(segment: string, parameter: 'bg' | 'fg'): string {
  const parts = parameter === 'bg' ? splitColors(segment, /-/) : [segment];
  return parts.map((part) => formatColor(parseColor(part, parameter, true))).join('-');
}

/** The segments of one of our paths. */
export interface OwnPath {
  /** The segment that may carry a scale and an extension before the colours. */
  readonly subject: Segment;
  readonly colors: readonly string[];
}

/** Whether a text is a background of a path. */
function isPathColor(text: string): boolean {
  try {
    return pathColor(text, 'bg') !== '';
  } catch {
    return false;
  }
}

const splitWhole = (texts: readonly string[]) => ({ texts: [...texts], end: undefined });

/** Splits what follows the subject: colours, and the end of the last segment. */
function splitColorsEnd(colors: readonly string[]): { texts: string[]; end: Segment | undefined } {
  const last = colors.at(-1);
  if (last === undefined) return { texts: [], end: undefined };
  const end = splitEnd(last);
  const { text, scale, extension = 'png' } = end;
  // Neither a colour nor a format, such as `placehold.co`: it is named as a whole.
  const isNeither = scale === undefined && !isExtension(extension) && extension !== '' && !isPathColor(text);
  return isNeither ? splitWhole(colors) : { texts: [...colors.slice(0, -1), text], end };
}

/**
 * Reads the parts that all our own grammars share: scale, colours, extension and query.
 * @param defaultsOf options that the path implies for a query; the query overrules them
 * @throws GreyboxError with a 4xx status
 */
export function readOwn(
  { subject, colors }: OwnPath,
  query: string | undefined,
  size: Size,
  limits: Limits,
  defaultsOf: (query: QueryOptions) => Partial<RenderOptions> = () => ({}),
): MeantPicture {
  const { texts, end } = splitColorsEnd(colors);
  const ends = [subject, end].filter((one) => one !== undefined);
  return askingFor({ ...size, scale: scaleShown(ends) }, () => {
    const scales = ends.map((one) => (one.scale === undefined ? undefined : scaleOf(one)));
    const scale = once('scale', scales[0], scales[1], (a, b) => Number(a) === Number(b));
    const misplaced = texts.find((text) => text.includes('@'));
    if (misplaced !== undefined) {
      const hint = `write ${misplaced.replace(/@.*/s, '')} here and @2x at the end`;
      throw invalid('invalid-option', 'scale', 'after the size or at the end', misplaced, undefined, hint);
    }
    const [bg, fg] = texts;
    const inPath = {
      ...(scale !== undefined && { scale }),
      ...(bg !== undefined && { bg: pathColor(bg, 'bg') }),
      ...(fg !== undefined && { fg: pathColor(fg, 'fg') }),
    };
    const { options, ignored } = readQuery(query);
    checkOverruled(options, inPath, limits);
    const extension = once('format', subject.extension, end?.extension, isSameFormat);
    const { format: asked, ...rest } = options;
    const meant = readMeant(extension, asked);
    const { format } = meant;
    return {
      kind: meant.kind,
      options: {
        ...defaultsOf(options),
        ...rest,
        ...inPath,
        ...size,
        ...(format !== undefined && { format }),
      },
      ...(meant.isAuto && { byAccept: 'auto' }),
      ...(ignored.length > 0 && { ignored }),
    };
  });
}

/** The scale that an error is drawn in: the requested one, where it is valid. */
function scaleShown(ends: readonly Segment[]): number {
  const scale = Number.parseInt(ends.map((one) => one.scale).find(Boolean) ?? '1', 10);
  return scale >= 1 && scale <= 4 ? scale : 1;
}

function isSameFormat(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase() || (formatOf(a) !== undefined && formatOf(a) === formatOf(b));
}

/** What an extension and `format` mean together: the extension wins, unless it asks for the explanation of a format. */
function readMeant(
  extension: string | undefined,
  inQuery: string | undefined,
): { kind: MeantPicture['kind']; format?: string; isAuto: boolean } {
  const asked = readFormat(inQuery);
  const named = extension === undefined ? asked : readFormat(extension);
  const { format, pseudo } = named.pseudo === 'json' ? { ...asked, pseudo: asked.pseudo } : named;
  return {
    kind: named.pseudo === 'json' ? 'explanation' : 'picture',
    ...(format !== undefined && { format }),
    isAuto: pseudo === 'auto',
  };
}

/** What a path meant that holds a query: `/300` and `text=Hi` for `/300&text=Hi`. */
export function queryInPath(path: string): { readonly path: string; readonly query: string } | undefined {
  const found = /&(?:amp;)?|%26|%3f|\?/i.exec(path);
  if (!found) return undefined;
  const query = path
    .slice(found.index + found[0].length)
    .replace(/%26|&amp;/gi, '&')
    .replace(/%3d/gi, '=');
  return { path: path.slice(0, found.index), query };
}
