// Builds dist/: what Node runs, with esbuild, which production installs have too, and the types, where TypeScript is
// installed. A package without sources was built before it was packed: there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const inRoot = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The files of dist/ that package.json names and what a thread is started with, each made of a file or of a folder's main.ts. */
function entries() {
  const { bin, exports } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const built = [...Object.values(bin), ...Object.values(exports).flatMap((one) => one.default ?? [])];
  const names = built.map((file) => file.replace(/^(?:\.\/)?dist\/(.*)\.js$/, '$1'));
  const sourceOf = (name) =>
    existsSync(inRoot(`src/${name}.ts`)) ? `src/${name}.ts` : `src/${name}/main.ts`;
  return [...names, 'render/thread', 'render/encoder', 'cache/stores/sqlite/thread'].map((name) => ({
    in: sourceOf(name),
    out: name,
  }));
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
    outdir: 'dist',
    chunkNames: 'chunks/[hash]',
    logLevel: 'warning',
  });
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
  if (!declareTypes()) process.exitCode = 1;
}
