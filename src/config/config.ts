import { kindOf, quote } from '../errors.ts';
import { orDidYouMean } from '../nearest.ts';
import { memoryLimit } from './memory-limit.ts';
import type { Setting } from './readers.ts';
import { type Config, DERIVED, flagNamed, SECRET, SETTINGS, type SettingName } from './settings.ts';

/** All faults of the settings, one sentence each. */
export class ConfigError extends TypeError {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/** Where settings come from. */
export interface Sources {
  /** Default: this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Flags as typed: `--port 80`, `--port=80`. */
  readonly args?: readonly string[];
  /** The settings to read; others keep their defaults and have no flag. Default: all. */
  readonly only?: readonly SettingName[];
  /** MiB that all workers together may use; some defaults depend on it. Default: this process's limit. */
  readonly memoryMb?: number | undefined;
}

/** An argument that is safe to quote: a URL after a misspelt flag may contain a password. */
const withoutPassword = (value: string): string => value.replace(/\/\/.*@/s, '//…@');

/** zsh, tcsh and conda use HOST for something else: the name of the machine, or its build target. */
const shellAdvice = (name: string | undefined): string =>
  name === 'HOST' ? '; some shells set HOST: unset it, or give --host' : '';

/** The value given for one setting, and the name that it was given by. */
interface Given {
  readonly name: string;
  readonly value: string;
}

type AllGiven = ReadonlyMap<SettingName, Given>;

const ROWS = Object.entries(SETTINGS) as [SettingName, Setting<unknown>][];

/** The fault of a flag that is none. @param flags all that there are */
export function unknownFlag(given: string, flags: readonly string[]): string {
  return `unknown flag ${quote(given)}${orDidYouMean(given, flags)}`;
}

/** Whether an argument is a flag; a negative number is none. */
const isFlag = (arg: string): boolean => /^-(?!\d)/.test(arg);

/**
 * Splits arguments into flags and their values: `--port 80`, `--port=80`. What follows a flag is its value, whether the
 * flag is known or not, unless it is a flag too. An argument that belongs to no flag has the empty flag.
 */
function splitArgs(args: readonly string[]): { flag: string; value: string | undefined }[] {
  const found: { flag: string; value: string | undefined }[] = [];
  for (let at = 0; at < args.length; at++) {
    const [arg = '', next] = [args[at], args[at + 1]];
    const equals = arg.indexOf('=');
    if (!isFlag(arg)) found.push({ flag: '', value: arg });
    else if (equals > 0) found.push({ flag: arg.slice(0, equals), value: arg.slice(equals + 1) });
    else {
      const hasValue = next !== undefined && !isFlag(next);
      found.push({ flag: arg, value: hasValue ? next : undefined });
      if (hasValue) at++;
    }
  }
  return found;
}

/** Collects variables and flags. A flag wins; an empty variable counts as unset. */
function collect({ env = process.env, args = [], only }: Sources, faults: string[]): AllGiven {
  const given = new Map<SettingName, Given>();
  const rows = only ? ROWS.filter(([key]) => only.includes(key)) : ROWS;
  for (const [key, one] of rows) {
    const name = one.env.find((candidate) => env[candidate]);
    if (name) given.set(key, { name, value: env[name] as string });
  }
  const keys = new Map(
    rows.flatMap(([key, { env: names }]) => names.map((name) => [`--${flagNamed(name)}`, key])),
  );
  for (const { flag, value } of splitArgs(args)) {
    const key = keys.get(flag);
    if (flag === '') faults.push(`unexpected argument ${quote(withoutPassword(value ?? ''))}`);
    else if (!key) faults.push(unknownFlag(withoutPassword(flag), [...keys.keys()]));
    else if (value === undefined) faults.push(`${flag} must be ${SETTINGS[key].allowed}, got nothing`);
    else given.set(key, { name: flag, value });
  }
  return given;
}

/** @throws ConfigError that names every fault at once, including those found before */
function readGiven(given: AllGiven, faults: readonly string[], memoryMb = memoryLimit()): Config {
  const all = [...faults];
  const read = ROWS.map(([key, { read, fallback, allowed }]) => {
    const found = given.get(key);
    if (!found) return [key, fallback];
    const value = read(found.value);
    const got = SECRET.includes(key) ? '' : `, got ${found.value === '' ? 'nothing' : quote(found.value)}`;
    if (value === undefined) all.push(`${found.name} must be ${allowed}${got}`);
    return [key, value];
  });
  const config = Object.fromEntries(read) as Config;
  const { port, opsPort } = config;
  if (opsPort !== undefined && opsPort === port && port !== 0)
    all.push(`${given.get('opsPort')?.name} must be another port than PORT, got ${port}`);
  if (all.length > 0) throw new ConfigError(all);
  const workerMb = (memoryMb ?? Number.POSITIVE_INFINITY) / config.workers;
  const derived = Object.entries(DERIVED).filter(([key]) => !given.has(key as SettingName));
  return Object.freeze({
    ...config,
    ...Object.fromEntries(derived.map(([key, derive]) => [key, derive(config, workerMb)])),
  });
}

/**
 * The one reader of the environment and of the flags of `greybox serve`; a flag wins over a variable.
 * @throws ConfigError that names every fault at once
 */
export function readConfig(sources: Sources): Config {
  const faults: string[] = [];
  return readGiven(collect(sources, faults), faults, sources.memoryMb);
}

/** Looks at a setting's value where only the machine or a table can tell. @returns its fault, as text after its name */
type Check = (value: string) => Promise<string | undefined>;

/** Checks of settings whose values are text. */
export type Checks = { readonly [Name in 'cacheUrl' | 'dialect']: Check };

/** Whether the host is one of this machine's. */
async function checkHost({ name, value }: Given): Promise<string | undefined> {
  // Loaded only by a process that listens: programs load the rest of this file too.
  const { isOwnHost } = await import('./own-address.ts');
  const host = SETTINGS.host.read(value);
  if (host === undefined || (await isOwnHost(host))) return undefined;
  return ` must be ${SETTINGS.host.allowed}, got ${quote(value)}${shellAdvice(name)}`;
}

/**
 * Reads settings like `readConfig`, and also checks that the host is one of this machine's, that the dialect exists and
 * that the cache's store can be opened.
 * @throws ConfigError (as a rejection) that names every fault at once
 */
export async function readCheckedConfig(sources: Sources, checks: Checks): Promise<Config> {
  const faults: string[] = [];
  const given = collect(sources, faults);
  const check = async (key: SettingName, one: Given): Promise<string | undefined> => {
    if (key === 'host') return checkHost(one);
    if (key !== 'cacheUrl' && key !== 'dialect') return undefined;
    const value = SETTINGS[key].read(one.value);
    return value === undefined ? undefined : checks[key](value);
  };
  for (const [key, one] of given) {
    const fault = await check(key, one);
    if (fault !== undefined) faults.push(one.name + fault);
  }
  return readGiven(given, faults, sources.memoryMb);
}

/** @throws ConfigError if a program without types gives something else as settings */
export function checkIsObject(settings: unknown): void {
  if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) return;
  throw new ConfigError([
    `settings must be an object such as { maxDimension: 4000 }, got ${kindOf(settings)}`,
  ]);
}

