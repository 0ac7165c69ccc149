import { askingFor, invalid } from '../errors.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { Option, Reading, Shorthand } from './option.ts';
import { isOption, OPTION_NAMES, OPTIONS } from './option-table.ts';
import { checkPixels, DEFAULT_LIMITS, type Limits, parseDimension } from './sizes.ts';
import type { OptionName, OptionValues, Placeholder, RenderOptions, ShorthandValues } from './values.ts';

export type { Background, Border, OptionName, Placeholder, RenderOptions, Size } from './values.ts';

type Values = OptionValues & ShorthandValues;

const SIZE_OPTIONS: readonly string[] = ['width', 'height'];

/** What was given for an option as URLs spell it. @throws GreyboxError for what has no spelling */
function spelling(name: keyof RenderOptions, given: unknown): string {
  if (typeof given === 'string') return given;
  if (typeof given === 'number' || typeof given === 'boolean' || typeof given === 'bigint')
    return String(given);
  const code = isOption(name) ? (OPTIONS[name].code ?? 'invalid-option') : 'invalid-size';
  const kind = given === null ? 'null' : typeof given;
  throw invalid(code, name, 'a string or a number', kind);
}

/** @throws GreyboxError `invalid-option` for an option that does not exist: a program would never see that it does nothing */
function checkNames(options: RenderOptions): void {
  for (const [name, given] of Object.entries(options)) {
    if (given === undefined || isOption(name) || SIZE_OPTIONS.includes(name)) continue;
    const names = [...SIZE_OPTIONS, ...OPTION_NAMES];
    const near = nearest(name, names);
    const hint = didYouMean(name, names) ?? (near && `the nearest is ${near}`);
    throw invalid('invalid-option', 'options', `some of ${names.join(', ')}`, name, undefined, hint);
  }
}

/** Reads options, each when it is first asked for: some depend on others. */
function readOptions(options: RenderOptions, width: number, height: number): Reading {
  const values: { [Name in OptionName]?: Values[Name] } = {};
  const read = <Name extends OptionName>(name: Name): Values[Name] => {
    // A row and its value go together; the type of a union of rows cannot say so.
    const row = OPTIONS[name] as unknown as Option<Values[Name]> | Shorthand<Values[Name]>;
    const given = options[name];
    if (given !== undefined) return row.read(spelling(name, given), name, picture);
    return ('initial' in row ? row.initial(picture) : undefined) as Values[Name];
  };
  const picture: Reading = {
    width,
    height,
    get: (name) => {
      if (!Object.hasOwn(values, name)) values[name] = read(name);
      return values[name] as Values[typeof name];
    },
    has: (name) => options[name] !== undefined,
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
  const height = parseDimension(spelling('height', options.height ?? width), 'height', limits);
  return askingFor({ width, height, scale: 1 }, () => {
    const picture = readOptions(options, width, height);
    const scale = picture.get('scale');
    checkPixels(width, height, scale, limits);
    return askingFor({ width, height, scale }, () => freeze(picture));
  });
}

/** The value of a picture all of whose options are read. */
function freeze(picture: Reading): Placeholder {
  const values = {} as Record<OptionName, unknown>;
  for (const name of OPTION_NAMES) values[name] = picture.get(name);
  const { bg, angle, fg, theme: _theme, seed: _seed, ...rest } = values as Values;
  const { width, height } = picture;
  return Object.freeze({ width, height, ...rest, background: { colors: bg, angle }, foreground: fg });
}

/** A picture's options by their names, as its rows know them. */
export function readingOf(placeholder: Placeholder): Reading {
  const { width, height, background, foreground, ...rest } = placeholder;
  const values: Partial<Values> = { ...rest, bg: background.colors, angle: background.angle, fg: foreground };
  return { width, height, get: (name) => values[name] as Values[typeof name], has: (name) => name in values };
}
