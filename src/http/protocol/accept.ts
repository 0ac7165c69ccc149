/** One range of an `Accept` header, or one name of `Accept-Encoding`: `image/*;q=0.8`, `gzip`. */
export interface Range {
  /** In lower case. */
  readonly type: string;
  readonly quality: number;
}

/** The most ranges that are read: a browser sends about ten. */
const MOST_RANGES = 100;
/** The most parameters of a range that are read, its weight among them. */
const MOST_PARAMETERS = 10;

/** Reads `Accept` or `Accept-Encoding` (RFC 9110, 12.5.1, 12.5.3); a malformed weight counts as 1, other parameters are ignored. */
export function parseAccept(accept: string): Range[] {
  return accept.split(',', MOST_RANGES).flatMap((part) => {
    const [type = '', ...parameters] = part
      .split(';', 1 + MOST_PARAMETERS)
      .map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const quality =
      weight !== undefined && /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 1;
    return type === '' ? [] : [{ type, quality }];
  });
}

/**
 * Whether a client prefers an image to anything else (RFC 9110, 12.5.1), like an `<img>`: it names an image type with
 * more weight than any document, and no less than the range for all types. A browser's address bar names HTML, and curl
 * names nothing.
 */
export function prefersPicture(accept = ''): boolean {
  if (accept === '') return false;
  const ranges = parseAccept(accept);
  const weight = (pattern: RegExp): number =>
    Math.max(0, ...ranges.filter(({ type }) => pattern.test(type)).map(({ quality }) => quality));
  const image = weight(/^image\//);
  return image > weight(/^(?:text|application)\//) && image >= weight(/^\*\/\*$/);
}

/** The first of some content codings that a client names without `q=0` (RFC 9110, 12.5.3); undefined for none. */
export function acceptedEncoding<T extends string>(accept: string, encodings: readonly T[]): T | undefined {
  const taken = parseAccept(accept).filter(({ quality }) => quality > 0);
  return encodings.find((name) => taken.some(({ type }) => type === name));
}
