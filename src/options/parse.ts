import { GreyboxError, quote } from '../errors.ts';
import { formatOf } from '../formats.ts';
import { isOption } from './option-table.ts';
import { createPlaceholderValue, type OptionName } from './options.ts';
import { invalidFormat } from './readers.ts';
import type { Limits } from './sizes.ts';

/** Formats besides those of images: one that `Accept` chooses, and an explanation instead of a picture. */
export const PSEUDO_FORMATS = ['auto', 'json'] as const;
export type PseudoFormat = (typeof PSEUDO_FORMATS)[number];

/** Options as a query spells them. */
export type QueryOptions = Readonly<Partial<Record<OptionName, string>>>;

/** Names of parameters for analytics or against caches: nobody means an option by them. */
const UNRELATED =
  /^_*(?:utm_.*|v|ver|version|rev(?:ision)?|cb|dc|cache|cache[-_]?bust(?:er)?|bust(?:er)?|no[-_]?cache|t|ts|time(?:stamp)?|r|rnd|rand(?:om)?|nonce|lock|[a-z]*clk?id|gclsrc|[gw]braid|mc_[ce]id|_g[al]|igshid|ref)?$/i;

/** Whether a parameter is for those who count visits, or for versions: it never tells two pictures apart. */
export const isTracking = (name: string): boolean => /^(?:utm_.*|v|_|[a-z]*clk?id|_g[al])$/i.test(name);

/** Whether to report an unknown parameter: it may have been meant as an option. */
export const isTelling = (name: string): boolean => name !== '' && !UNRELATED.test(name);

/** Most names of unknown parameters that are kept, and the longest name. */
const MOST_IGNORED = 50;
const LONGEST_IGNORED = 100;

/**
 * Reads a query (URL Standard, 5.1). An option that is given twice with two values is an error.
 * @returns the options that greybox knows, and the other names in their order without tracking and cache-busting ones
 * @throws GreyboxError `invalid-option`
 */
export function readQuery(query: string | undefined): { options: QueryOptions; ignored: readonly string[] } {
  const options: Partial<Record<OptionName, string>> = {};
  const ignored = new Set<string>();
  let last: string | undefined;
  for (const [name, value] of new URLSearchParams(query ?? '')) {
    if (!isOption(name)) {
      const hasRoom = ignored.size < MOST_IGNORED && name.length <= LONGEST_IGNORED;
      if (hasRoom && name !== last && isTelling(name)) ignored.add(name);
      last = name;
      continue;
    }
    const before = options[name];
    if (before !== undefined && before !== value) throw givenTwice(name, before, value);
    options[name] = value;
  }
  return { options, ignored: [...ignored] };
}

/** The error of an option that is given twice with two values. */
export function givenTwice(name: string, first: string, second: string): GreyboxError {
  const given = `${quote(first)} and ${quote(second)}`;
  return new GreyboxError('invalid-option', `${name} must be given once, got ${given}`, {
    parameter: name,
    value: `${first} and ${second}`,
  });
}

/** The meaning of a URL's extension or `format`. */
export interface AskedFormat {
  /** An image format's name. */
  readonly format?: string;
  readonly pseudo?: PseudoFormat;
}

/** Whether URLs may have an extension. */
export function isExtension(name: string): boolean {
  return formatOf(name) !== undefined || PSEUDO_FORMATS.some((one) => one === name.toLowerCase());
}

/**
 * Reads the format that a URL names: an image format or one of {@link PSEUDO_FORMATS}.
 * @throws GreyboxError `unsupported-format`
 */
export function readFormat(name: string | undefined): AskedFormat {
  if (name === undefined) return {};
  const pseudo = PSEUDO_FORMATS.find((one) => one === name.toLowerCase());
  if (pseudo) return { pseudo };
  if (formatOf(name)) return { format: name };
  throw invalidFormat(name, 'format', PSEUDO_FORMATS);
}

/**
 * Checks the options of a query that a path overrules: a bad value is still an error. They are read for a picture of
 * one pixel, where nothing else can be wrong.
 * @throws GreyboxError
 */
export function checkOverruled(query: QueryOptions, path: object, limits: Limits): void {
  if (Object.keys(path).some((name) => name in query)) createPlaceholderValue({ ...query, width: 1 }, limits);
}
