import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { only, run } from '../test/helper/dockerfile.ts';
import { npm, packInto } from '../test/helper/tarball.ts';

// Runs examples as their readers do: copied to a folder of their own, with the packed package.

const EXAMPLES = fileURLToPath(new URL('.', import.meta.url));

/** How an example is tried: `example` in its package.json. */
interface Check {
  /** Scripts that have to succeed, in turn. */
  readonly run?: readonly string[];
  /** The folder that they write, and how many pictures it then holds at the least. */
  readonly built?: string;
  readonly pictures?: number;
  /** Paths that `npm start` answers with pictures. */
  readonly serve?: readonly string[];
  /** A program that has to be there. */
  readonly with?: string;
}

interface Manifest {
  readonly scripts: Record<string, string>;
  readonly example?: Check;
  readonly dependencies: Record<string, string>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The examples that can be run. */
export const RUNNABLE: readonly string[] = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(EXAMPLES, entry.name, 'package.json')))
  .map(({ name }) => name)
  .filter((name) => manifestOf(join(EXAMPLES, name)).example !== undefined);

const PICTURE = /\.(?:png|jpe?g|webp|avif|gif|svg)$/;
/** Scripts of tools ask nobody what they may send home. */
const QUIET = { ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1' };
const variables = { ...QUIET, PORT: '0', CHROMIUM: process.env['CHROMIUM'] ?? '/usr/bin/chromium' };

/** Starts an example's server and asks it for its pictures. */
async function serve(cwd: string, paths: readonly string[]): Promise<void> {
  const [program = '', ...rest] = (manifestOf(cwd).scripts['start'] ?? '').split(' ');
  const bin = join(cwd, '../node_modules/.bin', program);
  const command = [existsSync(bin) ? bin : program, ...rest];
  const child = spawn('env', only(variables, command), { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  try {
    const origin = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface(stream).on('line', (line) => {
          lines.push(line);
          const url = /http:\/\/[\w.[\]-]+:\d+/.exec(line)?.[0];
          if (url) resolve(url);
        });
      }
      child.once('close', () => reject(new Error(`it ended before it listened:\n${lines.join('\n')}`)));
    });
    for (const path of paths) {
      const response = await fetch(origin + path);
      const type = response.headers.get('content-type') ?? '';
      if (response.status !== 200 || !type.startsWith('image/'))
        throw new Error(`${path}: ${response.status} ${type} ${(await response.text()).slice(0, 500)}`);
      await response.arrayBuffer();
    }
  } finally {
    child.kill('SIGKILL');
  }
}

/** The URLs of services that what was built still names. */
function remoteIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:html|css|js)$/.test(file),
  );
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  return text.match(/https:\/\/(?:picsum\.photos|placehold\.co|dummyimage\.com)\/[^\s"'`)]+/g) ?? [];
}

async function tryOut(cwd: string): Promise<void> {
  const { run: scripts = [], built, pictures = 1, serve: paths } = manifestOf(cwd).example ?? {};
  for (const script of scripts)
    await run('env', only(variables, ['npm', 'run', script]), { cwd, timeout: 300_000 });
  if (built !== undefined) {
    const folder = join(cwd, built);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      PICTURE.test(file),
    );
    if (files.length < pictures)
      throw new Error(`${built} has ${files.length} pictures, not ${pictures}: ${files.join(', ')}`);
    const remote = remoteIn(folder);
    if (remote.length > 0) throw new Error(`${built} still names ${remote.join(', ')}`);
  }
  if (paths) await serve(cwd, paths);
}

/** What became of an example: nothing where it ran, else why not. */
export type Outcome = string | undefined;

/**
 * Installs examples with the packed package into a fresh folder, and tries each.
 * @param names of examples
 */
export async function runExamples(names: readonly string[]): Promise<ReadonlyMap<string, Outcome>> {
  const folder = mkdtempSync(join(tmpdir(), 'greybox-examples-'));
  const outcomes = new Map<string, Outcome>();
  try {
    const { file } = await packInto(folder);
    const cwd = join(folder, 'examples');
    for (const name of names) {
      cpSync(join(EXAMPLES, name), join(cwd, name), { recursive: true });
      const manifest = manifestOf(join(cwd, name));
      const dependencies = { ...manifest.dependencies, greybox: `file:${file}` };
      writeFileSync(join(cwd, name, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
    }
    writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, workspaces: names }));
    await npm(cwd, 'install', '--no-audit', '--no-fund', '--prefer-offline');
    for (const name of names) {
      const error = await tryOut(join(cwd, name)).then(
        () => undefined,
        (reason: Error & { stdout?: string }) => reason,
      );
      outcomes.set(name, error && `${error.message}\n${error.stdout ?? ''}`.trim());
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return outcomes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.length > 2 ? process.argv.slice(2) : RUNNABLE;
  // One at a time: what one example installs is no other's.
  for (const name of names) {
    const [outcome] = (
      await runExamples([name]).catch((error: Error) => new Map([[name, error.message]]))
    ).values();
    console.log(
      `${outcome === undefined ? 'ok    ' : 'not ok'} ${name}${outcome === undefined ? '' : `\n${outcome}`}`,
    );
    if (outcome !== undefined) process.exitCode = 1;
  }
}
