/** The properties of one output format. */
export interface FormatSpec {
  /** The extensions that name it in a URL; the first is the one used in file names. */
  readonly extensions: readonly string[];
  readonly mime: string;
  /** Whether it can hold transparent pixels. */
  readonly alpha: boolean;
  /** Default quality, 1–100; absent for a lossless format. */
  readonly quality?: number;
  /** Its rank if `auto` can choose among several, from 1: of formats that a client names, the smallest is first … */
  readonly named: number;
  /** … of those that it accepts without naming them, the one that every client can show. */
  readonly unnamed: number;
  /** Whether some clients cannot show it: a `<picture>` offers it and falls back to another. */
  readonly modern?: true;
  /**
   * The most output pixels for which a flat picture is drawn on the main thread. That takes at most about a millisecond
   * (docs/performance.md); handing it to a thread and back costs a tenth of that.
   */
  readonly inlinePixels: number;
  /** Additional header fields of its answers: name, value, and so on. */
  readonly fields?: readonly string[];
}

/** An SVG opened on its own runs nothing and loads nothing (CSP Level 3). */
export const SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const TABLE = {
  png: {
    extensions: ['png'],
    mime: 'image/png',
    alpha: true,
    named: 3,
    unnamed: 1,
    inlinePixels: 1_500_000,
  },
  jpeg: {
    extensions: ['jpeg', 'jpg'],
    mime: 'image/jpeg',
    alpha: false,
    quality: 80,
    named: 4,
    unnamed: 2,
    inlinePixels: 700_000,
  },
  webp: {
    extensions: ['webp'],
    mime: 'image/webp',
    alpha: true,
    quality: 80,
    named: 2,
    unnamed: 4,
    modern: true,
    inlinePixels: 700_000,
  },
  avif: {
    extensions: ['avif'],
    mime: 'image/avif',
    alpha: true,
    quality: 60,
    named: 1,
    unnamed: 5,
    modern: true,
    inlinePixels: 700_000,
  },
  gif: {
    extensions: ['gif'],
    mime: 'image/gif',
    alpha: true,
    named: 5,
    unnamed: 3,
    inlinePixels: 150_000,
  },
  svg: {
    extensions: ['svg'],
    mime: 'image/svg+xml',
    alpha: true,
    named: 6,
    unnamed: 6,
    inlinePixels: Number.POSITIVE_INFINITY,
    // The second lets a page that requires isolation show it in an <object> or <iframe> (HTML, 7.1.4).
    fields: ['content-security-policy', SVG_POLICY, 'cross-origin-embedder-policy', 'require-corp'],
  },
} as const satisfies Record<string, FormatSpec>;

export type Format = keyof typeof TABLE;

/** THE format table: other code uses it and never lists formats of its own. */
export const FORMATS: Readonly<Record<Format, FormatSpec>> = TABLE;

export const DEFAULT_FORMAT: Format = 'png';

export const FORMAT_NAMES = Object.keys(FORMATS) as Format[];

/** The formats, ordered by one of their ranks. */
export function formatsBy(order: 'named' | 'unnamed'): readonly Format[] {
  return [...FORMAT_NAMES].sort((a, b) => FORMATS[a][order] - FORMATS[b][order]);
}

const byExtension = new Map<string, Format>(
  FORMAT_NAMES.flatMap((format) => FORMATS[format].extensions.map((ext) => [ext, format] as const)),
);

/** Every extension of the table, for messages and documents. */
export const EXTENSIONS: readonly string[] = [...byExtension.keys()];

/** One extension for each format, as people write it: `jpg`. */
export const SHORT_EXTENSIONS: readonly string[] = Object.values(FORMATS).map(
  ({ extensions }) => extensions.at(-1) ?? '',
);

/** The format that an extension names in any case, or undefined. */
export function formatOf(extension: string): Format | undefined {
  return byExtension.get(extension.toLowerCase());
}
