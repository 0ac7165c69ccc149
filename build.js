// Builds dist/: what Node runs, with esbuild, which production installs have too, and the types, where TypeScript is
// installed. A package without sources was built before it was packed: there is nothing to do.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const inRoot = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What bundles the scripts and styles of the pages: the build runs it once it is built itself. */
const PAGES = 'http/pages/bundle';

const { bin, exports } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
/** What programs import: modules, and what CommonJS has for them. */
const exported = Object.values(exports).filter((one) => typeof one === 'object');

const sourceOf = (name) => (existsSync(inRoot(`src/${name}.ts`)) ? `src/${name}.ts` : `src/${name}/main.ts`);

/** What programs import. */
const LIBRARY = exported.map((one) => posix.basename(one.default.default, '.js'));
/** What threads and processes are started with. */
const THREADS = ['render/thread', 'render/encoder', 'cache/stores/sqlite/thread'];
const COMMAND = [...Object.keys(bin).map((name) => posix.basename(bin[name], '.js')), PAGES];

/** Bundles files of src, each made of a file or of a folder's main.ts. @returns what each file of dist/ exports */
async function bundle(names) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    entryPoints: names.map((name) => ({ in: sourceOf(name), out: name })),
    absWorkingDir: inRoot('.'),
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outdir: 'dist',
    chunkNames: 'chunks/[hash]',
    // Reading the code is most of what an import takes. Names stay, for stacks: to restore them, as `keepNames` does,
    // costs something for every function that is made while it runs, a seventh of a cold picture.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
    metafile: true,
  });
  return (file) => metafile.outputs[posix.normalize(file)].exports;
}

const isPacking = /^(?:pack|publish)$/.test(process.env.npm_command ?? '');

/** What require() loads: the same modules. Types of CommonJS are files of their own, written by hand. */
function addCommonJs(exportsOf) {
  cpSync(inRoot('src/commonjs'), inRoot('dist/commonjs'), { recursive: true });
  for (const { require, default: module } of exported) {
    const path = posix.relative(posix.dirname(require.default), module.default);
    const lines = exportsOf(module.default).map((name) => `exports.${name} = greybox.${name};`);
    const head = [`const greybox = require('${path}');`, 'exports.__esModule = true;'];
    writeFileSync(inRoot(require.default), [...head, ...lines, ''].join('\n'));
  }
}

/** Leaves only the types that those of an entry name, directly or not: no user of the package reads the others. */
function pruneTypes() {
  const kept = new Set(exported.map((one) => posix.normalize(one.default.types)));
  for (const file of kept) {
    const named = readFileSync(inRoot(file), 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)\.ts['"]/g);
    for (const [, name] of named) kept.add(`${posix.join(posix.dirname(file), name)}.d.ts`);
  }
  for (const file of readdirSync(inRoot('dist'), { recursive: true })) {
    const path = posix.join('dist', file.replaceAll('\\', '/'));
    if (path.endsWith('.d.ts') && !kept.has(path)) rmSync(inRoot(path));
  }
  // It would have the compiler believe that they are there.
  rmSync(inRoot('dist/.tsbuildinfo'), { force: true });
}

/** What browsers load, with a hash in its name, and compressed beside it. */
async function bundlePages() {
  const { bundlePages } = await import(new URL('dist/http/pages/bundle.js', import.meta.url));
  const folder = inRoot('dist/pages/');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, plain, br, gzip } of await bundlePages()) {
    writeFileSync(folder + name, plain);
    writeFileSync(`${folder}${name}.br`, br);
    writeFileSync(`${folder}${name}.gz`, gzip);
  }
}

/** @returns whether the types are right; a package must have them, what is only started need not */
function declareTypes() {
  const compiler = inRoot('node_modules/typescript/bin/tsc');
  if (existsSync(compiler)) {
    const { status } = spawnSync(process.execPath, [compiler, '-p', inRoot('tsconfig.build.json')], {
      stdio: 'inherit',
    });
    if (status === 0 && isPacking) pruneTypes();
    return status === 0;
  }
  if (isPacking) console.error('a package needs its types: run npm ci, without --omit=dev, first');
  return !isPacking;
}

if (existsSync(inRoot('src'))) {
  // Each by itself: what they have in common would lie in many small files, and each costs an import more than a millisecond.
  const [exportsOf] = await Promise.all([bundle(LIBRARY), bundle(THREADS), bundle(COMMAND)]);
  await bundlePages();
  addCommonJs(exportsOf);
  if (!declareTypes()) process.exitCode = 1;
}
