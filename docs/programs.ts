import { existsSync, readFileSync } from 'node:fs';
import { bundled } from './packages.ts';

/** An installed package. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
}

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: true;
  readonly devOptional?: true;
  readonly peer?: true;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** The machine of the image: binaries for others are packages of the same source. */
const HERE = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const;

/** What `npm ci --omit=dev` installs there, as the lock file has it. */
export function installed(): Installed[] {
  const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  const isHere = (one: Locked): boolean =>
    (Object.keys(HERE) as (keyof typeof HERE)[]).every((part) => one[part]?.includes(HERE[part]) ?? true);
  return Object.entries(packages).flatMap(([path, one]) => {
    // What only a package for another machine needs is not there.
    if (path === '' || !existsSync(new URL(`../${path}`, import.meta.url))) return [];
    if (one.dev || one.devOptional || one.peer || !isHere(one)) return [];
    const name = path.replace(/^.*node_modules\//, '');
    return [{ name, version: one.version, licence: one.license ?? 'none named' }];
  });
}

/** What runs: all but fonts and emoji. */
export function programs(): Installed[] {
  const drawings = new Set(bundled().map(({ name }) => name));
  return installed().filter(({ name }) => !drawings.has(name));
}
