import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import t from 'tap';
import { only, run } from './helper/dockerfile.ts';
import { packInto, ROOT } from './helper/tarball.ts';

t.setTimeout(180_000);

const folder = await mkdtemp(join(tmpdir(), 'greybox-package-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));
const { file, paths } = await packInto(folder);

/** A project that has the package, and beside it what this one has installed: nothing is asked of a registry. */
const project = join(folder, 'project');
mkdirSync(join(project, 'node_modules'), { recursive: true });
await run('tar', ['-xzf', file, '-C', folder]);
const installed = join(project, 'node_modules/greybox');
await run('mv', [join(folder, 'package'), installed]);
symlinkSync(join(ROOT, 'node_modules'), join(installed, 'node_modules'));
for (const name of ['fastify', 'vite', '@types'])
  symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));

/** What a condition of an entry leads to. */
interface Target {
  readonly types: string;
  readonly default: string;
}

const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { require: Target; default: Target }>;
};
const ENTRIES = Object.keys(exports).filter((name) => typeof exports[name] === 'object');
const nameOf = (entry: string): string => `greybox${entry.slice(1)}`;

t.test('it holds what is needed, and no more', async (t) => {
  const built = /^dist\/(?:.*\.(?:js|d\.ts)|commonjs\/\w+\.(?:cjs|d\.cts)|pages\/.*\.(?:css|br|gz))$/;
  const others = paths.filter((path) => !built.test(path));
  t.strictSame(others.sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'build.js',
    'docs/licences.md',
    'package.json',
  ]);
  for (const one of Object.values(exports)) {
    const targets = typeof one === 'object' ? Object.values(one).flatMap(Object.values) : [one];
    for (const path of targets) t.ok(paths.includes(path.slice(2)), path);
  }
  // Types of what only the command does.
  t.strictSame(
    paths.filter((path) => /^dist\/(?:cli|server|cluster|app).*\.d\.ts$/.test(path)),
    [],
  );
  const scripts = paths.filter((path) => path.endsWith('.js') && path.startsWith('dist/'));
  const named = scripts.map((path) => readFileSync(join(installed, path), 'utf8')).join('\n');
  for (const path of scripts.filter((path) => path.includes('chunks/')))
    t.ok(named.includes(path.split('/').at(-1) ?? ''), `${path} is imported`);
});

t.test('publint and attw find nothing', async (t) => {
  const packed = readFileSync(file);
  const tarball = packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength);
  t.strictSame((await publint({ pack: { tarball } })).messages, []);
  // Without a profile: for each way that TypeScript has of finding a module.
  const attw = join(ROOT, 'node_modules/.bin/attw');
  const { stdout } = await run(attw, [file, '--format', 'json', '--no-definitely-typed']);
  const { analysis } = JSON.parse(stdout) as { analysis: { problems: readonly object[] } };
  t.strictSame(analysis.problems, []);
});

t.test('require() loads each entry', async (t) => {
  writeFileSync(
    join(project, 'main.cjs'),
    `const app = require('fastify')();
     app.register(require('greybox/fastify'), { prefix: '/p' });
     app.register(require('greybox/fastify').default, { prefix: '/q' });
     const { createGreybox, renderPlaceholder } = require('greybox');
     const kinds = [createGreybox, renderPlaceholder, require('greybox/vite').default, require('greybox/playwright').interceptPlaceholders];
     Promise.all(['/p/image/60x40', '/q/image/60x40'].map((url) => app.inject(url))).then(async (answers) => {
       console.log(answers.map((one) => one.statusCode).join(), kinds.map((one) => typeof one).join());
       await app.close();
     });`,
  );
  const { stdout } = await run('env', only({}, [process.execPath, 'main.cjs']), { cwd: project });
  t.equal(stdout, `200,200 ${Array(4).fill('function').join()}\n`);
});

/** A program that uses each entry, but for what needs a framework. */
const PLAIN = `
import { ConfigError, createGreybox, type Greybox, GreyboxError, renderPlaceholder, type RenderOptions } from 'greybox';
import { interceptPlaceholders, type InterceptOptions } from 'greybox/playwright';
const options: RenderOptions = { width: 600, height: 400, format: 'webp', font: 'lora' };
export const made: Greybox = createGreybox({ memoryCacheMb: 8, cacheUrl: undefined });
export const answer = (request: Request): Promise<Response> => made.fetch(request);
export const codeOf = (error: unknown) => (error instanceof GreyboxError ? error.code : error instanceof ConfigError && error.faults);
export const drawn: Promise<{ readonly body: Buffer; readonly width: number }> = renderPlaceholder(options);
export const intercept: InterceptOptions = { hosts: ['picsum.photos'] };
export { interceptPlaceholders };
// @ts-expect-error a setting that there is not
createGreybox({ colour: 'red' });
// @ts-expect-error an option that there is not
void renderPlaceholder({ width: 600, colour: 'red' });`;

