import { askingFor, GreyboxError, invalid, quote } from '../errors.ts';
import { didYouMean, nearest } from '../nearest.ts';
import type { Described, Option, Reading, Shorthand } from './option.ts';
import { isOption, OPTION_NAMES, OPTIONS, SHOWN_OPTIONS } from './option-table.ts';
import { checkPixels, DEFAULT_LIMITS, type Limits, parseDimension } from './sizes.ts';
import type { OptionName, OptionValues, Placeholder, RenderOptions, ShorthandValues } from './values.ts';

export type { Background, Border, OptionName, Placeholder, RenderOptions, Size } from './values.ts';

type Values = OptionValues & ShorthandValues;

const SIZE_OPTIONS: readonly string[] = ['width', 'height'];

/** The type of a given value, for errors. */
const kindOf = (given: unknown): string => (given === null ? 'null' : typeof given);

/** A given value as URLs spell it. @throws GreyboxError for a value without a spelling */
function spelling(name: keyof RenderOptions, given: unknown): string {
  if (typeof given === 'string') return given;
  if (typeof given === 'number' || typeof given === 'boolean' || typeof given === 'bigint')
    return String(given);
  const code = isOption(name) ? (OPTIONS[name].code ?? 'invalid-option') : 'invalid-size';
  throw invalid(code, name, 'a string or a number', kindOf(given));
}

/** Longest value of an option other than a text, in UTF-16 units. */
const MAX_VALUE = 1000;

/** The value for its reader: one that is too long is cut, with an ellipsis that no reader accepts. */
function bounded(given: string, { control }: Described): string {
  return control.kind === 'text' || given.length <= MAX_VALUE ? given : `${given.slice(0, MAX_VALUE)}…`;
}

/** @throws GreyboxError `invalid-option` for an unknown option, which a program would otherwise believe to work */
function checkNames(options: RenderOptions): void {
  for (const [name, given] of Object.entries(options)) {
    if (given === undefined || isOption(name) || SIZE_OPTIONS.includes(name)) continue;
    const names = [...SIZE_OPTIONS, ...SHOWN_OPTIONS];
    const near = nearest(name, names);
    const hint = didYouMean(name, names) ?? (near && `the nearest is ${near}`);
    const detail = `${quote(name)} is not an option; options are ${names.join(', ')}${hint ? `; ${hint}` : ''}`;
    throw new GreyboxError('invalid-option', detail, {
      parameter: quote(name),
      value: typeof given === 'string' ? given : kindOf(given),
    });
  }
}

/** Reads options, each when it is first asked for: some depend on others. */
function readOptions(options: RenderOptions, width: number, height: number): Reading {
  const values = new Map<OptionName, Values[OptionName]>();
  const read = <Name extends OptionName>(name: Name): Values[Name] => {
    // A row fits its value, but the type of a union of rows cannot express that.
    const row = OPTIONS[name] as unknown as Option<Values[Name]> | Shorthand<Values[Name]>;
    const given = options[name];
    if (given !== undefined) return row.read(bounded(spelling(name, given), row), name, picture);
    return ('initial' in row ? row.initial(picture) : undefined) as Values[Name];
  };
  const picture: Reading = {
    width,
    height,
    get: (name) => {
      if (!values.has(name)) values.set(name, read(name));
      return values.get(name) as Values[typeof name];
    },
    has: (name) => options[name] !== undefined,
    given: (name) => (options[name] === undefined ? undefined : spelling(name, options[name])),
  };
  return picture;
}

/**
 * Turns options into the one value that describes a picture: checked, defaults filled in, frozen.
 * @throws GreyboxError naming the option, its value and what is allowed
 */
export function createPlaceholderValue(options: RenderOptions, limits: Limits = DEFAULT_LIMITS): Placeholder {
  if (typeof options !== 'object' || options === null) {
    throw invalid(
      'invalid-option',
      'options',
      'an object such as { width: 600, height: 400 }',
      String(options),
    );
  }
  checkNames(options);
  const side = options.width === undefined ? 'nothing' : spelling('width', options.width);
  const width = parseDimension(side, 'width', limits);
  const given = options.height === undefined ? width : options.height;
  const height = parseDimension(spelling('height', given), 'height', limits);
  return askingFor({ width, height, scale: 1 }, () => {
    const picture = readOptions(options, width, height);
    const scale = picture.get('scale');
    checkPixels(width, height, scale, limits);
    return askingFor({ width, height, scale }, () => freeze(picture));
  });
}

/** The options that are no field of a picture under their own name. */
const ELSEWHERE: readonly string[] = ['bg', 'angle', 'fg', 'theme'] satisfies OptionName[];

/** The value of a picture, with all its options read. */
function freeze({ width, height, get }: Reading): Placeholder {
  const own: Record<string, unknown> = {};
  for (const name of OPTION_NAMES) {
    const value = get(name);
    if (!ELSEWHERE.includes(name)) own[name] = value;
  }
  const background = { colors: get('bg'), angle: get('angle') };
  return Object.freeze(Object.assign(own, { width, height, background, foreground: get('fg') }) as never);
}

/** A picture's options by name, for the rows of the table; the meaning of shorthands is in the other options. */
export function readingOf(placeholder: Placeholder): Reading {
  const { width, height, background, foreground } = placeholder;
  const named = placeholder as Partial<Values>;
  const get = (name: OptionName): unknown => {
    if (name === 'bg') return background.colors;
    if (name === 'angle') return background.angle;
    return name === 'fg' ? foreground : named[name];
  };
  return {
    width,
    height,
    get: get as Reading['get'],
    has: (name) => get(name) !== undefined,
    given: () => undefined,
  };
}
