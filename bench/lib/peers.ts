import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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

/** The versions of the packages of `peers/`, as locked. */
export function peerVersions(): Record<string, string> {
  const lock = JSON.parse(readFileSync(`${FOLDER}package-lock.json`, 'utf8')) as {
    packages: Record<string, { version?: string; dependencies?: Record<string, string> }>;
  };
  const names = Object.keys(lock.packages['']?.dependencies ?? {});
  return Object.fromEntries(
    names.map((name) => [name, lock.packages[`node_modules/${name}`]?.version ?? '?']),
  );
}
