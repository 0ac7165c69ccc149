import { cpSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { only, run } from './dockerfile.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a clone does not have, and what no installation reads. */
const ABSENT = /^(?:node_modules|dist|\.git|\.tap|test|bench|docs\/(?!licences)|examples)(?:\/|$)/;

/** A copy of the sources at `to`, as a clone has them. */
export function clone(to: string): string {
  cpSync(ROOT, to, { recursive: true, filter: (path) => !ABSENT.test(relative(ROOT, path)) });
  return to;
}

/** Runs npm as a user of another project does. */
export const npm = (cwd: string, ...args: string[]) => run('env', only({}, ['npm', ...args]), { cwd });

export interface Tarball {
  readonly file: string;
  /** of the files in it */
  readonly paths: readonly string[];
}

/** Packs a copy of the sources into a folder, as a release is packed: this project's dist/ stays as it is. */
export async function packInto(folder: string): Promise<Tarball> {
  const source = clone(join(folder, 'source'));
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'));
  const { stdout } = await npm(source, 'pack', '--pack-destination', folder, '--json');
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [
    { filename: string; files: { path: string }[] },
  ];
  return { file: join(folder, filename), paths: files.map(({ path }) => path) };
}
