import { mkdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

// `recursive` of Node's own functions never ends below /proc, where no folder can be made.

/** @throws any error but that the folder is there, which another process may have made */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** The folder that has to be made first; undefined where there is nothing to make. @throws any other error */
function missingAbove(folder: string, error: NodeJS.ErrnoException): string | undefined {
  if (error.code === 'EEXIST') return undefined;
  const above = dirname(folder);
  if (error.code !== 'ENOENT' || above === folder) throw error;
  return above;
}

/** Makes a folder and those above it, where they are missing. @throws the system's error (as a rejection) */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const above = missingAbove(folder, error as NodeJS.ErrnoException);
    if (above === undefined) return;
    await makeFolder(above);
    await mkdir(folder).catch(unlessThere);
  }
}

/** As {@link makeFolder}. @throws the system's error */
export function makeFolderSync(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const above = missingAbove(folder, error as NodeJS.ErrnoException);
    if (above === undefined) return;
    makeFolderSync(above);
    try {
      mkdirSync(folder);
    } catch (second) {
      unlessThere(second as NodeJS.ErrnoException);
    }
  }
}
