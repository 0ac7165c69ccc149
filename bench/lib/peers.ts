import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Dependencies = 'dependencies' | 'optionalDependencies';

const FOLDER = fileURLToPath(new URL('../peers/', import.meta.url));

/** When a file was written, in ms; 0 where there is none. */
const written = (file: string): number =>
  statSync(`${FOLDER}${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const isInstalled = (): boolean => written('node_modules/.package-lock.json') > written('package-lock.json');

let tried = false;

/** Installs the packages of `peers/`, where that has not been done. @returns why they are missing; undefined if they are not */
export function lacksPeers(): string | undefined {
  if (!isInstalled() && !tried) {
    tried = true;
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    spawnSync('npm', args, { cwd: FOLDER, stdio: ['ignore', 2, 2], timeout: 120_000 });
  }
  return isInstalled() ? undefined : 'its package could not be installed (npm ci in bench/peers)';
}

/** Bun's program, from its package for this machine. */
export const BUN = `${FOLDER}node_modules/@oven/bun-linux-x64/bin/bun`;

/** Why Bun cannot run here; undefined where it can. */
export function lacksBun(): string | undefined {
  const reason = lacksPeers();
  if (reason !== undefined) return reason;
  return existsSync(BUN) ? undefined : 'its package is for Linux on x64';
}

/** The versions of the packages of `peers/`, as locked. */
export function peerVersions(): Record<string, string> {
  const lock = JSON.parse(readFileSync(`${FOLDER}package-lock.json`, 'utf8')) as {
    packages: Record<string, { version?: string } & Partial<Record<Dependencies, Record<string, string>>>>;
  };
  const { dependencies, optionalDependencies } = lock.packages[''] ?? {};
  const names = Object.keys({ ...dependencies, ...optionalDependencies });
  return Object.fromEntries(
    names.map((name) => [name, lock.packages[`node_modules/${name}`]?.version ?? '?']),
  );
}
