import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** Stands for the release before while no other version has a tag: a commit from before labels were laid out anew. */
const FIRST = 'ca485961ebd1a9a2772dc33e65be8043489a63e9';

async function git(...args: string[]): Promise<string | undefined> {
  try {
    return (await run('git', ['-C', ROOT, ...args])).stdout.trim();
  } catch {
    return undefined;
  }
}

/** The release before this one: its tag, or the commit that stands for it; undefined where the history is not here. */
export async function releaseBefore(version: string): Promise<string | undefined> {
  const tags = (await git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname')) ?? '';
  const before = tags.split('\n').find((tag) => tag !== '' && tag !== `v${version}`) ?? FIRST;
  return (await git('cat-file', '-e', `${before}^{commit}`)) === undefined ? undefined : before;
}

/** Builds a release in a folder, with the packages that are installed here. @returns its command */
export async function buildRelease(release: string, folder: string): Promise<string> {
  await run('sh', ['-c', 'git -C "$1" archive "$2" | tar -x -C "$3"', 'sh', ROOT, release, folder]);
  const packages = join(folder, 'node_modules');
  mkdirSync(packages);
  // Types are of no use to what only runs, and take the longest to build.
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== 'typescript') symlinkSync(join(ROOT, 'node_modules', name), join(packages, name));
  await run(process.execPath, ['build.js'], { cwd: folder });
  const cli = join(folder, 'dist/cli.js');
  if (!existsSync(cli)) throw new Error(`${release} was built and has no dist/cli.js`);
  return cli;
}
