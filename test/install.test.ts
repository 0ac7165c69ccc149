import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import t, { type Test } from 'tap';
import { only, run } from './helper/dockerfile.ts';
import { endServer } from './helper/process.ts';
import { clone, npm, packInto, ROOT } from './helper/tarball.ts';

// Installs as users do, in folders outside of the project: inside, Node would find what is missing in the project's own
// node_modules. The registry is asked for what npm's cache lacks.

t.setTimeout(300_000);

const QUIET = ['--no-audit', '--no-fund', '--prefer-offline'];

const folder = await mkdtemp(join(tmpdir(), 'greybox-install-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));

/** Starts a service, asks it for a picture, and ends it. @returns what it answered, and its exit code */
async function tryOut(t: Test, cwd: string, command: readonly string[]): Promise<[string, number | null]> {
  const child = spawn('env', only({ PORT: '0' }, command), { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  t.teardown(() => endServer(child));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    const url = /Server listening at (http:[^"]+)/.exec(line)?.[1];
    if (url === undefined) continue;
    const response = await fetch(`${url}/image/600x400.webp?text=Hi`);
    const answer = `${response.status} ${response.headers.get('content-type')}`;
    // npm start is the service's parent.
    process.kill((JSON.parse(line) as { pid: number }).pid, 'SIGTERM');
    child.stdout.resume();
    return [answer, await ended];
  }
  throw new Error(`it ended before it listened:\n${lines.join('\n')}`);
}

t.test('a clone, without the tools of development', async (t) => {
  const cwd = clone(join(folder, 'clone'));
  await npm(cwd, 'ci', '--omit=dev', ...QUIET);
  t.notOk(existsSync(join(cwd, 'node_modules/typescript')), 'none is installed');
  t.strictSame(await tryOut(t, cwd, ['npm', 'start']), ['200 image/webp', 0]);
  const packed = await npm(cwd, 'pack').catch(({ stderr }: { stderr: string }) => stderr);
  t.match(packed, /a package needs its types: run npm ci/, 'but nothing is published without its types');
});

/** A project that has greybox as a dependency, with types that are checked. */
const PROJECT = `
import { renderPlaceholder, type RenderOptions } from 'greybox';
const options: RenderOptions = { width: 60, height: 40, format: 'png' };
const { body, width }: { body: Uint8Array; width: number } = await renderPlaceholder(options);
console.log(width, body.length > 100);`;

t.test('the tarball, in a project of its own', async (t) => {
  const { file, paths } = await packInto(folder);
  for (const path of ['dist/cli.js', 'dist/index.d.ts', 'dist/render/thread.js', 'README.md', 'LICENSE'])
    t.ok(paths.includes(path), path);
  t.notOk(paths.some((path) => /^(?:src|test|bench)\//.test(path)));

  const cwd = join(folder, 'project');
  await mkdir(cwd);
  writeFileSync(join(cwd, 'package.json'), '{ "private": true, "type": "module" }');
  writeFileSync(join(cwd, 'main.ts'), PROJECT);
  await npm(cwd, 'install', '--omit=dev', ...QUIET, file);
  const weight = Number.parseInt((await run('du', ['-sm', 'node_modules'], { cwd })).stdout, 10);
  const said = Number(
    /takes (\d+) MB of disk/.exec(readFileSync(join(ROOT, 'docs/install.md'), 'utf8'))?.[1],
  );
  t.ok(Math.abs(weight - said) < said / 10, `docs/install.md says ${said} MB, it takes ${weight} MB`);
  const compiler = join(ROOT, 'node_modules/.bin/tsc');
  const types = ['--typeRoots', join(ROOT, 'node_modules/@types'), '--types', 'node'];
  const options = ['--module', 'nodenext', '--target', 'esnext', '--strict', ...types];
  await run('env', only({}, [compiler, 'main.ts', ...options]), { cwd });
  t.equal((await run('env', only({}, ['node', 'main.js']), { cwd })).stdout, '60 true\n');
  t.strictSame(await tryOut(t, cwd, ['npx', '--no-install', 'greybox', 'serve']), ['200 image/webp', 0]);

  const unpacked = join(cwd, 'node_modules/greybox');
  await npm(unpacked, 'run', 'build');
  t.ok(existsSync(join(unpacked, 'dist/cli.js')), 'where there are no sources, npm start uses what is built');
});
