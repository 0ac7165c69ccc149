import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const run = promisify(execFile);

/**
 * Arguments of env(1) that start a command with these variables and no others: tap puts hooks of its own into the
 * NODE_OPTIONS of every child.
 */
export function only(variables: Readonly<Record<string, string>>, command: readonly string[]): string[] {
  const all = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables };
  return ['-i', ...Object.entries(all).map(([name, value]) => `${name}=${value}`), ...command];
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Instruction {
  readonly name: string;
  readonly args: string;
}

export interface Stage {
  readonly name: string;
  readonly base: string;
  readonly instructions: Instruction[];
}

/** The stages of a Dockerfile, in order; comments go, lines that end in a backslash are joined with the next. */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  const lines = text.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n\s*/g, '');
  for (const line of lines.split('\n').filter(Boolean)) {
    const [, name = '', args = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name !== 'FROM') {
      stages.at(-1)?.instructions.push({ name, args });
      continue;
    }
    const [, base = '', alias] = /^(\S+)(?: AS (\S+))?$/.exec(args) ?? [];
    stages.push({ name: alias ?? 'final', base, instructions: [] });
  }
  return stages;
}

/** Whether .dockerignore keeps a path out: the last pattern that matches it, or a folder above it, decides. */
export function ignored(path: string): boolean {
  const above = path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
  return read('.dockerignore')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .reduce((out, line) => {
      const [, negated, glob = ''] = /^(!?)(.*)$/.exec(line) ?? [];
      const pattern = glob.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
      return above.some((part) => new RegExp(`^${pattern}$`).test(part)) ? !negated : out;
    }, false);
}

/** The packages that `npm ci --omit=dev` installs, from the lock file; optional ones may not be for this machine. */
function productionPackages(): string[] {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { dev?: true }> };
  const top = Object.keys(packages).filter((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path));
  return top.filter((path) => !packages[path]?.dev && existsSync(join(ROOT, path)));
}

/** Leaves out the packages of fonts and emoji that may be left out, where that is asked for. */
export function leaveOut(fonts: string): string {
  const names = `Object.keys(require('../package.json').optionalDependencies).join(' ')`;
  return `[ "${fonts}" = all ] || (cd node_modules && rm -r $(node -p "${names}"))`;
}

/** What each command line of the Dockerfile does here; the network stays out of it. */
const COMMANDS: Readonly<Record<string, (folder: string) => unknown>> = {
  'npm ci --omit=dev --ignore-scripts && npm cache clean --force': (folder) => {
    for (const path of productionPackages()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      symlinkSync(join(ROOT, path), join(folder, path));
    }
  },
  // Outside of the folder that stands for the image's.
  'install -d -o 1000 -g 1000 /var/cache/greybox': () => {},
  'npm run build && rm -r node_modules/esbuild node_modules/@esbuild': (folder) =>
    run('env', only({}, ['sh', '-c', 'npm run build && rm -r node_modules/esbuild node_modules/@esbuild']), {
      cwd: folder,
    }),
  // What it does with FONTS=basic has a test of its own.
  [leaveOut('$FONTS')]: () => {},
};

function copy(args: string, folder: string, stageFolder: (stage: string) => string): void {
  const [, from, paths = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(args) ?? [];
  const sources = paths.split(' ');
  const target = sources.pop() ?? '';
  for (const source of sources) {
    const path = from ? join(stageFolder(from), relative('/app', source)) : join(ROOT, source);
    if (!from && ignored(source)) throw new Error(`COPY ${source}: .dockerignore keeps it out`);
    const to = target.endsWith('/') ? join(folder, target, basename(source)) : join(folder, target);
    cpSync(path, to, { recursive: true, verbatimSymlinks: true });
  }
}

/** Carries out all stages below a folder. @returns the last one's folder */
export async function build(stages: readonly Stage[], below: string): Promise<string> {
  const folderOf = (name: string): string => {
    const folder = join(below, name);
    if (!existsSync(folder)) throw new Error(`no stage ${name} before this one`);
    return folder;
  };
  for (const { name, base, instructions } of stages) {
    const folder = join(below, name);
    if (base.includes(':')) mkdirSync(folder);
    else cpSync(folderOf(base), folder, { recursive: true, verbatimSymlinks: true });
    for (const { name: step, args } of instructions) {
      if (step === 'COPY') copy(args, folder, folderOf);
      const command = COMMANDS[args];
      if (step === 'RUN' && !command) throw new Error(`this test does not know how to RUN ${args}`);
      if (step === 'RUN') await command?.(folder);
    }
  }
  return folderOf('final');
}
