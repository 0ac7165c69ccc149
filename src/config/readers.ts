import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';

/** Reads the value of a setting; undefined if it is not allowed. */
export type Read<T> = (value: string) => T | undefined;

/** How a value is read, and what is allowed, as text after "must be". */
export type Reader<T> = readonly [read: Read<T>, allowed: string];

/** A whole number in decimal digits, from `low` to `high`. */
export function integer(low: number, high: number): Reader<number> {
  const read: Read<number> = (value) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    return number >= low && number <= high ? number : undefined;
  };
  return [read, `an integer from ${low} to ${high}`];
}

/** A number with at most three decimals, from `low` to `high`. */
export function decimal(low: number, high: number): Reader<number> {
  const read: Read<number> = (value) => {
    const number = /^\d{1,12}(?:\.\d{1,3})?$/.test(value) ? Number(value) : Number.NaN;
    return number >= low && number <= high ? number : undefined;
  };
  return [read, `a number from ${low} to ${high}`];
}

/** A whole number, or a word for a value that no number expresses. */
export function integerOr<const T extends string>(word: T, low: number, high: number): Reader<number | T> {
  const [read, allowed] = integer(low, high);
  return [(value) => (value === word ? word : read(value)), `${word} or ${allowed}`];
}

/** One of a few words. */
export function oneOf<const T extends string>(...values: T[]): Reader<T> {
  return [(value) => values.find((one) => one === value), `one of ${values.join(', ')}`];
}

const SWITCH: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  1: true,
  false: false,
  off: false,
  0: false,
};
export const toggle: Reader<boolean> = [
  (value) => (Object.hasOwn(SWITCH, value.toLowerCase()) ? SWITCH[value.toLowerCase()] : undefined),
  'on, off, true or false',
];

export const text = (pattern: RegExp, allowed: string): Reader<string> => [
  (value) => (pattern.test(value) ? value : undefined),
  allowed,
];

/** The host to listen on: an address, IPv6 with or without brackets, or a name that resolves to one. */
export const listenHost: Reader<string> = [
  (value) => {
    const address = /^\[(.*)\]$/.exec(value)?.[1];
    if (address !== undefined) return isIP(address) === 6 ? address : undefined;
    return isIP(value) || /^[\w.-]{1,253}$/.test(value) ? value : undefined;
  },
  'an address of this machine or its name, or 0.0.0.0 for all',
];

/** A host name without a port, in lower case. */
export const hostName: Reader<string> = [
  (value) => {
    const name = value.toLowerCase();
    return name.length <= 253 && /^[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})*$/.test(name) ? name : undefined;
  },
  'a host name',
];

/** Fields that answers already have, or that frame a message (RFC 9110, 9112). */
const TAKEN =
  /^(?:access-control-.*|allow|age|cache-(?:control|status)|cdn-cache-control|connection|content-.*|cross-origin-.*|date|etag|expires|keep-alive|last-modified|link|location|retry-after|server-timing|set-cookie|strict-transport-security|te|timing-allow-origin|trailer|transfer-encoding|upgrade|vary|via|x-(?:cache|content-type-options|ignored))$/i;

/** The name of a header field that may be set, or `off` (RFC 9110, 5.1). */
export const headerName: Reader<string> = [
  (value) => (/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(value) && !TAKEN.test(value) ? value : undefined),
  'off or the name of a header that greybox does not set itself',
];

/** The shared tiers: how each URL begins, and its whole pattern. */
const CACHE_URLS: Readonly<Record<string, RegExp>> = {
  'redis://': /^redis:\/\/(?:[^@/\s]*@)?[^/?#@\s]+(?:\/\d*\/?)?(?:\?\S*)?$/,
  'rediss://': /^rediss:\/\/(?:[^@/\s]*@)?[^/?#@\s]+(?:\/\d*\/?)?(?:\?\S*)?$/,
  'redis+sentinel://host:26379,host:26379/master':
    /^rediss?\+sentinel:\/\/[^/?#\s]+\/[^/?#\s]+(?:\/\d+)?(?:\?\S*)?$/,
  'redis+cluster://host:7000,host:7001': /^rediss?\+cluster:\/\/[^/?#\s]+\/?$/,
  'memcached://host:11211': /^memcached:\/\/[^/?#@,\s]+\/?$/,
  'sqlite:/file.db': /^sqlite:(?:\/\/\/|(?!\/\/))[^?#]+$/,
  'file:/folder': /^file:(?:\/\/\/|(?!\/\/))[^?#]+$/,
};

const isDecodable = (text: string): boolean => {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
};

/** Whether each of the hosts of a shared tier makes a URL: the standard knows URLs of one host only. */
function hasRightHosts(url: string): boolean {
  const [, before = '', hosts = '', after = ''] = /^(\S+?:\/\/(?:[^@/?#]*@)?)([^/?#]*)(.*)$/.exec(url) ?? [];
  return hosts.split(',').every((host) => host !== '' && URL.canParse(before + host + after));
}

export const cacheUrl: Reader<string | undefined> = [
  (value) => {
    const known = Object.values(CACHE_URLS).some((pattern) => pattern.test(value));
    const isRight = known && isDecodable(value) && (/^(?:file|sqlite):/.test(value) || hasRightHosts(value));
    return isRight ? value : undefined;
  },
  `one of ${Object.keys(CACHE_URLS).join(', ')}, with special characters percent-encoded`,
];

/** Address bits of each IP version that `isIP` returns. */
const ADDRESS_BITS: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/** An address with the prefix length of its network, or without one for a single address. */
function isNetwork(value: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/([1-9]\d{0,2}))?$/.exec(value) ?? [];
  return Number(bits ?? 1) <= (ADDRESS_BITS[isIP(address)] ?? 0);
}

export const networks: Reader<readonly string[]> = [
  (value) => {
    const list = value.split(',').map((one) => one.trim());
    return list.every(isNetwork) ? Object.freeze(list) : undefined;
  },
  'networks in CIDR notation, separated by commas, such as 10.0.0.0/8,fd00::/8',
];

const [readWorkers, workersAllowed] = integerOr('auto', 1, 1024);

/** A number of processes; `auto` is one per core. */
export const workers: Reader<number> = [
  (value) => {
    const count = readWorkers(value);
    return count === 'auto' ? availableParallelism() : count;
  },
  workersAllowed,
];

/** One thing that can be set. */
export interface Setting<T> {
  /** The environment variables for it; the first that is set wins. The flag is named after the first. */
  readonly env: readonly [string, ...string[]];
  readonly read: Read<T>;
  readonly fallback: T;
  /** What is allowed, as text after "must be". */
  readonly allowed: string;
  /** What it does, for `--help` and the README; may end with the meaning of the default. */
  readonly help: string;
}

export const setting = <T>(
  env: Setting<T>['env'],
  fallback: T,
  [read, allowed]: Reader<T>,
  help: string,
): Setting<T> => ({ env, fallback, read, allowed, help });

/** A default as users write it. */
export function spellDefault({ fallback }: Setting<unknown>): string {
  if (fallback === undefined || fallback === '') return 'none';
  return fallback === true ? 'on' : String(fallback);
}
