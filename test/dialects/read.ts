import { AVATARS } from '../../src/dialects/avatars/avatars.ts';
import { BOXES } from '../../src/dialects/boxes/boxes.ts';
import type { Dialect, Meant } from '../../src/dialects/dialect.ts';
import { PHOTOGRAPHS } from '../../src/dialects/photos/photos.ts';
import { cacheKey } from '../../src/options/cache-key.ts';
import { createPlaceholderValue } from '../../src/options/options.ts';
import { DEFAULT_LIMITS } from '../../src/options/sizes.ts';

/** Every grammar of another service. */
export const SERVICES: readonly Dialect[] = [...BOXES, ...PHOTOGRAPHS, ...AVATARS];

const MOUNTS = new Map(SERVICES.flatMap((dialect) => dialect.paths.map((path) => [path, dialect] as const)));

/** Reads a target below the mount of a service, such as `/placehold.co/600x400?text=Hi`. */
export function readTarget(target: string, accept?: string): Meant {
  const [path = '', query] = target.split(/\?(.*)/s);
  const mount = [...MOUNTS.keys()].find(
    (one) => path === one || path.startsWith(`${one}/`) || path.startsWith(`${one}&`),
  );
  const dialect = MOUNTS.get(mount ?? '');
  if (mount === undefined || !dialect) throw new Error(`no service has ${target}`);
  const context = { limits: DEFAULT_LIMITS, accept, base: `http://localhost${mount}` };
  return dialect.read({ path: path.slice(mount.length), query }, context);
}

/** The picture that a target means. @throws Error where it means data */
export function pictureOf(target: string, accept?: string) {
  const meant = readTarget(target, accept);
  if (meant.kind === 'data') throw new Error(`${target} is no picture`);
  return createPlaceholderValue(meant.options, DEFAULT_LIMITS);
}

/** The cache key of the picture that a target means, its percent-encoding undone. */
export const keyOf = (target: string): string => decodeURIComponent(cacheKey(pictureOf(target)));
