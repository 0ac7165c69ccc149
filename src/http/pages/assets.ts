import { readdirSync, readFileSync } from 'node:fs';
import { PACKAGE_ROOT } from '../../package-root.ts';
import { type BundledFile, bundlePages } from './bundle.ts';

/** The folder of the bundled files in a build. */
const BUILT = new URL('dist/pages/', PACKAGE_ROOT);

/** The files that pages load, by their paths. */
export interface Assets {
  readonly files: ReadonlyMap<string, BundledFile>;
  /** The path of a file by its name without a hash: `playground.js`. */
  readonly path: (name: string) => string;
}

export const ASSET_MOUNT = '/assets';

function readBuilt(): BundledFile[] {
  const read = (name: string): Buffer => readFileSync(new URL(name, BUILT));
  const names = readdirSync(BUILT).filter((name) => /\.(?:js|css)$/.test(name));
  return names.map((name) => ({ name, plain: read(name), br: read(`${name}.br`), gzip: read(`${name}.gz`) }));
}

let loading: Promise<Assets> | undefined;

async function load(): Promise<Assets> {
  const isSource = import.meta.url.endsWith('.ts');
  const all = isSource ? await bundlePages() : readBuilt();
  const paths = new Map(
    all.map(({ name }) => [name.replace(/-\w+(?=\.\w+$)/, ''), `${ASSET_MOUNT}/${name}`]),
  );
  return {
    files: new Map(all.map((file) => [`${ASSET_MOUNT}/${file.name}`, file])),
    path: (name) => {
      const path = paths.get(name);
      if (path === undefined) throw new Error(`${name} is none of the files of the pages`);
      return path;
    },
  };
}

/** The built files, or a build in memory when run from sources; loaded on first use, then kept. */
export function loadAssets(): Promise<Assets> {
  loading ??= load();
  return loading;
}