/** One that has frameworks too. */
const FRAMED = `
import Fastify from 'fastify';
import greyboxPlugin, { type GreyboxPluginOptions } from 'greybox/fastify';
import type { Greybox } from 'greybox';
import greyboxVite from 'greybox/vite';
const app = Fastify();
const options: GreyboxPluginOptions = { prefix: '/p', maxDimension: 100 };
app.register(greyboxPlugin, options);
export const made: Greybox = app.greybox;
export const plugins = [greyboxVite({ exclude: 'placehold.co' })];`;

const STRICT = [
  '--noEmit',
  '--strict',
  '--exactOptionalPropertyTypes',
  '--target',
  'es2022',
  '--types',
  'node',
];

/** @returns what TypeScript says */
async function complaints(files: readonly string[], ...options: readonly string[]): Promise<string> {
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const checked = run(tsc, [...files, ...STRICT, ...options], { cwd: project });
  return (await checked.catch(({ stdout }: { stdout: string }) => ({ stdout }))).stdout;
}

t.test('types are right in modules and in CommonJS, and need no package', async (t) => {
  for (const name of ['plain.mts', 'plain.cts', 'plain.ts']) writeFileSync(join(project, name), PLAIN);
  for (const name of ['framed.mts', 'framed.cts', 'framed.ts']) writeFileSync(join(project, name), FRAMED);
  const bundler = ['--module', 'preserve', '--moduleResolution', 'bundler'];
  for (const [extensions, options] of [
    [
      ['mts', 'cts'],
      ['--module', 'node16'],
    ],
    [
      ['mts', 'cts'],
      ['--module', 'nodenext'],
    ],
    [['ts'], bundler],
  ] as const) {
    // All that is declared is checked, ours too; what frameworks declare is theirs.
    const plain = extensions.map((one) => `plain.${one}`);
    t.equal(await complaints(plain, ...options, '--lib', 'es2022'), '', options.join(' '));
    const framed = extensions.map((one) => `framed.${one}`);
    t.equal(await complaints(framed, ...options, '--skipLibCheck'), '', options.join(' '));
  }
  const types = paths.filter((path) => path.endsWith('.d.ts'));
  const named = types.flatMap((path) =>
    [...readFileSync(join(installed, path), 'utf8').matchAll(/from ['"]([^.'"][^'"]*)['"]/g)].map(
      ([, name]) => name,
    ),
  );
  t.strictSame([...new Set(named)].sort(), ['fastify', 'node:http', 'node:http2', 'vite']);
});

t.test('each entry is loaded without its optional peers, but the one that is for them', async (t) => {
  t.strictSame(ENTRIES.map(nameOf), ['greybox', 'greybox/fastify', 'greybox/vite', 'greybox/playwright']);
  for (const entry of ['vite', 'playwright']) {
    const source = readFileSync(join(installed, `dist/${entry}.js`), 'utf8');
    t.notMatch(source, /from\s*["'](?:vite|playwright)/, `${entry}: only types`);
  }
  t.ok(existsSync(join(installed, 'dist/render/thread.js')));
});

/** How much longer than Node alone a program may take that imports greybox; it is about three times as long. */
const MOST = 6;

/** Prints the processor time of a program of Node at its end, in ms. */
const MEASURE = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  console.log((user + system) / 1000);
});`;

/** @returns the last line that a program of Node prints */
async function printed(program: string): Promise<string> {
  const { stdout } = await run('env', only({}, [process.execPath, '-e', program]), {
    cwd: project,
    timeout: 30_000,
  });
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}

t.test('importing it is quick', async (t) => {
  const [alone, importing]: [number[], number[]] = [[], []];
  for (let i = 0; i < 5; i++) {
    alone.push(Number(await printed(MEASURE)));
    importing.push(Number(await printed(`${MEASURE} import('greybox');`)));
  }
  const ratio = Math.min(...importing) / Math.min(...alone);
  t.ok(
    ratio < MOST,
    `${ratio.toFixed(2)} times Node alone: ${importing.join(', ')} ms, ${alone.join(', ')} ms`,
  );
});

t.test('native modules are loaded with the first picture, and none keeps the process alive', async (t) => {
  const [before, after] = JSON.parse(
    await printed(`
      const native = () => process.report.getReport().sharedObjects.filter((file) => /\\.node$|libvips/.test(file)).length;
      import('greybox').then(async ({ createGreybox, renderPlaceholder }) => {
        createGreybox();
        const before = native();
        await renderPlaceholder({ width: 60, height: 40 });
        await renderPlaceholder({ width: 60, height: 40, scene: 'hills' });
        // The process ends by itself, or the test by its timeout.
        console.log(JSON.stringify([before, native()]));
      });`),
  ) as [number, number];
  t.equal(before, 0);
  t.ok(after > 0, 'and they would be seen');
});
