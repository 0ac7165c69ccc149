import { parseArgs } from 'node:util';
import { ConfigError, readConfig, unknownFlag } from '../../config/config.ts';
import { GreyboxError, quote } from '../../errors.ts';
import { FORMAT_NAMES } from '../../formats.ts';
import { SHOWN_OPTIONS } from '../../options/option-table.ts';
import { createPlaceholderValue, type RenderOptions } from '../../options/options.ts';
import { readFormat } from '../../options/parse.ts';
import { DEFAULT_LIMITS, type Limits } from '../../options/sizes.ts';

/** The picture options that have a flag; `--format` takes several values at once. */
export const FLAG_OPTIONS = SHOWN_OPTIONS.filter((name) => name !== 'format');

/** Flags for the limits of a picture, as for `greybox serve`. */
const LIMITS = ['max-dimension', 'max-pixels'];
const VALUED = ['format', 'out', 'name', 'from', ...LIMITS, ...FLAG_OPTIONS];
const SWITCHES = ['stdout', 'force'];

/** All flags, as they are typed. */
const FLAGS = [...VALUED, ...SWITCHES].map((name) => `--${name}`);

/** A flag is never another flag's value, unless joined with `=`: `--text=--force`. */
const FLAG = new RegExp(`^--(?:${[...VALUED, ...SWITCHES].join('|')})(?:=|$)`);

/** The parsed arguments of `greybox render`. */
export interface Asked {
  /** Sizes and URLs of the command line. */
  readonly sources: readonly string[];
  /** A file of URLs, or `-` for standard input. */
  readonly from: string | undefined;
  /** As spelled, which is also the files' extension. Empty: the format that each source names. */
  readonly formats: readonly string[];
  /** Options for all pictures; they win over those of a source. */
  readonly options: Partial<RenderOptions>;
  readonly out: string;
  /** The template for file names, without an extension; undefined for the default. */
  readonly name: string | undefined;
  readonly toStdout: boolean;
  readonly force: boolean;
  readonly limits: Limits;
}

/** Reads formats such as `webp,avif`. */
function readFormats(given: string | undefined, faults: string[]): string[] {
  const names = given?.split(',').map((one) => one.trim()) ?? [];
  const read = names.map((name) => {
    try {
      const { format } = readFormat(name);
      if (format !== undefined) return format.toLowerCase();
    } catch (error) {
      if (!(error instanceof GreyboxError)) throw error;
    }
    faults.push(
      `--format must be of ${FORMAT_NAMES.join(', ')}, joined by commas, got ${quote(name) || 'nothing'}`,
    );
    return undefined;
  });
  return [...new Set(read.filter((one) => one !== undefined))];
}

/** Reads the limits of pictures. */
function readLimits(values: ReadonlyMap<string, string>, faults: string[]): Limits {
  const args = LIMITS.flatMap((name) => (values.has(name) ? [`--${name}=${values.get(name)}`] : []));
  try {
    return readConfig({ args, only: ['maxDimension', 'maxPixels'] });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.push(...error.faults);
    return DEFAULT_LIMITS;
  }
}

/** Reads options of pictures, each for a picture of one pixel, where nothing else can be wrong. */
function readOptions(values: ReadonlyMap<string, string>, faults: string[]): Partial<RenderOptions> {
  const right = FLAG_OPTIONS.filter((name) => {
    if (!values.has(name)) return false;
    try {
      createPlaceholderValue({ width: 1, [name]: values.get(name) });
      return true;
    } catch (error) {
      if (!(error instanceof GreyboxError)) throw error;
      faults.push(`--${error.message}`);
      return false;
    }
  });
  return Object.fromEntries(right.map((name) => [name, values.get(name)]));
}

/** Reads the arguments, and finds every fault of the flags at once. */
export function readArguments(args: readonly string[]): { asked: Asked; faults: string[] } {
  const faults: string[] = [];
  const values = new Map<string, string>();
  const sources: string[] = [];
  const options = Object.fromEntries([
    ...VALUED.map((name) => [name, { type: 'string' as const }]),
    ...SWITCHES.map((name) => [name, { type: 'boolean' as const }]),
  ]);
  /** The place of what may be an unknown flag's value. */
  let unclear = -1;
  for (const token of parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens) {
    if (token.kind === 'positional' && token.index !== unclear) sources.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (SWITCHES.includes(name)) {
      if (value === undefined) values.set(name, '');
      else faults.push(`${rawName} takes no value, got ${quote(value) || 'nothing'}`);
    } else if (!VALUED.includes(name)) {
      faults.push(unknownFlag(rawName, FLAGS));
      if (value === undefined) unclear = token.index + 1;
    } else if (value === undefined || (token.inlineValue !== true && FLAG.test(value)))
      faults.push(`${rawName} needs a value`);
    else values.set(name, value);
  }
  const formats = readFormats(values.get('format'), faults);
  const from = values.get('from');
  if (sources.length === 0 && from === undefined && faults.length === 0)
    faults.push('name at least one size or URL, such as 600x400, or a file of them with --from');
  const asked: Asked = {
    sources,
    from,
    formats,
    options: readOptions(values, faults),
    out: values.get('out') ?? '.',
    name: values.get('name'),
    toStdout: values.has('stdout'),
    force: values.has('force'),
    limits: readLimits(values, faults),
  };
  return { asked, faults };
}
