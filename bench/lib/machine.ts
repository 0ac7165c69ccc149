import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { peerVersions } from './peers.ts';
import { type Tool, toolVersions } from './tools.ts';

/** What figures depend on beside the code. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** GiB */
  readonly memory: number;
  readonly system: string;
  /** That the servers run on. */
  readonly node: string;
  readonly tools: Readonly<Partial<Record<Tool, string>>>;
  readonly packages: Readonly<Record<string, string>>;
}

/** Packages whose versions move the figures; the lockfile says which are installed. */
const PACKAGES = [
  '@napi-rs/canvas',
  'fastify',
  'ioredis',
  'lru-cache',
  'sharp',
  '@img/sharp-libvips-linux-x64',
];

interface Lockfile {
  readonly version: string;
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

/** @throws where there is no Node */
function nodeVersion(path: string): string {
  if (path === process.execPath) return process.version;
  const { stdout, status, error } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${path} is no Node${error ? `: ${error.message}` : ''}`);
  return stdout.trim();
}

/** @param node the Node that servers run on */
export function describeMachine(node = process.execPath): Machine {
  const file = new URL('../../package-lock.json', import.meta.url);
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
  const versions = PACKAGES.flatMap((name) => {
    const version = lock.packages[`node_modules/${name}`]?.version;
    return version === undefined ? [] : [[name, version] as const];
  });
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${process.arch}`,
    node: nodeVersion(node),
    tools: toolVersions,
    packages: { greybox: lock.version, ...Object.fromEntries(versions), ...peerVersions() },
  };
}
