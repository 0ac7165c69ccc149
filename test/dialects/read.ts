import type { Dialect, Meant } from '../../src/dialects/dialect.ts';
import { DIALECTS, DialectTable } from '../../src/dialects/table.ts';
import { cacheKey } from '../../src/options/cache-key.ts';
import { createPlaceholderValue } from '../../src/options/options.ts';
import { DEFAULT_LIMITS } from '../../src/options/sizes.ts';

/** Every grammar of another service. */
export const SERVICES: readonly Dialect[] = DIALECTS.filter(
  ({ name }) => name !== '/image' && name !== '/avatar',
);

const table = new DialectTable();

/** Where a grammar is mounted on any host. */
export const mountOf = ({ paths, hosts }: Dialect): string => paths[0] ?? `/${hosts[0]}`;

/** Reads a target below the mount of a service, such as `/placehold.co/600x400?text=Hi`. */
export function readTarget(target: string, accept?: string): Meant {
  const resolved = table.resolve(target, 'localhost');
  if (!resolved) throw new Error(`no service has ${target}`);
  const context = { limits: DEFAULT_LIMITS, accept, base: `http://localhost${resolved.mount}` };
  return resolved.dialect.read(resolved.target, context);
}

/** The picture that a target means. @throws Error where it means data */
export function pictureOf(target: string, accept?: string) {
  const meant = readTarget(target, accept);
  if (meant.kind === 'data') throw new Error(`${target} is no picture`);
  return createPlaceholderValue(meant.options, DEFAULT_LIMITS);
}

/** The cache key of the picture that a target means, its percent-encoding undone. */
export const keyOf = (target: string): string => decodeURIComponent(cacheKey(pictureOf(target)));

/** A target below the mount of nearly any service that none of its forms has. */
const NONSENSE = '/no/such/form';

/** Every service with its mount, and a path below it that it refuses; undefined where it takes any. */
export const MOUNTED = SERVICES.map((dialect) => {
  const mount = mountOf(dialect);
  const refuses = (path: string): boolean => {
    try {
      readTarget(mount + path);
      return false;
    } catch {
      return true;
    }
  };
  return { dialect, mount, bad: [NONSENSE, '?width=0&height=0'].find(refuses) };
});