/** Settings as a program gives them: a number, a word or a list; undefined counts as unset. */
export type Settings = { readonly [Name in SettingName]?: Config[Name] | undefined };

/** A program's value, spelled as in a variable; undefined for values without a spelling, such as null or an object. */
function spellingOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.join(',');
  const isPlain = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  return isPlain || value instanceof URL ? String(value) : undefined;
}

/**
 * The same settings from a program, by their camelCase names: `{ maxPixels: 1e6 }`. Reads no environment.
 * @throws ConfigError that names every fault at once
 */
export function configOf(settings: Settings): Config {
  const faults: string[] = [];
  const given = new Map<SettingName, Given>();
  const unknown = Object.keys(settings).filter((name) => !Object.hasOwn(SETTINGS, name));
  if (unknown.length > 0) {
    const all = Object.keys(SETTINGS);
    const names = unknown.map((name) => quote(name)).join(', ');
    const near = unknown.map((name) => orDidYouMean(name, all)).join('');
    faults.push(`unknown setting ${names}; settings are ${all.join(', ')}${near}`);
  }
  for (const [name] of ROWS) {
    const value = settings[name];
    if (value === undefined) continue;
    const spelled = spellingOf(value);
    if (spelled === undefined) faults.push(`${name} must be ${SETTINGS[name].allowed}, got ${kindOf(value)}`);
    else given.set(name, { name, value: spelled });
  }
  return readGiven(given, faults);
}
