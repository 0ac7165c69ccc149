import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
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
  readonly engines?: { readonly node: string };
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

/** How long a server may take until it listens, in ms. */
const PATIENCE = 120_000;

const PICTURE = /\.(?:png|jpe?g|webp|avif|gif|svg)$/;
/** Scripts of tools ask nobody what they may send home. */
const QUIET = { ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1' };
/** Nitro would listen on all addresses. */
const variables = {
  ...QUIET,
  PORT: '0',
  NITRO_HOST: '127.0.0.1',
  CHROMIUM: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
};

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
      const fail = (why: string): void => reject(new Error(`${why}:\n${lines.join('\n')}`));
      child.once('close', () => fail('it ended before it listened'));
      AbortSignal.timeout(PATIENCE).addEventListener('abort', () => fail('it does not say where it listens'));
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

/** What became of an example, and why where it did not run. */
export interface Outcome {
  readonly state: 'ok' | 'not ok' | 'skipped';
  readonly why?: string;
}

/** The parts of `>=22.12.0` or `v22.12.0`. */
const versionOf = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);

/** What an example needs that is not here; undefined where all is. */
function lacking(name: string): string | undefined {
  const { engines, example } = manifestOf(join(EXAMPLES, name));
  const [major = 0, minor = 0] = versionOf(engines?.node ?? '');
  const [ours = 0, oursMinor = 0] = versionOf(process.version);
  if (ours < major || (ours === major && oursMinor < minor))
    return `it needs Node ${engines?.node}, this is ${process.version}`;
  const program = example?.with;
  if (program === undefined) return undefined;
  const isThere = (process.env['PATH'] ?? '').split(delimiter).some((one) => existsSync(join(one, program)));
  return isThere ? undefined : `there is no ${program}`;
}

/**
 * Installs examples with the packed package into a fresh folder, and tries each.
 * @param asked names of examples
 */
export async function runExamples(asked: readonly string[]): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const name of asked) {
    const why = lacking(name);
    if (why !== undefined) outcomes.set(name, { state: 'skipped', why });
  }
  const names = asked.filter((name) => !outcomes.has(name));
  if (names.length === 0) return outcomes;
  const folder = mkdtempSync(join(tmpdir(), 'greybox-examples-'));
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
      const why = error && `${error.message}\n${error.stdout ?? ''}`.trim();
      outcomes.set(name, why === undefined ? { state: 'ok' } : { state: 'not ok', why });
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
    const outcomes = await runExamples([name]).catch(
      ({ message }: Error) => new Map<string, Outcome>([[name, { state: 'not ok', why: message }]]),
    );
    for (const { state, why } of outcomes.values()) {
      console.log([state.padEnd(7), name, ...(why === undefined ? [] : [`# ${why}`])].join(' '));
      if (state === 'not ok') process.exitCode = 1;
    }
  }
}
