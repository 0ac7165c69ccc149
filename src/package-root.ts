import { existsSync, readFileSync } from 'node:fs';

/** The folder of this package: the nearest one above this file that has a package.json, in the sources and built. */
function findRoot(): URL {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) folder = new URL('..', folder);
  return folder;
}

/** The folder of this package; ends in a slash. */
export const PACKAGE_ROOT: URL = findRoot();

/** The version of this package. */
export const { version: VERSION } = JSON.parse(
  readFileSync(new URL('package.json', PACKAGE_ROOT), 'utf8'),
) as { version: string };
