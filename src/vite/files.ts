import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ResolvedConfig } from 'vite';

/** The path of a target as files are named. */
function filePath(target: string): string {
  const path = target.replace(/[?#].*/s, '');
  try {
    return decodeURIComponent(path).replaceAll('\0', '');
  } catch {
    return path;
  }
}

/** Tells whether a target is a file of the app, which goes before a picture of the same name. */
export function appFiles({ root, publicDir, build }: ResolvedConfig): (target: string) => boolean {
  const folders = [root, publicDir, resolve(root, build.outDir)].filter((folder) => folder !== '');
  return (target) => {
    const path = `.${filePath(target)}`;
    return folders.some((folder) => {
      const file = resolve(folder, path);
      return existsSync(file) && statSync(file).isFile();
    });
  };
}
