// Builds dist/: what Node runs, with esbuild, which production installs have too, and the types, where TypeScript is
// installed. A package without sources was built before it was packed: there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const inRoot = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What threads are started with: files of their own. */
const THREADS = ['src/render/thread.ts', 'src/cache/stores/sqlite/thread.ts'];

/** What bundles the scripts and styles of the pages: the build runs it once it is built itself. */
const PAGES = 'src/http/pages/bundle.ts';

/** The source of each file of dist/ that package.json names, and what a thread is started with. */
function entries() {
  const { bin, exports } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const built = [...Object.values(bin), ...Object.values(exports).flatMap((one) => one.default ?? [])];
  const sources = built.map((file) => file.replace(/^(?:\.\/)?dist\/(.*)\.js$/, 'src/$1.ts'));
  return [...sources, ...THREADS, PAGES];
}

async function bundle() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: entries(),
    absWorkingDir: inRoot('.'),
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outbase: 'src',
    outdir: 'dist',
    chunkNames: 'chunks/[hash]',
    logLevel: 'warning',
  });
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
    return status === 0;
  }
  const isPacking = /^(?:pack|publish)$/.test(process.env.npm_command ?? '');
  if (isPacking) console.error('a package needs its types: run npm ci, without --omit=dev, first');
  return !isPacking;
}

if (existsSync(inRoot('src'))) {
  await bundle();
  await bundlePages();
  if (!declareTypes()) process.exitCode = 1;
}
