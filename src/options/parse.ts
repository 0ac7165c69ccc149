import { invalid } from '../errors.ts';
import { createPlaceholderValue, type Placeholder, type RenderOptions } from './options.ts';
import { type Limits, parseSize } from './sizes.ts';

/** A path below `/image/`, taken apart but not yet understood. */
interface Segments {
  readonly segments: readonly string[];
  /** What follows the last dot, without it; undefined where nothing does. */
  readonly extension: string | undefined;
}

/** Percent-decodes a path segment (RFC 3986, 2.1); undefined where it is malformed. */
function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** An extension starts with a letter, so that the `.5` of `1.5x400` stays part of a bad size. */
const EXTENSION = /\.([a-z][a-z0-9]*|)$/i;

function split(path: string, limits: Limits): Segments {
  const raw = path.replace(/\/$/, '').split('/');
  const segments = raw.map((segment) => {
    const decoded = decode(segment);
    if (decoded !== undefined) return decoded;
    const allowed = `well-formed percent-encoding of {width}x{height}, each an integer from 1 to ${limits.maxDimension}`;
    throw invalid('invalid-size', 'size', allowed, segment);
  });
  const last = segments.at(-1) ?? '';
  const extension = EXTENSION.exec(last)?.[1];
  if (extension === undefined) return { segments, extension };
  return { segments: [...segments.slice(0, -1), last.slice(0, -extension.length - 1)], extension };
}

/**
 * Reads an image URL: the part of its path that follows `/image/`, still percent-encoded.
 * @throws GreyboxError with a 4xx status
 */
export function parseImagePath(path: string, limits: Limits): Placeholder {
  const { segments, extension } = split(path, limits);
  const [size = '', ...rest] = segments;
  if (rest.length > 0) throw invalid('invalid-option', 'path', '/image/{width}x{height}[.{ext}]', path);
  const options: RenderOptions = { ...parseSize(size, limits), format: extension };
  return createPlaceholderValue(options, limits);
}
