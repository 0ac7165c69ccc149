/** What greybox knows of one output format. */
export interface FormatSpec {
  /** The extensions that name it in a URL; the first is the one used in file names. */
  readonly extensions: readonly string[];
  readonly mime: string;
  /** Whether it can hold transparent pixels. */
  readonly alpha: boolean;
  /** Default quality, 1–100; absent where the format is lossless. */
  readonly quality?: number;
}

const TABLE = {
  png: { extensions: ['png'], mime: 'image/png', alpha: true },
  jpeg: { extensions: ['jpeg', 'jpg'], mime: 'image/jpeg', alpha: false, quality: 80 },
  webp: { extensions: ['webp'], mime: 'image/webp', alpha: true, quality: 80 },
  avif: { extensions: ['avif'], mime: 'image/avif', alpha: true, quality: 60 },
  gif: { extensions: ['gif'], mime: 'image/gif', alpha: true },
  svg: { extensions: ['svg'], mime: 'image/svg+xml', alpha: true },
} as const satisfies Record<string, FormatSpec>;

export type Format = keyof typeof TABLE;

/** THE format table: the rest of the code asks it and never lists formats of its own. */
export const FORMATS: Readonly<Record<Format, FormatSpec>> = TABLE;

export const DEFAULT_FORMAT: Format = 'png';

export const FORMAT_NAMES = Object.keys(FORMATS) as Format[];

const byExtension = new Map<string, Format>(
  FORMAT_NAMES.flatMap((format) => FORMATS[format].extensions.map((ext) => [ext, format] as const)),
);

/** Every extension of the table, for messages and documents. */
export const EXTENSIONS: readonly string[] = [...byExtension.keys()];

/** The format that an extension names in any case, or undefined. */
export function formatOf(extension: string): Format | undefined {
  return byExtension.get(extension.toLowerCase());
}
