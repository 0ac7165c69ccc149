import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The entry module of a thread or process: the built one, relative to a chunk of the build, or else its source. */
export function entryFile(name: 'thread' | 'encoder'): string {
  const built = fileURLToPath(new URL(`../render/${name}.js`, import.meta.url));
  return existsSync(built) ? built : fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
}
